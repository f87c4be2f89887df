"""Chinese characters in dots: 12 rows of 24, a dot being half a cell wide and half a row high."""

import zlib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "han.bin"
HIGH, WIDE = 12, 24
BYTES = HIGH * WIDE // 8


def has(char: str) -> bool:
    """Whether a character is in the table."""
    return char in _table()


def dots(char: str, scale: int = 1) -> list[list[bool]]:
    """The rows of a character that is in the table, each dot `scale` times as large."""
    drawn = _table()[char]
    step = WIDE // 8
    rows = []
    for start in range(0, BYTES, step):
        bits = int.from_bytes(drawn[start : start + step], "big")
        row = [bool(bits >> (WIDE - 1 - n) & 1) for n in range(WIDE) for _ in range(scale)]
        rows += [row] * scale
    return rows


@cache
def _table() -> dict[str, bytes]:
    """Characters with their dots; read when first asked for."""
    data = zlib.decompress(TABLE.read_bytes())
    number = int.from_bytes(data[:2], "big")
    begin = 2 + 2 * number
    chars = data[2:begin].decode("utf-16-le")
    return {char: data[begin + BYTES * n : begin + BYTES * (n + 1)] for n, char in enumerate(chars)}
