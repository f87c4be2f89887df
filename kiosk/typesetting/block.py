"""Letters and digits of five rows of full blocks, or of three of half blocks."""

ROWS = 5
HALF_ROWS = 3
_PIXEL = 2
"""Cells a pixel is wide: a terminal cell is about twice as high as it is wide."""

_FONT = {
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "### ..# ### #.. ###",
    "3": "### ..# ### ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# ..# ..#",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    "A": "### #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": "### #.. #.. #.. ###",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": "### #.. #.# #.# ###",
    "H": "#.# #.# ### #.# #.#",
    "I": "### .#. .#. .#. ###",
    "J": "..# ..# ..# #.# ###",
    "K": "#.# #.# ##. #.# #.#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#.# ### ### #.# #.#",
    "N": "##. #.# #.# #.# #.#",
    "O": "### #.# #.# #.# ###",
    "P": "### #.# ### #.. #..",
    "Q": "### #.# #.# ### ..#",
    "R": "##. #.# ##. #.# #.#",
    "S": "### #.. ### ..# ###",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#.# #.# ### ### #.#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "-": "... ... ### ... ...",
    "+": "... .#. ### .#. ...",
    ":": "... .#. ... .#. ...",
    "_": "... ... ... ... ###",
    " ": "... ... ... ... ...",
}


def block_rows(text: str, scale: int = 1, gap: int = 1) -> list[str]:
    """The rows of `text` in block letters, each as wide as block_width says.

    `scale` enlarges both ways; `gap` is the space between letters in cells at scale 1. A
    character the font lacks is left out.
    """
    glyphs = [_FONT[char].split() for char in text.upper() if char in _FONT]
    rows: list[str] = []
    for row in range(ROWS):
        pixels = (" " * gap * scale).join(
            "".join((" " if p == "." else "█") * _PIXEL * scale for p in glyph[row])
            for glyph in glyphs
        )
        rows += [pixels] * scale
    return rows


def block_width(text: str, scale: int = 1, gap: int = 1) -> int:
    """Cells that `text` takes in block letters."""
    letters = sum(char in _FONT for char in text.upper())
    return max(0, letters * (3 * _PIXEL + gap) - gap) * scale


def half_rows(text: str) -> list[str]:
    """The same of half blocks: three rows high, a letter three cells wide and one apart."""
    glyphs = [_FONT[char].split() for char in text.upper() if char in _FONT]
    halves = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄"}
    return [
        " ".join(
            "".join(halves.get(pair, " ") for pair in zip(*(_line(g, y) for y in at), strict=True))
            for g in glyphs
        )
        for at in ((0, 1), (2, 3), (4, 5))
    ]


def _line(glyph: list[str], row: int) -> str:
    return glyph[row] if row < len(glyph) else "..."


def half_width(text: str) -> int:
    """Cells that `text` takes in half blocks."""
    return max(0, sum(char in _FONT for char in text.upper()) * 4 - 1)
