"""A link as a QR code of terminal cells: as small a code, and as large modules, as can be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""
NARROW = 2
"""The same where nothing else fits. benchmarks/qr.py's camera reads it about as often: of 30 views
zxing 28 with either, zbar 21 or 22 with this and 23 or 24 with QUIET."""
BLACK, WHITE = "#000000", "#ffffff"
"""Never a theme's colours: readers need the contrast, and zbar never reads inverted codes."""
LOWER = "▄"
"""Not the upper half: in fonts that leave a seam, xterm's code then still scans."""
LARGEST = 4
"""Columns of the widest module: on any terminal a phone then reads it from across a room."""

LEVELS = "LMQH"
"""Error correction, weakest first: 7, 15, 25 and 30 % of a code may be lost."""
LEVEL, LAST_RESORT = "M", "L"
"""L only where nothing else fits: a clean screen damages nothing, yet glare and fingers do."""

_SHORTEST_RUNS = (0, *range(4, 21))
"""Digits or capitals in a row that get a segment of their own; 0 is one segment for all."""
_ORIGIN = re.compile(r"(https?://[^/?#@]+)(.*)", re.IGNORECASE | re.DOTALL)


class Fit(NamedTuple):
    """How a code is shown: of which link, its error correction, the columns a module is wide."""

    link: str
    level: str
    scale: int
    quiet: int = QUIET
    """Modules of white around it."""


@lru_cache(maxsize=128)
def modules(link: str, quiet: int = QUIET, level: str = LEVEL) -> tuple[tuple[bool, ...], ...]:
    """Rows of modules, True being dark, with the quiet zone, of the smallest code for `link`.

    Scheme and host may be written in capitals where that makes the code smaller: they mean the
    same (RFC 3986, 6.2.2.1). Error correction is better than `level` where the code stays as
    small. Raises ValueError when the link is longer than any QR code holds.
    """
    import qrcode

    best = [_smallest(spelling, level) for spelling in _spellings(link)]
    version, spelling, run = min((b for b in best if b), key=lambda b: b[0], default=(0, "", 0))
    if not version:
        raise ValueError("This link is too long for a QR code.")
    for better in LEVELS[: LEVELS.index(level) : -1]:
        found = _smallest(spelling, better)
        if found and found[0] == version:
            level, run = better, found[2]
            break
    code = qrcode.QRCode(version, border=quiet, error_correction=_correction(level))
    code.add_data(spelling, optimize=run)
    code.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def _correction(level: str) -> int:
    import qrcode

    return int(getattr(qrcode, f"ERROR_CORRECT_{level}"))


def _spellings(link: str) -> Iterator[str]:
    """The link, and with scheme and host in capitals, which take 5.5 bits each and not 8."""
    yield link
    if origin := _ORIGIN.fullmatch(link):
        yield origin[1].upper() + origin[2]


def _smallest(text: str, level: str) -> tuple[int, str, int] | None:
    """Version, text and shortest run of the smallest code; None if no code holds it."""
    import qrcode
    from qrcode.exceptions import DataOverflowError

    best = None
    for run in _SHORTEST_RUNS:
        code = qrcode.QRCode(error_correction=_correction(level))
        code.add_data(text, optimize=run)
        try:
            version = int(code.best_fit())
        except (DataOverflowError, ValueError):  # it raises either, by how much it is too long
            continue
        if best is None or version < best[0]:
            best = version, text, run
    return best


def fit(
    links: Sequence[str], columns: int, rows: int, *, half: bool = True, largest: int = LARGEST
) -> Fit | None:
    """The first of the links whose code has room in so many cells, with the largest modules.

    Without `half` no module ends inside a cell, for terminals whose half blocks do not scan.
    Modules are at most `largest` columns wide, or as wide as they must be. None if nothing fits:
    a link no code can hold has no room anywhere.
    """
    smallest = 1 if half else 2
    for level, quiet in ((LEVEL, QUIET), (LAST_RESORT, QUIET), (LAST_RESORT, NARROW)):
        for link in links:
            try:
                size = len(modules(link, quiet, level))
            except ValueError:
                continue
            scale = min(columns // size, 2 * rows // size, max(largest, smallest))
            scale -= scale % smallest
            if scale:
                return Fit(link, level, scale, quiet)
    return None


@lru_cache(maxsize=32)
def cells(
    link: str, quiet: int = QUIET, level: str = LEVEL, scale: int = 1
) -> tuple[tuple[tuple[bool, bool], ...], ...]:
    """Rows of cells, each (upper half dark, lower half dark); an odd last row ends light.

    A module is `scale` columns wide and as many half rows high: square where a cell is twice as
    high as it is wide.
    """
    rows = [
        tuple(module for module in row for _ in range(scale))
        for row in modules(link, quiet, level)
        for _ in range(scale)
    ]
    if len(rows) % 2:
        rows.append((False,) * len(rows[0]))
    return tuple(tuple(zip(rows[i], rows[i + 1], strict=True)) for i in range(0, len(rows), 2))


def cell_size(link: str, quiet: int = QUIET) -> tuple[int, int]:
    """Columns and rows of terminal cells that the code takes with the smallest modules."""
    size = len(modules(link, quiet))
    return size, -(-size // 2)


def half_blocks(setting: str, environ: Mapping[str, str]) -> bool:
    """Whether a module may end inside a cell: as the setting says, or as the terminal is known.

    xterm says who it is in XTERM_VERSION, which programs started from it inherit: another
    terminal that names itself in TERM is believed. (TERM=xterm-256color alone says nothing:
    nearly every terminal claims it.)
    """
    if setting != "auto":
        return setting == "half"
    named = not environ.get("TERM", "").startswith(("xterm", "tmux", "screen"))
    return named or "XTERM_VERSION" not in environ
