"""Keys of digits to touch, and the field that shows what was typed."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.geometry import Offset
from textual.reactive import reactive
from textual.widgets import Static

from kiosk.input.guard import Meaning
from kiosk.languages import typed
from kiosk.typesetting.block import (
    HALF_ROWS,
    ROWS,
    block_rows,
    block_width,
    half_rows,
    half_width,
)
from kiosk.widgets.press import LARGER, Press
from kiosk.widgets.said import Saying

DELETE = "delete"
DIGITS = frozenset("0123456789 +:_")
"""What a field shows in block digits; words, such as "as before", stay words."""


class Key(Press):
    """A key of a keypad; its id is `key-` and what it types.

    Only arrows move the focus onto it, for keypads that send arrows instead of digits.
    """

    def render(self) -> Content:
        """A digit as high as a high key."""
        height = self.size.height
        if self.key or height < HALF_ROWS:
            return super().render()
        rows = block_rows(self.label) if height >= ROWS else half_rows(self.label)
        return Content.styled("\n".join(rows), "$jade")


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

    Where the screen has rows to spare, or is in the larger size, and `longest` characters fit,
    they are block digits.
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
        longest = "0" * self._longest
        whole = block_width(longest) <= self.size.width and self.screen.has_class("-tall")
        half = half_width(longest) <= self.size.width and self.screen.has_class(LARGER)
        self.set_class(bool(longest) and whole, "-block")
        self.set_class(bool(longest) and half and not whole, "-half-block")

    def said(self) -> list[Saying]:
        """What was typed."""
        return [Saying(self.shown)]

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the next digit."""
        return self.content_region.offset + Offset(self._cells(self.shown), 0)

    def _cells(self, text: str) -> int:
        """How many cells come before what follows a text, as it is drawn now."""
        drawn = self.render()
        if "\n" not in drawn or not text:
            return cell_len(text)
        return (half_width(text) if self.has_class("-half-block") else block_width(text)) + 1

    def render(self) -> str:
        """The digits, then the blanks."""
        text = f"{self.shown}{self.blank}"
        if not DIGITS.issuperset(text):
            return text
        if self.has_class("-block") and block_width(text) <= self.size.width:
            return "\n".join(block_rows(text))
        if self.has_class("-half-block") and half_width(text) <= self.size.width:
            return "\n".join(half_rows(text))
        return text


def typed_key(key: str, character: str | None, *, plus: bool = False) -> str | None:
    """What a key of a real keyboard types into an Entry: a digit, "+", DELETE, or None."""
    if digit := typed.digit(character):
        return digit
    meant = typed.plain(character or "")
    if meant == "+" and plus:
        return "+"
    deletes = meant in (".", "。") or key in ("full_stop", "backspace", "delete")
    return DELETE if deletes else None


def typing(typed: str | None) -> Meaning | None:
    """What a key does that types this into an Entry; None for one that types nothing."""
    return (typed and (Meaning.MOVES if typed == DELETE else Meaning.TYPES)) or None


def typed_press(press_id: str) -> str | None:
    """The same for a key of the Keypad, by its id."""
    name = press_id.removeprefix("key-")
    return None if name == press_id else "+" if name == "plus" else name
