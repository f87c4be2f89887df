"""Columns for what stands in rows, as wide as what stands in each of them."""

from collections.abc import Sequence

from textual.containers import Grid

GAP = 1
"""Cells between two columns."""


def fitted(cells: Sequence[int], columns: int, room: int) -> list[int] | None:
    """The widths of so many columns, filled row by row with things of these cells.

    What is left of the room is shared out. None if they do not fit in it.
    """
    columns = max(1, min(columns, len(cells)))
    widths = [max(cells[column::columns], default=0) for column in range(columns)]
    left = room - sum(widths) - GAP * (columns - 1)
    if left < 0:
        return None
    return [
        width + left // columns + (place < left % columns) for place, width in enumerate(widths)
    ]


def lay_out(grid: Grid, widths: Sequence[int]) -> None:
    """Give a grid columns of these widths."""
    grid.styles.grid_size_columns = len(widths)
    grid.styles.grid_columns = " ".join(map(str, widths))
