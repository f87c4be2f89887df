"""The frame every lobby screen shares: title, language, clock, body, and the row of buttons."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.css.query import NoMatches
from textual.screen import ScreenResultCallbackType

from db import ReceptionState
from kiosk.input.guard import Meaning
from kiosk.languages import typed
from kiosk.lobby import walking
from kiosk.lobby.doors import screen_behind
from kiosk.lobby.frame_keys import COMMANDS, EVERYWHERE, FRAME, frame_means
from kiosk.lobby.head_text import HeadText
from kiosk.lobby.language_turn import following_language
from kiosk.lobby.left_out import LeftOut
from kiosk.widgets.keypad import Key
from kiosk.widgets.press import LARGER, ButtonRow, Press
from kiosk.widgets.screen import KioskScreen, styles
from kiosk.widgets.words import Words

if TYPE_CHECKING:
    from kiosk.intake.draft import Draft

Result = TypeVar("Result")


class LobbyScreen(KioskScreen[Result]):
    """A patients' screen. A digit is a choice; `-` `*` `/` and Enter are the four buttons.

    Keys are handled by the screen itself and not by bindings, which run in the app's own time: so
    one is done with before the next (see app/type_ahead.py).
    """

    CSS_PATH = styles("lobby", "home", "checkin", "ticket", "reading")
    BINDINGS = [*walking.KEYS]

    NEXT = True
    """Whether Enter leads on from here; without it the Next button is not shown."""
    IDLE = 1.0
    """Patience without a key or touch, as a multiple of the setting idle_seconds; 0 is endless."""

    # What a screen says of itself

    def heading(self) -> str:
        """What this screen is, in a few words."""
        return ""

    def step(self) -> str:
        """A smaller line under the heading, such as "step 2 of 5"."""
        return ""

    def compose_strip(self) -> ComposeResult:
        """A third line of the head, such as who is being called."""
        yield from ()

    def next_label(self) -> str:
        """What Enter does here."""
        return self._("Next")

    def compose_body(self) -> ComposeResult:
        """Everything between the heading and the buttons."""
        yield from ()

    async def chosen(self, name: str) -> None:
        """A choice was pressed, touched or typed; `name` is the id of its Press."""

    async def typed(self, event: events.Key) -> bool:
        """A key for a field of this screen; False for one that is not text there."""
        return False

    # Where it leads

    def enter(
        self, door: str, *brings: object, then: ScreenResultCallbackType[Any] | None = None
    ) -> None:
        """Open what is behind a door (doors.py) on top; `then` hears what it was left with."""
        self.app.push_screen(screen_behind(door, *brings), then)

    def go_on_to(self, door: str, *brings: object) -> None:
        """Open what is behind a door in this one's place: nothing leads back here."""
        self.app.switch_screen(screen_behind(door, *brings))

    # The four buttons

    async def back(self) -> None:
        """One step back; from a first screen, to where one came from."""
        self.dismiss()

    async def next(self) -> None:
        """Where Enter leads; nowhere unless a screen says so."""

    async def start_over(self) -> None:
        """Drop everything and go Home."""
        self.kiosk.end_session()

    async def ask_help(self) -> None:
        """Ask for a person."""
        self.enter("help")

    def begin_check_in(self, draft: "Draft | None" = None) -> None:
        """Lead into the check-in, with what is known already; or say that it is closed.

        Where no more numbers are given to walk-ins it begins all the same: who needs help now, or
        has an appointment, is taken.
        """
        if self.kiosk.queue_state.reception is ReceptionState.closed:
            self.enter("closed")
        else:
            self.enter("check-in", draft)

    async def next_language(self) -> None:
        """Say everything in the next language, keeping what was typed."""
        other = following_language(self.kiosk.languages, self._)
        if other is None:
            self.enter("languages")
        elif other.tag != self._.tag:
            self.kiosk.choose_language(other.tag)
            await self.relanguage()

    async def relanguage(self) -> None:
        """Draw this screen anew in the session's language."""
        await self.recompose()

    async def look(self) -> None:
        """Choose other colours, or larger things, keeping what was typed."""
        self.enter("display")

    async def take_size(self) -> None:
        """Draw this screen anew in the session's size."""
        self.set_class(self.kiosk.larger, LARGER)
        await self.relanguage()

    # The frame

    def compose(self) -> ComposeResult:
        """Head, body and buttons."""
        yield from self.compose_head()
        with Vertical(id="body"):
            yield from self.compose_body()
        with ButtonRow(id="bar"):
            yield from self.compose_bar()

    def compose_head(self) -> ComposeResult:
        """Heading, language and clock."""
        with Horizontal(id="head"):
            with HeadText(id="head-text"):
                yield Words(self.heading(), id="heading")
                yield Words(self.step(), id="step")
                yield from self.compose_strip()
            if self.kiosk.demo:
                yield Words("DEMO 演示", id="demo")
            yield Press(self._("Aa"), key=".", id="display")
            yield from self.language_button()
            yield Words(self._.clock(self.kiosk.now()), id="clock")

    def compose_bar(self) -> ComposeResult:
        """The four buttons, always in this order."""
        yield Press(self._("Back"), key="-", id="back")
        yield Press(self._("Start over"), key="*", id="start-over")
        yield Press(self._("Help"), key="/", id="help")
        following = Press(self.next_label(), key="Enter", id="next")
        following.visible = self.NEXT
        yield following

    def language_button(self) -> ComposeResult:
        """A button that says the next language's own name; before all of them, the place's own."""
        other = following_language(self.kiosk.languages, self._)
        if other is None:
            yield Press(f"{self.kiosk.languages[0].own_name} +", key="+", id="language")
        elif other.tag != self._.tag:
            yield Press(other.own_name, key="+", id="language")

    def on_mount(self) -> None:
        """Keep the clock, and watch for people who have gone."""
        self.spoken = self._.tag
        self.set_class(self.kiosk.larger, LARGER)
        self.set_interval(1.0, self.tick)

    def tick(self) -> None:
        """Once a second: the clock, and whether anybody is still there."""
        if not self.on_top:
            return
        try:
            self.query_one("#clock", Words).say(self._.clock(self.kiosk.now()))
        except NoMatches:  # between two compositions
            return
        left = self.seconds_left()
        if left is not None and left <= 0:
            self.enter("still-there")

    def seconds_left(self) -> float | None:
        """Seconds until the question whether anyone is there; None for never."""
        if not self.IDLE or self.kiosk.committing:
            return None
        patience = self.kiosk.settings.idle * self.IDLE
        return self.kiosk.last_input + patience - self.kiosk.monotonic()

    async def on_screen_resume(self, event: events.ScreenResume) -> None:
        """A screen on top may have changed the language or the size."""
        if not (self.is_mounted and hasattr(self, "spoken")):
            return
        if self.has_class(LARGER) != self.kiosk.larger:
            self.spoken = self._.tag
            await self.take_size()
        elif self.spoken != self._.tag:
            self.spoken = self._.tag
            await self.relanguage()

    # What keys and cards do, for whoever judges them

    def means(self, key: events.Key) -> Meaning:
        """What a key does: as `on_key` goes through them."""
        if meaning := EVERYWHERE.get(key.key) or self.means_typing(key):
            return meaning
        if card := self.card_for(key):
            return self.meaning_of(card)
        return FRAME.get(COMMANDS.get(key.key, ""), Meaning.MOVES)

    def means_typing(self, key: events.Key) -> Meaning | None:
        """What a key does in a field of this screen; None for one that `typed` does not take."""
        return None

    def card_for(self, key: events.Key) -> Press | None:
        """The card in focus for Enter, the one with that digit, or a button of the frame."""
        if key.key in ("enter", "space") and isinstance(self.focused, Press):
            return self.focused
        if command := COMMANDS.get(key.key):
            return next((p for p in self._cards() if p.id == command and p.visible), None)
        char = key.character or ""
        return self._bearing(char) if typed.digit(char) else None

    def meaning_of(self, card: Press) -> Meaning:
        """What a card does."""
        own = self.next_means() if card.id == "next" else self.choice_means(card.id or "")
        return frame_means(card) or own

    def next_means(self) -> Meaning:
        """What Next does."""
        return Meaning.ANSWERS

    def choice_means(self, name: str) -> Meaning:
        """What a choice of this screen does, by the id of its card."""
        return Meaning.OPENS

    def scanned(self, text: str) -> None:
        """Say for a while that it was left out, over the top line."""
        self.query(LeftOut).remove()
        self.mount(LeftOut(self._("A scanned code was left out. Please press a key or touch.")))

    # Keys and touches

    def action_walk(self, by: int) -> None:
        """Move the focus on or back; not while a check-in is being put on disk."""
        if not self.kiosk.committing:
            walking.walk(self, by)

    def action_walk_to_first(self) -> None:
        """Focus the first choice."""
        walking.walk_to_first(self)

    def action_walk_to_last(self) -> None:
        """Focus the last button."""
        walking.walk_to_last(self)

    async def on_key(self, event: events.Key) -> None:
        """Handle a key that no field has taken."""
        if self.kiosk.committing:
            event.stop()
            return
        if await self.typed(event):
            event.stop()
            if isinstance(self.focused, Key):
                self.set_focus(None)  # digits come after all: Enter leads on
        elif event.key == "enter" and isinstance(self.focused, Press):
            event.stop()
            await self.pressed(self.focused)
        elif command := COMMANDS.get(event.key):
            event.stop()
            await self.command(command)
        elif (digit := typed.digit(event.character)) and (press := self._bearing(digit)):
            event.stop()
            await self.pressed(press)

    def _bearing(self, key: str) -> Press | None:
        """The card on this screen that bears `key`."""
        return next((p for p in self._cards() if p.key == key and p.display), None)

    def _cards(self) -> Iterable[Press]:
        # A query takes ten times as long as this walk, and each key asks for a card.
        return self.walk_children(Press)

    @on(Press.Pressed)
    async def _on_touch(self, event: Press.Pressed) -> None:
        event.stop()
        if self.on_top and not self.kiosk.committing:
            await self.pressed(event.press)

    async def pressed(self, press: Press) -> None:
        """A card was chosen by key or touch: a button of the frame, or one of the screen's own."""
        # The second tap of two comes from a card that the first has taken away, which is displayed
        # no more: it must not answer the question that stands there now.
        if press.disabled or not (press.display and press.visible):
            return
        name = press.id or ""
        if name in COMMANDS.values():
            await self.command(name)
        else:
            await self.chosen(name)

    async def command(self, name: str) -> None:
        """Do what a button of the frame says."""
        if self.kiosk.committing:
            return
        match name:
            case "back":
                await self.back()
            case "start-over":
                await self.start_over()
            case "help":
                await self.ask_help()
            case "next" if self.NEXT:
                await self.next()
            case "language":
                await self.next_language()
                self.spoken = self._.tag
            case "display":
                await self.look()

    async def on_kiosk_screen_command(self, event: KioskScreen.Command) -> None:
        """F1 and F10, which come through the app because they work in fields too."""
        if self.on_top:
            await self.command(event.name)
