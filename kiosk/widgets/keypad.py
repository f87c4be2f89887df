"""Keys of digits to touch, and the field that shows what was typed."""

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from kiosk.widgets.block import ROWS, block_rows, block_width
from kiosk.widgets.press import Press

DELETE = "delete"
DIGITS = frozenset("0123456789 +:_")
"""What a field shows in block digits; words, such as "as before", stay words."""


class Key(Press):
    """A key of a keypad; its id is `key-` and what it types.

    Only arrows move the focus onto it, for keypads that send arrows instead of digits.
    """

    def render(self) -> Content:
        """A digit as high as a high key."""
        width, height = self.size
        if self.key or height < ROWS or width < block_width(self.label):
            return super().render()
        return Content.styled("\n".join(block_rows(self.label)), "$jade")


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
    """A field that shows digits and the place of the next one. It holds no text of its own.

    Where the screen has rows to spare and `longest` characters fit, they are block digits.
    """

    shown: reactive[str] = reactive("")
    """What stands in the field, spaced for the eye."""
    blank: reactive[str] = reactive("_")
    """What stands where digits are still to come."""

    def __init__(self, shown: str = "", blank: str = "_", *, longest: int = 0) -> None:
        super().__init__(classes="entry", markup=False)
        self._longest = longest
        self.set_reactive(Entry.shown, shown)
        self.set_reactive(Entry.blank, blank)

    def on_resize(self) -> None:
        """As the window has rows and columns now."""
        spare = self.screen.has_class("-tall")
        wide = block_width("0" * self._longest)
        self.set_class(spare and 0 < wide <= self.size.width, "-block")

    def render(self) -> str:
        """The digits, then the blanks."""
        text = f"{self.shown}{self.blank}"
        digits = DIGITS.issuperset(text) and block_width(text) <= self.size.width
        if self.has_class("-block") and digits:
            return "\n".join(block_rows(text))
        return text


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
