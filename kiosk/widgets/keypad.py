"""Keys of digits to touch, and the field that shows what was typed."""

from textual.app import ComposeResult
from textual.containers import Grid
from textual.reactive import reactive
from textual.widgets import Static

from kiosk.widgets.press import Press

DELETE = "delete"


class Key(Press):
    """A key of a keypad; its id is `key-` and what it types.

    Only arrows move the focus onto it, for keypads that send arrows instead of digits.
    """


class Keypad(Grid):
    """Digits as on a telephone, a delete key, and optionally a plus."""

    def __init__(self, *, delete: str, plus: bool = False) -> None:
        super().__init__(classes="keypad")
        self._delete = delete
        self._plus = plus

    def compose(self) -> ComposeResult:
        """Twelve keys, or eleven where a plus means nothing."""
        for digit in "123456789":
            yield Key(digit, id=f"key-{digit}")
        yield Key(self._delete, key=".", id=f"key-{DELETE}")
        yield Key("0", id="key-0")
        if self._plus:
            yield Key("+", id="key-plus")


class Entry(Static):
    """A field that shows digits and the place of the next one. It holds no text of its own."""

    shown: reactive[str] = reactive("")
    """What stands in the field, spaced for the eye."""
    blank: reactive[str] = reactive("_")
    """What stands where digits are still to come."""

    def __init__(self, shown: str = "", blank: str = "_") -> None:
        super().__init__(classes="entry", markup=False)
        self.set_reactive(Entry.shown, shown)
        self.set_reactive(Entry.blank, blank)

    def render(self) -> str:
        """The digits, then the blanks."""
        return f"{self.shown}{self.blank}"


def typed_key(key: str, character: str | None, *, plus: bool = False) -> str | None:
    """What a key of a real keyboard types into an Entry: a digit, "+", DELETE, or None."""
    if character and character in "0123456789":
        return character
    if character == "+" and plus:
        return "+"
    return DELETE if key in ("full_stop", "backspace", "delete") else None


def typed_press(press_id: str) -> str | None:
    """The same for a key of the Keypad, by its id."""
    name = press_id.removeprefix("key-")
    return None if name == press_id else "+" if name == "plus" else name
