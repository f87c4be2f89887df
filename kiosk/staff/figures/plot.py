"""A bar for each number, in eighths of a cell; pure."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.content import Content

EIGHTHS = " ▁▂▃▄▅▆▇█"
WIDEST, GAP = 9, 2
"""Cells of a bar with the gap beside it at most, and of the gap: wider ones would be a wall."""


def bars(
    labels: Sequence[str],
    values: Sequence[int],
    *,
    cells: int,
    rows: int,
    written: Callable[[int], str] = str,
) -> Content:
    """Bars on a line of labels, each with its number on top, in so many cells and rows.

    Two rows are for the numbers and the labels. Values are 0 or more. `written` gives a number
    the marks of a language; where bars are too narrow for them, all numbers go without.
    """
    if not values:
        return Content("")
    each = max(GAP + 2, min(WIDEST, cells // len(values)))
    bar, gap = each - GAP, " " * GAP
    top, height = max(1, *values), max(1, rows - 2)
    tall = [max(value > 0, round(value / top * height * 8)) for value in values]
    numbers = [written(value) for value in values]
    if any(cell_len(number) >= each for number in numbers):
        numbers = [str(value) for value in values]
    lines = []
    for row in range(height, -1, -1):
        line = Content("")
        for value, number, eighths in zip(values, numbers, tall, strict=True):
            full = eighths - row * 8
            if row == -(-eighths // 8) and value:
                piece = Content.styled(number.center(bar).ljust(each), "bold")
            elif full > 0:
                piece = Content.styled(EIGHTHS[min(8, full)] * bar, "$jade") + gap
            else:
                piece = Content(" " * each)
            line = Content.assemble(line, piece)
        lines.append(line)
    base = "".join(_centred(label, bar) + gap for label in labels)
    return Content("\n").join([*lines, Content.styled(base, "$quiet")])


def _centred(label: str, cells: int) -> str:
    """A label in the middle of so many cells; a Chinese sign takes two."""
    free = max(0, cells - cell_len(label))
    left = free // 2 + (free & cells & 1)  # as str.center does for the numbers
    return " " * left + label + " " * (free - left)
