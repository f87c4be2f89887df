"""Home: six things to do here, in two languages, and how the queue stands."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal
from textual.content import Content
from textual.widgets import Static

from kiosk.i18n import Language
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.press import Press, Tile
from kiosk.widgets.queue_state import QueueState

INVITE_AFTER = 60.0
"""Seconds alone before a line invites to an article."""
INVITE_EVERY = 30.0
"""Seconds each invitation stays: slow enough not to pull at the eye."""
CALLED_SHOWN = 3


class HomeScreen(LobbyScreen[None]):
    """The first screen of every session; it never holds anything of a patient."""

    CSS_PATH = ["../styles/lobby.tcss", "../styles/home.tcss"]
    IDLE = 0
    BINDINGS = []

    @property
    def pair(self) -> tuple[Language, ...]:
        """The languages Home speaks: the chosen one first, another beneath."""
        first = self._ if self.kiosk.language_chosen else self.kiosk.languages[0]
        others = [lang for lang in self.kiosk.languages if lang.tag != first.tag]
        others.sort(key=lambda lang: lang.tag != "en")
        return (first, *others[:1])

    def compose(self) -> ComposeResult:
        """Name and clock, six tiles, the state of the queue, languages and help."""
        kiosk, location = self.kiosk, self.kiosk.location
        place = Content.assemble(
            (kiosk.clinic.name, "bold"),
            "   ",
            self.pair[0].pick(location.name),
            "  ",
            self.pair[0].pick(location.street),
        )
        with Horizontal(id="masthead"):
            yield Static(place, id="place")
            if kiosk.demo:
                yield Static("DEMO 演示", id="demo", markup=False)
            yield Static(self._.clock(kiosk.now()), id="clock", markup=False)
        with Grid(id="tiles"):
            yield self._tile("1", "check-in", "Check in", "With or without an appointment")
            yield self._tile("2", "read", "Read while you wait")
            yield self._tile("3", "services", "Our services")
            yield self._tile("4", "find-us", "Find us")
            yield self._tile("5", "book", "Book an appointment")
            yield self._tile("6", "ticket", "I have a ticket", "Your place in the queue")
        with Horizontal(id="status"):
            yield Static(id="reception", markup=False)
            yield Static(id="waiting", markup=False)
        yield Static(id="called", markup=False)
        yield Static(id="invitation", markup=False)
        with Horizontal(id="bar"):
            for key, lang in zip("89", kiosk.languages, strict=False):
                yield Press(lang.own_name, key=key, id=f"lang-{lang.tag}", classes="bar")
            yield Press(self._both("Help"), key="/", id="help", classes="bar")

    def _tile(self, key: str, name: str, title: str, hint: str = "") -> Tile:
        """A tile of the grid; the texts are message ids, marked for extraction below."""
        first, *lines = (lang(title) for lang in self.pair)
        if hint:
            lines.append(self.pair[0](hint))
        main = " main" if name == "check-in" else ""
        return Tile(first, *lines, key=key, id=name, classes=f"tile{main}")

    def _both(self, message: str) -> str:
        return "  ".join(lang(message) for lang in self.pair)

    def on_mount(self) -> None:
        """Follow the queue, and the minute."""
        super().on_mount()
        self.watch(self.app, "queue_state", self._show_queue)

    def tick(self) -> None:
        """The clock; after a minute alone, an invitation to read."""
        super().tick()
        if not self.is_current:
            return
        alone = self.kiosk.monotonic() - self.kiosk.last_input
        if self.kiosk.language_chosen and alone > self.kiosk.settings.idle_seconds:
            self.kiosk.end_session()
        self.query_one("#invitation", Static).update(self._invitation(alone))

    def _invitation(self, alone: float) -> str:
        articles = self.kiosk.clinic.articles
        if alone < INVITE_AFTER or not articles:
            return self._both("Press a number or touch")
        nth = int((alone - INVITE_AFTER) / INVITE_EVERY)
        lang = self.pair[nth % len(self.pair)]
        article = articles[nth // len(self.pair) % len(articles)]
        return lang("While you wait: {title} - press 2", title=lang.pick(article.title))

    def _show_queue(self, state: QueueState) -> None:
        if not self.is_mounted:
            return
        self.query_one("#reception", Static).update(self._reception(state))
        waiting = "   ".join(
            lang.plural("{n} person waiting", "{n} people waiting", state.waiting)
            for lang in self.pair
        )
        self.query_one("#waiting", Static).update(waiting if state.known else "")
        self.query_one("#called", Static).update(self._called(state))

    def _reception(self, state: QueueState) -> str:
        if not state.known:
            return self._both("Please check in at the desk")
        words = {
            "open": "Reception is open",
            "away": "Reception is away: take a number, your place is kept",
            "full": "No more walk-in numbers today: please ask at the desk",
            "closed": "Check-in is closed",
        }
        return "● " + self._both(words[state.reception])

    def _called(self, state: QueueState) -> Content:
        if not state.called:
            return Content("")
        parts = [Content.styled(self._both("Now calling"), "$quiet")]
        for call in state.called[:CALLED_SHOWN]:
            room = self._("Room {room}", room=call.room)
            parts.append(Content.assemble("   ", (call.ticket, "bold $terracotta"), f" > {room}"))
        return Content.assemble(*parts)

    @on(Press.Pressed, ".tile")
    def _open(self, event: Press.Pressed) -> None:
        """Each tile opens its screen; the modules are loaded when first asked for."""
        self.open_tile(event.press.id or "")

    def open_tile(self, name: str) -> None:
        """Open what a tile promises."""
        match name:
            case "check-in":
                from kiosk.lobby.checkin.screen import CheckInScreen

                self.app.push_screen(CheckInScreen())
            case "read":
                from kiosk.lobby.articles import ArticlesScreen

                self.app.push_screen(ArticlesScreen())
            case "services":
                from kiosk.lobby.services import ServicesScreen

                self.app.push_screen(ServicesScreen())
            case "find-us":
                from kiosk.lobby.locations import LocationsScreen

                self.app.push_screen(LocationsScreen())
            case "book":
                from kiosk.lobby.book import BookScreen

                self.app.push_screen(BookScreen())
            case "ticket":
                from kiosk.lobby.my_ticket import MyTicketScreen

                self.app.push_screen(MyTicketScreen())

    @on(Press.Pressed, "#bar Press")
    async def _speak(self, event: Press.Pressed) -> None:
        name = event.press.id or ""
        if name.startswith("lang-"):
            self.kiosk.choose_language(name.removeprefix("lang-"))
            await self.recompose()
            self._show_queue(self.kiosk.queue_state)

    def action_back(self) -> None:
        """Home is the first screen: there is nothing behind it."""

    def action_start_over(self) -> None:
        """Nothing to start over: only the language goes back."""
        if self.kiosk.language_chosen:
            self.kiosk.end_session()
