"""Derives data/han.bin: `python -m kiosk.typesetting.han_table NotoSansCJK-Regular.ttc`.

It needs freetype-py, and an outline font with hints: they put strokes on whole rows of dots.
"""

import re
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kiosk.typesetting.han import BYTES, HIGH, TABLE, WIDE

SIMPLIFIED = 2
"""Which font of Noto's collection draws characters as they are written in China."""
BASELINE = 11
"""Rows of dots above the line on which letters stand."""
INKED = 96
"""From how much ink of 255 a dot is black."""
ROOT = Path(__file__).parents[2]
USED_IN = ("content/**/*.md", "content/**/*.toml", "kiosk/languages/locales/zh-*/**/*.po")


def characters() -> str:
    """The first level of GB 2312, and what content and Chinese catalogues have beyond it."""
    found = {bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xD8)
             for cell in range(0xA1, 0xFF)}  # fmt: skip
    for pattern in USED_IN:
        for file in ROOT.glob(pattern):
            found.update(re.findall("[\u4e00-\u9fff]", file.read_text(encoding="utf-8")))
    return "".join(sorted(found - {""}))


def dots(face: Any, char: str) -> bytes:
    """A character as rows of bits, the first dot in the highest."""
    face.load_char(char, 4 | 1 << 16)  # rendered, and hinted up and down only
    glyph = face.glyph
    rows = [0] * HIGH
    for y in range(glyph.bitmap.rows):
        for x in range(glyph.bitmap.width):
            row, column = BASELINE - glyph.bitmap_top + y, glyph.bitmap_left + x
            is_black = glyph.bitmap.buffer[y * glyph.bitmap.pitch + x] >= INKED
            if is_black and 0 <= row < HIGH and 0 <= column < WIDE:
                rows[row] |= 1 << (WIDE - 1 - column)
    return b"".join(row.to_bytes(WIDE // 8, "big") for row in rows)


def table(face: Any, chars: Iterable[str]) -> bytes:
    """The file: how many there are, all their names, all their dots; compressed."""
    chars = "".join(chars)
    drawn = b"".join(dots(face, char) for char in chars)
    assert len(drawn) == BYTES * len(chars)
    names = chars.encode("utf-16-le")
    return zlib.compress(len(chars).to_bytes(2, "big") + names + drawn, 9)


if __name__ == "__main__":
    import freetype  # type: ignore[import-not-found]  # only to make it anew

    font = freetype.Face(sys.argv[1], SIMPLIFIED)
    font.set_pixel_sizes(WIDE, HIGH)
    TABLE.write_bytes(table(font, characters()))
