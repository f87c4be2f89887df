"""Block letters in every size: tickets, rooms and the time, as large as their place allows."""

from kiosk.widgets.block import ROWS, block_rows

_PIXELS = 3
"""Pixels a letter is wide."""
_COLON = (False, True, False, True, False)


def rows_high(size: int) -> int:
    """Rows that letters of a size take; size 2 is that of block_rows at scale 1."""
    return (ROWS * size + 1) // 2


def cells_wide(text: str, size: int) -> int:
    """Cells that `text` takes in letters of a size; a colon is one pixel wide."""
    pixels = sum(1 if char == ":" else _PIXELS for char in text)
    return pixels * size + (len(text) - 1) * _gap(size) if text else 0


def can_be_drawn(text: str) -> bool:
    """Whether every character of `text` is in the font."""
    return bool(text) and all(char == ":" or _is_in_font(char) for char in text)


def letters(text: str, size: int, *, lowered: bool = False) -> list[str]:
    """The rows of `text`, a pixel being `size` cells wide and half of `size` rows high.

    Half blocks make the odd sizes, and size 1 is three rows high. `lowered` begins half a row
    further down, which may take one more row: air where a whole row would be too much.
    """
    half_rows = [" " * cells_wide(text, size)] if lowered else []
    for row in range(ROWS):
        bits = (" " * _gap(size)).join(
            "".join(("#" if lit else " ") * size for lit in _pixels(char, row)) for char in text
        )
        half_rows += [bits] * size
    if len(half_rows) % 2:
        half_rows.append(" " * len(half_rows[0]))
    pairs = zip(half_rows[::2], half_rows[1::2], strict=True)
    return [
        "".join(
            {"##": "█", "# ": "▀", " #": "▄"}.get(high + low, " ")
            for high, low in zip(upper, lower, strict=True)
        )
        for upper, lower in pairs
    ]


def largest(text: str, width: int, height: int) -> int:
    """The largest size at which `text` fits into so many cells and rows; 0 if none does."""
    size = 0
    while cells_wide(text, size + 1) <= width and rows_high(size + 1) <= height:
        size += 1
    return size


def _gap(size: int) -> int:
    return max(1, size // 2)


def _is_in_font(char: str) -> bool:
    return bool(block_rows(char)[0])


def _pixels(char: str, row: int) -> list[bool]:
    if char == ":":
        return [_COLON[row]]
    return [cell != " " for cell in block_rows(char)[row][::2]]
