"""Names in large letters of any height: Latin as narrow as its length needs, Chinese in dots."""

import unicodedata
from functools import lru_cache

from kiosk.typesetting import han
from kiosk.typesetting.digits import Bitmap, can_be_drawn, drawn, quarters

SLENDER = 7.5
"""Half rows a letter may be high at most, for each quarter of a cell that its strokes are wide."""
_PIXELS = 3
"""Strokes that fit side by side in a letter."""
_BARS = 3
"""Of a letter's five rows those with strokes across; between them it can be drawn out."""


def natural(half_rows: int) -> int:
    """Quarters of a cell that a stroke of a letter of this height is wide in the digits' font."""
    return max(1, -(-2 * half_rows // 5))


@lru_cache(maxsize=16)
def lettered(text: str, width: int, half_rows: int, *, slender: float = SLENDER) -> Bitmap:
    """A name as large as it fits into so many cells and half rows; [] where it cannot be drawn.

    A row of the bitmap is half a row of cells, a column half a cell. Letters stay as high as they
    may be and grow narrower, as far as that can be read; Chinese keeps its shape.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if any(map(han.has, text)):
        if not all(han.has(char) or can_be_drawn(char) for char in text):
            return []
        # Each has some air of its own: closer together is better than smaller.
        sizes = ((n, gap) for n in range(half_rows // han.HIGH, 0, -1) for gap in (2 * n, 0))
        fitting = (way for way in sizes if _mixed_across(text, *way) <= 2 * width)
        return _mixed(text, *way) if (way := next(fitting, None)) else []
    if not can_be_drawn(text):
        return []
    strokes = range(natural(half_rows), 0, -1)
    wide = next((wide for wide in strokes if _latin_across(text, wide) <= 2 * width), 0)
    return _latin(text, wide, min(half_rows, int(wide * slender))) if wide else []


def in_rows(bits: Bitmap, *, lowered: bool = False) -> list[str]:
    """The same as rows of cells; `lowered` begins half a row further down."""
    if not bits:
        return []
    return quarters([[False] * len(bits[0])] * lowered + bits)


def _mixed(text: str, scale: int, gap: int) -> Bitmap:
    high = han.HIGH * scale
    stroke = _stroke_beside_han(scale)
    parts = [
        han.dots(char, scale) if han.has(char) else _letter(char, stroke, high) for char in text
    ]
    return _joined(parts, gap)


def _mixed_across(text: str, scale: int, gap: int) -> int:
    latin = _PIXELS * _stroke_beside_han(scale)
    wide = sum(han.WIDE * scale if han.has(char) else latin for char in text)
    return wide + gap * (len(text) - 1)


def _stroke_beside_han(scale: int) -> int:
    return 2 * han.HIGH * scale // 5


def _latin(text: str, wide: int, high: int) -> Bitmap:
    return _joined([_letter(char, wide, high) for char in text], _gap(wide))


def _latin_across(text: str, wide: int) -> int:
    return _PIXELS * wide * len(text) + _gap(wide) * (len(text) - 1)


def _gap(wide: int) -> int:
    return max(1, wide // 2)


def _letter(char: str, wide: int, high: int) -> Bitmap:
    """A letter whose strokes are all as thick, though it is drawn out in height."""
    bar = min(max(1, round(wide / 2)), max(1, high // 5))
    upper = (high - _BARS * bar) // 2
    heights = (bar, upper, bar, high - _BARS * bar - upper, bar)
    return drawn(char, wide, heights)


def _joined(letters: list[Bitmap], gap: int) -> Bitmap:
    """Letters beside one another, an even number of quarters across."""
    lines = []
    for parts in zip(*letters, strict=True):
        line = list(parts[0])
        for part in parts[1:]:
            line += [False] * gap + part
        lines.append(line + [False] * (len(line) % 2))
    return lines
