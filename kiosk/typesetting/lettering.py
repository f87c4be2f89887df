"""Names in large letters of any height: Latin as narrow as its length needs, Chinese in dots."""

import unicodedata

from kiosk.typesetting import han
from kiosk.typesetting.digits import Bitmap, can_be_drawn, pixels, quarters

SLENDER = 7.5
"""Half rows a letter may be high at most, for each quarter of a cell that its strokes are wide."""
_BARS = 3
"""Of a letter's five rows those with strokes across; between them it can be drawn out."""


def natural(half_rows: int) -> int:
    """Quarters of a cell that a stroke of a letter of this height is wide in the digits' font."""
    return max(1, -(-2 * half_rows // 5))


def lettered(text: str, width: int, half_rows: int, *, slender: float = SLENDER) -> Bitmap:
    """A name as large as it fits into so many cells and half rows; [] where it cannot be drawn.

    A row of the bitmap is half a row of cells, a column half a cell. Letters stay as high as they
    may be and grow narrower, as far as that can be read; Chinese keeps its shape.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if any(map(han.has, text)):
        sizes = range(half_rows // han.HIGH, 0, -1)
        drawn = (_mixed(text, size) for size in sizes)
    elif can_be_drawn(text):
        strokes = range(natural(half_rows), 0, -1)
        drawn = (_latin(text, wide, min(half_rows, int(wide * slender))) for wide in strokes)
    else:
        return []
    return next((bits for bits in drawn if bits and len(bits[0]) <= 2 * width), [])


def in_rows(bits: Bitmap, *, lowered: bool = False) -> list[str]:
    """The same as rows of cells; `lowered` begins half a row further down."""
    if not bits:
        return []
    return quarters([[False] * len(bits[0])] * lowered + bits)


def _mixed(text: str, scale: int) -> Bitmap:
    high = han.HIGH * scale
    drawn = []
    for char in text:
        if han.has(char):
            drawn.append(han.dots(char, scale))
        elif can_be_drawn(char):
            drawn.append(_letter(char, 2 * high // 5, high))
        else:
            return []
    return _joined(drawn, 2 * scale)


def _latin(text: str, wide: int, high: int) -> Bitmap:
    return _joined([_letter(char, wide, high) for char in text], max(1, wide // 2))


def _letter(char: str, wide: int, high: int) -> Bitmap:
    """A letter whose strokes are all as thick, though it is drawn out in height."""
    bar = min(max(1, round(wide / 2)), max(1, high // 5))
    upper = (high - _BARS * bar) // 2
    heights = (bar, upper, bar, high - _BARS * bar - upper, bar)
    drawn: Bitmap = []
    for line, times in zip(pixels(char), heights, strict=True):
        drawn += [[bit for bit in line for _ in range(wide)]] * times
    return drawn


def _joined(drawn: list[Bitmap], gap: int) -> Bitmap:
    """Letters beside one another, an even number of quarters across."""
    lines = []
    for parts in zip(*drawn, strict=True):
        line = list(parts[0])
        for part in parts[1:]:
            line += [False] * gap + part
        lines.append(line + [False] * (len(line) % 2))
    return lines
