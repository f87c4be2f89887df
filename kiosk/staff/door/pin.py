"""Typing a PIN: a field that only counts, and keys of digits to touch."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.reactive import reactive
from textual.widgets import Static

from kiosk.widgets.keypad import DELETE, Keypad
from kiosk.widgets.said import Saying

SHORTEST, LONGEST = 6, 8


class PinField(Static):
    """As many places as a PIN may have digits; it knows how many are filled, not with what."""

    filled: reactive[int] = reactive(0)
    """How many digits were typed."""

    def __init__(self) -> None:
        super().__init__(markup=False)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The place of the next digit."""
        return self.content_region.offset + Offset(1 + 4 * min(self.filled, LONGEST - 1), 0)

    def said(self) -> list[Saying]:
        """How many digits were typed."""
        return [Saying(f"{self.filled} / {LONGEST}")]

    def render(self) -> Content:
        """A star for each digit, a line for each that may come."""
        places = [
            (" * ", "bold $on-jade on $jade") if place < self.filled else (" _ ", "$quiet on $card")
            for place in range(LONGEST)
        ]
        return Content(" ").join(Content.styled(*place) for place in places)


class PinPad(Horizontal):
    """Whose PIN, the field, what was wrong with it, and the keypad. Holds digits until `take`."""

    def __init__(self, who: str, prompt: str, delete: str) -> None:
        """`prompt` asks for the PIN, `delete` is the delete key's label."""
        super().__init__(id="pin-pad")
        self._who, self._prompt, self._delete = who, prompt, delete
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Words to the left, keys to the right."""
        with Vertical(id="pin-words"):
            yield Static(self._who, id="pin-who", markup=False)
            yield Static(self._prompt, id="pin-prompt", markup=False)
            yield PinField()
            yield Static(id="pin-problem", markup=False)
        yield Keypad(delete=self._delete)

    @property
    def count(self) -> int:
        """How many digits were typed."""
        return len(self._typed)

    def type(self, what: str) -> None:
        """Add a digit, or take the last one away with DELETE."""
        self._typed = self._typed[:-1] if what == DELETE else (self._typed + what)[:LONGEST]
        self._show()
        self.say("")

    def way_back(self) -> Callable[[], None]:
        """How to have what was typed as it is now."""
        typed = self._typed

        def back() -> None:
            if self.is_attached:
                self._typed = typed
                self._show()

        return back

    def take(self) -> str:
        """What was typed; it is gone from here."""
        typed, self._typed = self._typed, ""
        self._show()
        return typed

    def say(self, sentence: str) -> None:
        """Put a sentence beneath the field."""
        self.query_one("#pin-problem", Static).update(sentence)

    def _show(self) -> None:
        self.query_one(PinField).filled = len(self._typed)
