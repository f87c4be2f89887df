"""A line to type in, in place of the keys: a name, a ticket, what is looked for."""

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from kiosk.staff.questions import AnswerPress
from kiosk.widgets.press import Press

LONGEST = 80
"""As long as a name may be."""
EDITING = ("backspace", "delete", "left", "right", "home", "end", "ctrl+u", "ctrl+w")


class Line(Input):
    """The field itself: no suggestions, no clipboard, no blinking."""

    def on_paste(self, event: events.Paste) -> None:
        """Take what fits, without what does not show."""
        event.stop()
        event.prevent_default()
        text = "".join(char for char in event.text if char.isprintable())
        self.insert_text_at_cursor(text[: LONGEST - len(self.value)])


class EntryBar(Vertical):
    """Asks for one line at a time; Enter gives it, Escape gives None."""

    def __init__(self) -> None:
        super().__init__(id="entry")
        self._then: Callable[[str | None], None] | None = None
        self._changed: Callable[[str], None] | None = None

    @property
    def asking(self) -> bool:
        """Whether a line is being typed."""
        return self._then is not None

    def compose(self) -> ComposeResult:
        """What is asked, the field, what Enter means."""
        with Horizontal():
            yield Static(id="entry-text", markup=False)
            yield AnswerPress("", id="entry-enter")
            yield AnswerPress("", id="entry-cancel")
        field = Line(max_length=LONGEST, id="entry-line", compact=True, select_on_focus=False)
        field.cursor_blink = False
        yield field
        yield Static(id="entry-hint", markup=False)

    def ask(
        self,
        text: str,
        then: Callable[[str | None], None],
        *,
        enter: str,
        cancel: str,
        hint: str = "",
        value: str = "",
        changed: Callable[[str], None] | None = None,
    ) -> None:
        """Ask, and call `then` with what was typed; `changed` hears of every character."""
        self._then, self._changed = then, None
        self.query_one("#entry-text", Static).update(text)
        self.query_one("#entry-hint", Static).update(hint)
        self.query_one("#entry-enter", AnswerPress).say("Enter", enter)
        self.query_one("#entry-cancel", AnswerPress).say("Esc", cancel)
        line = self.query_one(Line)
        line.value = value
        line.cursor_position = len(value)
        self._changed = changed
        self.screen.set_focus(line)

    def cancel(self) -> None:
        """Ask no more; whoever asked is answered None."""
        self._answer(None)

    def press(self, event: events.Key) -> bool:
        """Take a key; False leaves it to the field."""
        if event.key == "escape":
            self.cancel()
        elif event.key == "enter":
            self._answer(self.query_one(Line).value)
        elif event.key in EDITING:
            return False
        elif event.is_printable and event.character:  # typed before the field had the focus
            self.query_one(Line).insert_text_at_cursor(event.character)
        return True

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._changed and self.asking:
            self._changed(event.value)

    @on(Press.Pressed)
    def _touched(self, event: Press.Pressed) -> None:
        event.stop()
        if event.press.key == "Esc":
            self.cancel()
        else:
            self._answer(self.query_one(Line).value)

    def _answer(self, value: str | None) -> None:
        then, self._then = self._then, None
        self.query_one(Line).clear()
        if then:
            then(value)
