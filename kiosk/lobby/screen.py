"""The frame every lobby screen shares: title, language, clock, body, and the row of buttons."""

from collections.abc import Iterable
from typing import TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.css.query import NoMatches
from textual.widget import Widget
from textual.widgets import Static

from kiosk.lobby.idle import StillThereScreen
from kiosk.widgets.press import Press
from kiosk.widgets.screen import KioskScreen

Result = TypeVar("Result")

CHOICE_KEYS = {str(n): str(n) for n in range(1, 10)}


class LobbyScreen(KioskScreen[Result]):
    """A patients' screen. A digit is a choice; `-` `*` `/` and Enter are the four buttons."""

    CSS_PATH = "../styles/lobby.tcss"
    BINDINGS = [
        Binding("escape,minus", "back", show=False),
        Binding("asterisk", "start_over", show=False),
        Binding("slash", "help", show=False),
        Binding("enter", "next", show=False),
        Binding("down,right", "app.focus_next", show=False),
        Binding("up,left", "app.focus_previous", show=False),
    ]

    NEXT = True
    """Whether Enter leads on from here; without it there is no Next button."""
    IDLE = 1.0
    """Patience without a key or touch, as a multiple of the setting idle_seconds; 0 is endless."""

    def heading(self) -> str:
        """What this screen is, in a few words."""
        return ""

    def next_label(self) -> str:
        """What Enter does here."""
        return self._("Next")

    def compose_body(self) -> ComposeResult:
        """Everything between the heading and the buttons."""
        yield from ()

    def compose(self) -> ComposeResult:
        """The frame, around the body."""
        with Horizontal(id="head"):
            with Vertical(id="head-text"):
                yield Static(self.heading(), id="heading", markup=False)
                yield Static(self.step(), id="step", markup=False)
            if self.kiosk.demo:
                yield Static("DEMO 演示", id="demo", markup=False)
            yield from self._language_button()
            yield Static(self._.clock(self.kiosk.now()), id="clock", markup=False)
        with Vertical(id="body"):
            yield from self.compose_body()
        with Horizontal(id="bar"):
            yield from self.compose_bar()

    def compose_bar(self) -> ComposeResult:
        """The row of buttons, always in this order."""
        yield Press(self._("Back"), key="-", id="back", classes="bar")
        yield Press(self._("Start over"), key="*", id="start-over", classes="bar")
        yield Press(self._("Help"), key="/", id="help", classes="bar")
        if self.NEXT:
            yield Press(self.next_label(), key="Enter", id="next", classes="bar")

    def step(self) -> str:
        """A smaller line under the heading, such as "step 2 of 5"."""
        return ""

    def _language_button(self) -> Iterable[Widget]:
        others = [lang for lang in self.kiosk.languages if lang.tag != self._.tag]
        if others:
            yield Press(others[0].own_name, id="language")

    def on_mount(self) -> None:
        """Keep the clock and, where patience ends, watch for people who have gone."""
        self.set_interval(1.0, self.tick)

    def tick(self) -> None:
        """Once a second: the clock, and whether anybody is still there."""
        if not self.is_current:
            return
        self.query_one("#clock", Static).update(self._.clock(self.kiosk.now()))
        left = self.seconds_left()
        if left is not None and left <= 0:
            self.app.push_screen(StillThereScreen())

    def seconds_left(self) -> float | None:
        """Seconds until the question whether anyone is there; None for never."""
        if not self.IDLE:
            return None
        patience = self.kiosk.settings.idle_seconds * self.IDLE
        return self.kiosk.last_input + patience - self.kiosk.monotonic()

    def on_key(self, event: events.Key) -> None:
        """A digit chooses the card that bears it."""
        if event.character and event.character.isdigit() and self.choose(event.character):
            event.stop()

    def choose(self, key: str) -> bool:
        """Press the card that bears `key`; False if there is none."""
        for press in self.query(Press):
            if press.key == key and press.display and not press.disabled:
                press.press()
                return True
        return False

    @on(Press.Pressed, "#back")
    def action_back(self) -> None:
        """One step back; from a first screen, to where one came from."""
        self.dismiss()

    @on(Press.Pressed, "#start-over")
    def action_start_over(self) -> None:
        """Drop everything and go Home."""
        self.kiosk.end_session()

    @on(Press.Pressed, "#help")
    def action_help(self) -> None:
        """Ask for a person."""
        from kiosk.lobby.help import HelpScreen

        self.app.push_screen(HelpScreen())

    @on(Press.Pressed, "#next")
    def action_next(self) -> None:
        """Where Enter leads; nowhere unless a screen says so."""

    @on(Press.Pressed, "#language")
    async def change_language(self) -> None:
        """Say everything in the next language, keeping what was typed."""
        tags = [lang.tag for lang in self.kiosk.languages]
        after = tags[(tags.index(self._.tag) + 1) % len(tags)]
        self.kiosk.choose_language(after)
        await self.relanguage()

    async def relanguage(self) -> None:
        """Draw this screen anew in the session's language."""
        await self.recompose()

    async def on_screen_resume(self) -> None:
        """Another screen on top may have changed the language."""
        try:
            heading = self.query_one("#heading", Static)
        except NoMatches:
            return
        if str(heading.content) != self.heading():
            await self.relanguage()
