"""Block letters in every size, with round corners: tickets, rooms and the time."""

from collections.abc import Sequence

from kiosk.typesetting.block import ROWS, block_rows

_PIXELS = 3
"""Pixels a letter is wide."""
_COLON = (False, True, False, True, False)

_ROUND_FROM = 3
"""Smaller letters keep their corners: a quarter of a cell is too coarse to round them with."""
# Radii of round corners as parts of a pixel.
_BEND, _INSIDE = 0.75, 0.3
"""Where a stroke turns, and in the angle between two strokes. Ends of strokes are straight."""

_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""A cell by its quarters: 1 upper left, 2 upper right, 4 lower left, 8 lower right."""

Bitmap = list[list[bool]]


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
    width = 2 * cells_wide(text, size)
    parts = [drawn(char, 2 * size, [size] * ROWS) for char in text]
    gap = [False] * (2 * _gap(size))
    bits = [[False] * width] if lowered else []
    for row in range(ROWS * size):
        line: list[bool] = []
        for nth, letter in enumerate(parts):
            line += (gap if nth else []) + letter[row]
        bits.append(line)
    return quarters(bits)


def quarters(bits: Bitmap) -> list[str]:
    """A picture of quarters of cells as rows of cells, an even number of quarters across."""
    if len(bits) % 2:
        bits = [*bits, [False] * len(bits[0])]
    return [
        "".join(
            _QUADRANTS[high[x] + 2 * high[x + 1] + 4 * low[x] + 8 * low[x + 1]]
            for x in range(0, len(high), 2)
        )
        for high, low in zip(bits[::2], bits[1::2], strict=True)
    ]


def pixels(char: str) -> Bitmap:
    """The five rows of a character that can be drawn."""
    return [_pixels(char, row) for row in range(ROWS)]


def largest(text: str, width: int, height: int) -> int:
    """The largest size at which `text` fits into so many cells and rows; 0 if none does."""
    size = 0
    while cells_wide(text, size + 1) <= width and rows_high(size + 1) <= height:
        size += 1
    return size


def drawn(char: str, wide: int, heights: Sequence[int]) -> Bitmap:
    """A letter whose pixels are so many quarters of a cell wide, its five rows each so high."""
    lines = pixels(char)
    across = range(wide * len(lines[0]))
    bits: Bitmap = []
    for row, high in enumerate(heights):
        for nth in range(high):
            down = row + (nth + 0.5) / high
            if wide < 2 * _ROUND_FROM:
                bits.append([lines[row][x // wide] for x in across])
            else:
                bits.append([_is_ink(lines, (x + 0.5) / wide, down) for x in across])
    return bits


def _is_ink(lines: Bitmap, across: float, down: float) -> bool:
    """Whether a point of a letter, measured in pixels, is inked once its corners are round."""
    x, y = int(across), int(down)
    # To the nearer side and to the nearer edge, and how far these are.
    dx, dy = (1 if across - x > 0.5 else -1), (1 if down - y > 0.5 else -1)
    from_side = min(across - x, x + 1 - across)
    from_edge = min(down - y, y + 1 - down)
    inked = _at(lines, x, y)
    beside, beyond = _at(lines, x + dx, y), _at(lines, x, y + dy)
    if inked != beside and inked != beyond:
        turns = inked == _at(lines, x - dx, y) == _at(lines, x, y - dy)
        radius = (_BEND if turns else 0.0) if inked else _INSIDE
        if from_side < radius and from_edge < radius:
            away = (radius - from_side) ** 2 + (radius - from_edge) ** 2
            return inked if away <= radius**2 else not inked
    return inked


def _at(lines: Bitmap, x: int, y: int) -> bool:
    return 0 <= y < len(lines) and 0 <= x < len(lines[0]) and lines[y][x]


def _gap(size: int) -> int:
    return max(1, size // 2)


def _is_in_font(char: str) -> bool:
    return bool(block_rows(char)[0])


def _pixels(char: str, row: int) -> list[bool]:
    if char == ":":
        return [_COLON[row]]
    return [cell != " " for cell in block_rows(char)[row][::2]]
