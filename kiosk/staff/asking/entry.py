"""A line to type in, in place of the keys: a name, a ticket, what is looked for."""

from collections.abc import Callable
from typing import cast

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Input, Static

from kiosk.staff.asking.bar import AskingBar, Then
from kiosk.widgets.cursor import text_cursor
from kiosk.widgets.host import Kiosk

LONGEST = 80
"""As long as a name may be."""
EDITING = ("backspace", "delete", "left", "right", "home", "end", "ctrl+u", "ctrl+w")


class LineQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A line to be typed: what is asked, and what its keys say."""

    text: str
    enter: str
    cancel: str
    hint: str = ""
    value: str = ""
    """What stands there already."""
    changed: Callable[[str], None] | None = None
    """Hears of every character."""


class Line(Input):
    """The field itself: no suggestions, no clipboard, no blinking."""

    class Full(Message):
        """More was typed than there is room for."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where its cursor is painted."""
        return text_cursor(self)

    def restricted(self) -> None:
        """Nothing is left out without a word."""
        self.post_message(self.Full())

    def on_paste(self, event: events.Paste) -> None:
        """Take what fits, without what does not show."""
        event.stop()
        event.prevent_default()
        text = "".join(char for char in event.text if char.isprintable())
        left = LONGEST - len(self.value)
        self.insert_text_at_cursor(text[:left])
        if text[left:]:
            self.restricted()


class EntryBar(AskingBar):
    """Asks for one line at a time; Enter gives it, Escape gives None."""

    def __init__(self) -> None:
        super().__init__("entry")
        self._changed: Callable[[str], None] | None = None

    def compose(self) -> ComposeResult:
        """What is asked, the field, what to type."""
        yield from super().compose()
        field = Line(max_length=LONGEST, id="entry-line", compact=True, select_on_focus=False)
        field.cursor_blink = False
        yield field
        yield Static(id="entry-hint", markup=False)

    def ask(self, asked: LineQuestion, then: Then) -> None:
        """Ask, and call `then` with what was typed."""
        self._changed = None
        self.begin(asked.text, then, enter=asked.enter, cancel=asked.cancel)
        self.query_one("#entry-hint", Static).update(asked.hint)
        line = self.query_one(Line)
        line.value = asked.value
        line.cursor_position = len(asked.value)
        self._changed = asked.changed
        self.screen.set_focus(line)

    def press(self, event: events.Key) -> bool:
        """Take a key; False leaves it to the field."""
        if event.key == "escape":
            self.cancel()
        elif event.key == "enter":
            self.choose("Enter")
        elif event.key in EDITING:
            return False
        elif event.is_printable and event.character:  # typed before the field had the focus
            self.query_one(Line).insert_text_at_cursor(event.character)
        return True

    def choose(self, key: str) -> None:
        """Enter: give what was typed."""
        self.answer(self.query_one(Line).value)

    def answer(self, value: str | None) -> None:
        """Keep nothing of what was typed, and tell whoever asked."""
        self._changed = None  # emptying the field is not typing
        self.query_one(Line).clear()
        super().answer(value)

    @on(Line.Full)
    def _full(self, event: Line.Full) -> None:
        event.stop()
        lang = cast(Kiosk, self.app).language
        said = lang("There is room for {n} letters: the rest was left out", n=LONGEST)
        self.query_one("#entry-hint", Static).update(said)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._changed and self.asking:
            self._changed(event.value)
