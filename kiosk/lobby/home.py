"""Home: six things to do here, in two languages, and how the queue stands."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal
from textual.content import Content
from textual.widgets import Static

from db import ReceptionState
from kiosk.content.phone_text import phone_lines
from kiosk.input.guard import Meaning
from kiosk.languages.language import mark
from kiosk.languages.room_names import room_text
from kiosk.languages.wrap import wrap_evenly
from kiosk.lobby.language_turn import FIRST
from kiosk.lobby.screen import LobbyScreen
from kiosk.queue.public import QueueState
from kiosk.queue.reception import reception_sentence
from kiosk.widgets.press import ButtonRow, Press, Tile
from kiosk.widgets.queue_watcher import follow_queue_state
from kiosk.widgets.screen import styles
from kiosk.widgets.words import Words

INVITE_AFTER = 60.0
"""Seconds alone before a line invites to an article."""
INVITE_EVERY = 30.0
"""Seconds each invitation stays: slow enough not to pull at the eye."""
SEEN_AFTER = 0.05
"""Seconds in which Home's first picture is written out, by a thread that work would hold up."""
NOTICE_TURN = 10.0
"""Seconds each language of what staff say to everybody stands, where both are too long."""
APART = "   "
CALLED_SHOWN = 3
EDGES = 6
"""Columns to the left and right of the lines above and below the tiles."""
LINE_CELLS = 72
"""Cells of a sentence on a line of the status, at 80 columns."""
NO_BREAK = "\N{NO-BREAK SPACE}"
STATUS_CELLS = 2 * LINE_CELLS
"""Cells of a sentence that says how reception stands, and perhaps the phone, on its two lines."""
CLOSED_ROWS = 3
"""Rows of the status while check-in is closed; then nothing stands above the tiles."""
NAMED = 2
"""Further languages whose names stand on the button that leads to them, where they fit."""
WITH_OR_WITHOUT = mark("With or without appointment")

OTHERS = {
    "read": mark("Read while you wait"),
    "services": mark("Our services"),
    "find-us": mark("Find us"),
    "book": mark("Book an appointment"),
}
"""What one does here besides checking in: keys 2 to 5."""


class HomeScreen(LobbyScreen[None]):
    """The first screen of every session; it never holds anything of a patient."""

    CSS_PATH = styles("lobby", "home")
    IDLE = 0
    RESTS = ("#clinic",)
    BINDINGS = []

    def __init__(self) -> None:
        super().__init__()
        self._others = False
        """Whether the larger size shows what is not needed at once."""

    def compose(self) -> ComposeResult:
        """Name and clock, six tiles, the state of the queue, languages and help."""
        kiosk, location = self.kiosk, self.kiosk.location
        here = kiosk.pair[0]
        place = f"{here.pick(location.name)}  {here.pick(location.street)}"
        with Horizontal(id="masthead"):
            yield Words(kiosk.clinic.name, id="clinic")
            yield Words(place, id="place")
            if kiosk.demo:
                yield Words("DEMO 演示", id="demo")
            yield Words(self._.clock(kiosk.now()), id="clock")
        yield Words(self._desk_too(), id="desk-too")
        with Grid(id="tiles"):
            yield from self._tiles()
        with Horizontal(id="status"):
            yield Words(id="reception")
            yield Words(id="waiting")
        yield Static(id="called", markup=False)
        yield Words(id="invitation")
        with ButtonRow(id="bar"):
            languages = kiosk.languages if len(kiosk.languages) > 1 else ()
            for key, lang in zip("89", languages, strict=False):
                yield Press(lang.own_name, key=key, id=f"lang-{lang.tag}")
            if more := [lang.own_name for lang in languages[FIRST : FIRST + NAMED]]:
                names, first = (f"{' '.join(some)} +" for some in (more, more[:1]))
                yield Press(names, key="7", id="more-languages", shorter=first)
            yield Press(self._("Aa"), key=".", id="display")
            if kiosk.larger and self._others:
                yield Press(self._("Back"), key="-", id="back")
            else:
                both = self._both("Help")
                yield Press(both, key="/", id="help", shorter=self._("Help"))

    def _tiles(self) -> ComposeResult:
        """All six; in the larger size two, and between them the way to the four others."""
        larger = self.kiosk.larger
        if not (larger and self._others):
            yield self._tile("1", "check-in", mark("Check in"), WITH_OR_WITHOUT)
            if larger:
                first, *others = OTHERS.values()
                titles = [lang(first) for lang in self.kiosk.pair]
                also = "   ".join(self._(title) for title in others)
                yield Tile(*titles, also, key="2", id="others", classes="tile")
        if self._others or not larger:
            for key, (name, title) in enumerate(OTHERS.items(), start=2):
                yield self._tile(str(key), name, title)
        if not (larger and self._others):
            yield self._tile(
                "6", "ticket", mark("I have a ticket"), mark("Your place in the queue")
            )

    def _tile(self, key: str, name: str, title: str, hint: str = "") -> Tile:
        """A tile of the grid; the texts are message ids, already marked for translation."""
        first, *lines = (lang(title) for lang in self.kiosk.pair)
        if hint:
            lines.append(self.kiosk.pair[0](hint))
        main = " main" if name == "check-in" else ""
        return Tile(first, *lines, key=key, id=name, classes=f"tile{main}")

    def _both(self, message: str) -> str:
        return "  ".join(dict.fromkeys(lang(message) for lang in self.kiosk.pair))

    def _desk_too(self) -> str:
        """That nobody has to use a machine."""
        said = [lang("You can always check in at the desk") for lang in self.kiosk.pair]
        return _side_by_side(said, self.app.size.width - EDGES)

    async def on_resize(self) -> None:
        """More room may be room for both languages."""
        self._show_desk()

    def _show_desk(self) -> None:
        for words in self.query("#desk-too").results(Words):
            words.say(self._desk_too())

    def on_mount(self) -> None:
        """Follow the queue, and the minute."""
        super().on_mount()
        self._show_invitation()
        follow_queue_state(self, self._show_queue)
        if not self.app.stylesheet.has_source(str(LobbyScreen.CSS_PATH[-1])):
            self.set_timer(SEEN_AFTER, self._read_sheets)

    def _read_sheets(self) -> None:
        """What the other screens look like, once this one is to be seen."""
        sheets = self.app.stylesheet
        for path in LobbyScreen.CSS_PATH:
            if not sheets.has_source(str(path)):
                sheets.read(path)
        sheets.parse()

    def tick(self) -> None:
        """The clock; after a minute alone, an invitation to read."""
        super().tick()
        if not self.on_top:
            return
        self._show_invitation()
        if self.kiosk.queue_state.reception_until:
            self._show_queue(self.kiosk.queue_state)  # the hour may have passed
        alone = self.kiosk.monotonic() - self.kiosk.last_input
        if self.kiosk.adapted and alone > self.kiosk.settings.idle:
            self.kiosk.end_session()

    @property
    def at_rest(self) -> bool:
        """In nobody's language and nobody's colours."""
        return not self.kiosk.adapted

    def _show_invitation(self) -> None:
        if self.query("#invitation"):
            notice = self._notice()
            self.set_class(bool(notice), "-notice")
            self.query_one("#invitation", Words).say(notice or self._invitation())

    def _notice(self) -> str:
        """What staff have for everybody: in both languages on the line, else in turn."""
        kiosk = self.kiosk
        words = kiosk.queue_state.notice_at(kiosk.now())
        lines = list(dict.fromkeys(lang.pick(words) for lang in kiosk.pair)) if words else []
        if sum(map(cell_len, lines)) + len(APART) <= self.app.size.width - EDGES:
            return APART.join(lines)
        return lines[int(kiosk.monotonic() / (NOTICE_TURN * kiosk.settings.patience)) % len(lines)]

    def _invitation(self) -> str:
        alone = self.kiosk.monotonic() - self.kiosk.last_input
        articles = self.kiosk.clinic.articles
        if alone < INVITE_AFTER or not articles:
            return self._both("Press a number or touch")
        nth = int((alone - INVITE_AFTER) / (INVITE_EVERY * self.kiosk.settings.patience))
        lang = self.kiosk.pair[nth % len(self.kiosk.pair)]
        article = articles[nth // len(self.kiosk.pair) % len(articles)]
        return lang("While you wait: {title} - press 2", title=lang.pick(article.title))

    def _show_queue(self, state: QueueState) -> None:
        if not self.query("#reception"):
            return
        not_open = state.known and state.reception is not ReceptionState.open
        self.set_class(not_open, "-reception-not-open")
        self.set_class(
            state.known and state.reception is ReceptionState.closed, "-reception-closed"
        )
        self._show_desk()
        self._show_invitation()
        self.query_one("#reception", Words).say(self._reception(state))
        for tile in self.query("#check-in").results(Tile):  # not among the larger size's others
            tile.relabel(tile.label, *tile.lines[:-1], self.kiosk.pair[0](self._who_may(state)))
        waiting = "   ".join(
            lang.plural("{n} person waiting", "{n} people waiting", state.waiting)
            for lang in self.kiosk.pair
        )
        # Not open, reception takes two lines, and what waits goes down to what is called.
        self.query_one("#waiting", Words).say(waiting if state.known and not not_open else "")
        called = self._called(state, waiting) if not_open else self._called(state)
        self.query_one("#called", Static).update(called)

    def _reception(self, state: QueueState) -> str:
        """On one line while it is open; else a line for each language."""
        if not state.known:
            return self._both("Please check in at the desk")
        location, now = self.kiosk.location, self.kiosk.now()
        lines = [reception_sentence(state, location, now, lang) for lang in self.kiosk.pair]
        if state.reception is ReceptionState.open:
            if sum(map(cell_len, lines)) > LINE_CELLS - 2:
                lines = lines[:1]  # in one language whole, and not in two halves
            return "● " + "  ".join(lines)
        width = max(1, self.app.size.width - EDGES)
        most = len(lines)
        if state.reception is ReceptionState.closed:
            most = CLOSED_ROWS
            for number in (phone_lines(location, lang)[0] for lang in self.kiosk.pair):
                unbroken = number.replace(" ", NO_BREAK)
                lines = [line.replace(number, unbroken) for line in lines]
        if sum(len(wrap_evenly(f"● {line}", width)) for line in lines) > most:
            lines = lines[:1]
        return "● " + "\n● ".join(lines)

    def _who_may(self, state: QueueState) -> str:
        """Who may check in now, for the tile."""
        if state.reception is ReceptionState.full:
            return mark("With an appointment")
        return mark("Closed now") if state.reception is ReceptionState.closed else WITH_OR_WITHOUT

    def _called(self, state: QueueState, waiting: str = "") -> Content:
        """The tickets being called; fewer where the line says how many wait, too."""
        if not state.called:
            return Content.styled(waiting, "$quiet")
        shown = CALLED_SHOWN - 1 if waiting else CALLED_SHOWN
        calling = self._("Now calling")
        titles = (
            [f"{waiting}   {calling}", calling] if waiting else [self._both("Now calling"), calling]
        )
        calls = []
        for call in state.called[:shown]:
            room = room_text(call.room, self._)
            calls.append(Content.assemble("   ", (call.ticket, "bold $terracotta"), f" > {room}"))
        lines = [
            Content.assemble((title, "$quiet"), *calls[:count])
            for count in range(len(calls), 0, -1)
            for title in titles
        ]
        # The latest call is what matters: the other language goes first, then older calls.
        return next((line for line in lines if line.cell_length <= LINE_CELLS + 2), lines[-1])

    def choice_means(self, name: str) -> Meaning:
        """A language changes what stands here; all else opens a screen."""
        return Meaning.CHANGES if name.startswith("lang-") else Meaning.OPENS

    async def chosen(self, name: str) -> None:
        """A language, or what a tile promises."""
        if name.startswith("lang-"):
            self.kiosk.choose_language(name.removeprefix("lang-"))
            self.spoken = self._.tag
            await self.relanguage()
            return
        match name:
            case "more-languages":
                self.enter("languages")
            case "others":
                self._others = True
                await self.relanguage()
            case "check-in":
                self.begin_check_in()
            case _:
                self.enter(name)

    async def relanguage(self) -> None:
        """The same tiles in another language."""
        await super().relanguage()
        self._show_queue(self.kiosk.queue_state)
        self._show_invitation()

    async def back(self) -> None:
        """Home is the first screen: there is nothing behind it, but in the larger size."""
        if self._others:
            self._others = False
            await self.relanguage()

    async def start_over(self) -> None:
        """Nothing to start over: only the language and the looks go back."""
        if self.kiosk.adapted:
            self.kiosk.end_session()


def _side_by_side(said: Sequence[str], room: int) -> str:
    """The same in two languages; where they have not so many cells, in the first."""
    both = "  ".join(said)
    return both if cell_len(both) <= room else said[0]
