"""A link as a QR code made of terminal cells: two modules a cell, upper and lower half."""

from functools import lru_cache

QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""
BLACK, WHITE = "#000000", "#ffffff"
"""Never a theme's colours: readers need the contrast, and zbar never reads inverted codes."""
UPPER = "▀"


@lru_cache(maxsize=64)
def modules(link: str, quiet: int = QUIET) -> tuple[tuple[bool, ...], ...]:
    """Rows of modules, True being dark, with the quiet zone; error correction M.

    Raises ValueError when the link is longer than any QR code holds.
    """
    import qrcode
    from qrcode.exceptions import DataOverflowError

    code = qrcode.QRCode(border=quiet, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(link)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError):  # it raises either, by how much it is too long
        raise ValueError("This link is too long for a QR code.") from None
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def cells(link: str, quiet: int = QUIET) -> tuple[tuple[tuple[bool, bool], ...], ...]:
    """Rows of cells, each (upper module dark, lower module dark); an odd last row ends light."""
    rows = modules(link, quiet)
    light = (False,) * len(rows[0])
    padded = rows if len(rows) % 2 == 0 else (*rows, light)
    return tuple(
        tuple(zip(padded[i], padded[i + 1], strict=True)) for i in range(0, len(padded), 2)
    )


def cell_size(link: str, quiet: int = QUIET) -> tuple[int, int]:
    """Columns and rows of terminal cells that the code takes."""
    rows = cells(link, quiet)
    return len(rows[0]), len(rows)
