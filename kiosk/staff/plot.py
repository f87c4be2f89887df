"""A bar for each number, in eighths of a cell; pure."""

from collections.abc import Sequence

from textual.content import Content

EIGHTHS = " ▁▂▃▄▅▆▇█"
WIDEST, GAP = 9, 2
"""Cells of a bar with the gap beside it at most, and of the gap: wider ones would be a wall."""


def bars(labels: Sequence[str], values: Sequence[int], *, cells: int, rows: int) -> Content:
    """Bars on a line of labels, each with its number on top, in so many cells and rows.

    Two rows are for the numbers and the labels. Values are 0 or more.
    """
    if not values:
        return Content("")
    each = max(GAP + 2, min(WIDEST, cells // len(values)))
    bar, gap = each - GAP, " " * GAP
    top, height = max(1, *values), max(1, rows - 2)
    tall = [max(value > 0, round(value / top * height * 8)) for value in values]
    lines = []
    for row in range(height, -1, -1):
        line = Content("")
        for value, eighths in zip(values, tall, strict=True):
            full = eighths - row * 8
            if row == -(-eighths // 8) and value:
                piece = Content.styled(str(value).center(bar), "bold")
            elif full > 0:
                piece = Content.styled(EIGHTHS[min(8, full)] * bar, "$jade")
            else:
                piece = Content(" " * bar)
            line = Content.assemble(line, piece, gap)
        lines.append(line)
    base = "".join(label.center(bar) + gap for label in labels)
    return Content("\n").join([*lines, Content.styled(base, "$quiet")])
