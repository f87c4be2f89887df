"""What the terminal can do, asked of the terminal itself; nothing is shown on it."""

import os
import re
import select
import sys
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

PATIENCE = 0.5
"""Seconds a terminal has for all its answers; one that says nothing is believed to know nothing."""

_POSITION, _MOUSE, _WHO = b"\x1b[6n", b"\x1b[?1006$p", b"\x1b[c"
_AT = re.compile(rb"\x1b\[\d+;(\d+)R")
_KNOWS_MOUSE = re.compile(rb"\x1b\[\?1006;([0-4])\$y")
_IS_OVER = re.compile(rb"\x1b\[\?[\d;]*c")


class Abilities(Struct, frozen=True, kw_only=True):
    """What a terminal said of itself; None where it did not answer."""

    columns: int
    rows: int
    truecolor: bool
    mouse: bool | None
    wide: int | None
    """Cells that a Chinese character takes; 2 is right."""
    narrow: int | None
    """Cells that a block such as ▀ takes; 1 is right."""
    console: bool
    """The bare Linux console: no Chinese glyphs, no mouse, few colours."""


def probe() -> Abilities | None:
    """Ask the terminal on standard input and output; None if there is none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    size = os.get_terminal_size(sys.stdout.fileno())
    term = os.environ.get("TERM", "")
    with _raw():
        # Each sample at the start of the line, so that the column says how wide it was.
        wide = _column("王")
        narrow = _column("▀")
        mouse = _KNOWS_MOUSE.search(_ask(_MOUSE + _WHO))
    return Abilities(
        columns=size.columns,
        rows=size.lines,
        truecolor=os.environ.get("COLORTERM") in ("truecolor", "24bit") or term.startswith("foot"),
        mouse=None if mouse is None else mouse[1] != b"0",
        wide=wide,
        narrow=narrow,
        console=term == "linux",
    )


def _column(sample: str) -> int | None:
    at = _AT.search(_ask(b"\r" + sample.encode() + _POSITION + b"\r\x1b[K" + _WHO))
    return None if at is None else int(at[1]) - 1


def _ask(question: bytes) -> bytes:
    """Send a question that ends with who the terminal is, which nearly all of them answer."""
    os.write(sys.stdout.fileno(), question)
    answer, ends = b"", time.monotonic() + PATIENCE
    while not _IS_OVER.search(answer):
        left = ends - time.monotonic()
        if left <= 0 or not select.select([sys.stdin.fileno()], [], [], left)[0]:
            break
        answer += os.read(sys.stdin.fileno(), 1024)
    return answer


@contextmanager
def _raw() -> Iterator[None]:
    before = termios.tcgetattr(sys.stdin.fileno())
    tty.setcbreak(sys.stdin.fileno())
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSAFLUSH, before)
