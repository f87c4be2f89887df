"""What keys do in the field of the form where the cursor stands, in place of the queue's keys."""

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.staff.asking.columns import GAP
from kiosk.staff.asking.key_lines import Key, KeyLines
from kiosk.staff.asking.questions import Answer

COLUMNS = 4
ROWS = 4
"""Of answers at most, if any number of columns holds their words in so few."""
EDGES = 2
"""Cells free beside them."""


class Choices(KeyLines):
    """Digits and what they choose."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self._chosen = ""

    def show(self, keys: Sequence[Key], chosen: str, cells: int) -> None:
        """Show these in as many columns as hold their words; one stands out as `chosen`."""
        self._chosen = chosen
        columns = COLUMNS
        while columns > 1 and _too_wide(keys, columns, cells):
            columns -= 1
        rows = [keys[at : at + columns] for at in range(0, len(keys), columns)]
        each = (cells - GAP * (columns - 1)) // columns
        self.lay_out(rows, [each] * columns)
        self.display = bool(keys)
        self.refresh()

    def written(self, key: Key) -> Content:
        """The digit as a patch, and the answer; bold where it is chosen."""
        tone = "bold $jade" if key.action == self._chosen else ""
        return Content.assemble(
            (f" {key.letter} ", "bold $on-jade on $jade"), (f" {key.label}", tone)
        )


class FormKeys(Vertical):
    """The answers of a choice, what to type into a text, and the form's own keys."""

    def __init__(self, touch: Callable[[str], None]) -> None:
        """`touch` hears the action of what is touched: a digit, or a key of the form's own."""
        super().__init__(id="form-keys")
        self._touch = touch

    def compose(self) -> ComposeResult:
        """Answers, a hint, keys."""
        yield Choices("form-answers")
        yield Static(id="form-hint", markup=False)
        yield Choices("form-own")

    def show(
        self, answers: Sequence[tuple[str, Answer]], chosen: str, hint: str, own: Sequence[Key]
    ) -> None:
        """Show what may be chosen now, what may be typed, and what else is done from here."""
        cells = self.screen.size.width - 2 * EDGES
        keys = [Key(digit, digit, one.label, one.label) for digit, one in answers]
        picked = next((digit for digit, one in answers if one.value == chosen), "")
        self.query_one("#form-answers", Choices).show(keys, picked, cells)
        shown = self.query_one("#form-hint", Static)
        shown.display = bool(hint)
        shown.update(hint)
        self.query_one("#form-own", Choices).show(own, "", cells)

    @on(KeyLines.Chosen)
    def _touched(self, event: KeyLines.Chosen) -> None:
        event.stop()
        self._touch(event.action)

    def clear(self) -> None:
        """Say nothing any more."""
        self.show((), "", "", ())


def _too_wide(keys: Sequence[Key], columns: int, cells: int) -> bool:
    each = (cells - GAP * (columns - 1)) // columns
    return any(Content(f" {key.letter}  {key.label}").cell_length > each for key in keys)
