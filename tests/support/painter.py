"""Paints the cells of a running Textual app into a picture, blocks exactly and letters by font."""

from collections.abc import Iterator, Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.app import App
from textual.strip import Strip

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
"""Left, top, right and bottom in eighths of a cell."""

CELL = (12, 24)
"""Pixels of a cell; eighths of both stay whole when painted at twice this size."""
FINER = 2
"""Letters are painted this many times larger and scaled down, which smooths their edges."""

FONTS = {
    "latin": "DejaVuSansMono.ttf",
    "latin bold": "DejaVuSansMono-Bold.ttf",
    "cjk": "NotoSansCJK-Regular.ttc",
    "cjk bold": "NotoSansCJK-Bold.ttc",
}
"""File names; Pillow looks for them where the system keeps its fonts."""
PACKAGES = {"latin": "fonts-dejavu-core", "cjk": "fonts-noto-cjk"}
"""The Debian packages they come in."""
_SIMPLIFIED = 2
"""Which font of Noto's collection draws characters as they are written in China."""
_SIZE = {"latin": 20 / 24, "cjk": 22 / 24}
"""Heights of the letters as parts of a cell's: Latin fills its width, Chinese has air around."""
_BASELINE = {"latin": 0.77, "cjk": 0.80}

_INK: Colour = (217, 217, 217)
_GROUND: Colour = (12, 12, 12)
"""What a terminal shows where the program names no colour."""

_QUARTERS = {
    "▘": "1...",
    "▝": ".1..",
    "▖": "..1.",
    "▗": "...1",
    "▚": "1..1",
    "▞": ".11.",
    "▛": "111.",
    "▜": "11.1",
    "▙": "1.11",
    "▟": ".111",
}
"""Upper left, upper right, lower left, lower right."""
_LINES = {
    "─": "1100",
    "│": "0011",
    "┌": "0101",
    "┐": "1001",
    "└": "0110",
    "┘": "1010",
    "├": "0111",
    "┤": "1011",
    "┬": "1101",
    "┴": "1110",
    "┼": "1111",
    "╭": "0101",
    "╮": "1001",
    "╰": "0110",
    "╯": "1010",
    "━": "2200",
    "┃": "0022",
    "┏": "0202",
    "┓": "2002",
    "┗": "0220",
    "┛": "2020",
}
"""Lines from the middle to the left, right, top and bottom: none, light or heavy."""


def _blocks() -> dict[str, tuple[Box, ...]]:
    """The block elements of Unicode as boxes of a cell; fonts leave gaps between them."""
    blocks: dict[str, tuple[Box, ...]] = {
        "▀": ((0, 0, 8, 4),),
        "▔": ((0, 0, 8, 1),),
        "▐": ((4, 0, 8, 8),),
        "▕": ((7, 0, 8, 8),),
    }
    for eighths in range(1, 9):
        blocks[chr(0x2580 + eighths)] = ((0, 8 - eighths, 8, 8),)  # ▁ to █, growing upwards
        blocks[chr(0x2590 - eighths)] = ((0, 0, eighths, 8),)  # ▏ to █, growing to the right
    corners = ((0, 0, 4, 4), (4, 0, 8, 4), (0, 4, 4, 8), (4, 4, 8, 8))
    for char, marks in _QUARTERS.items():
        blocks[char] = tuple(c for c, mark in zip(corners, marks, strict=True) if mark == "1")
    return blocks


BLOCKS = _blocks()


def paint(app: App[object], *, cell: tuple[int, int] = CELL, letters: bool = True) -> Image.Image:
    """The app's screen as it stands, `cell` being the width and height of a cell in pixels.

    Without `letters` only backgrounds and blocks are painted, one pixel for one, which needs no
    font. Letters whose font is missing are left out: see `missing_fonts`.
    """
    # The only way to the finished cells that is not an SVG; Textual is pinned.
    strips = app.screen._compositor.render_strips()
    return paint_strips(strips, cell=cell, letters=letters)


def paint_strips(
    strips: Sequence[Strip], *, cell: tuple[int, int] = CELL, letters: bool = True
) -> Image.Image:
    """Rows of cells as a picture; see `paint`."""
    finer = FINER if letters else 1
    width, height = cell[0] * finer, cell[1] * finer
    columns = max((strip.cell_length for strip in strips), default=0)
    image = Image.new("RGB", (columns * width, len(strips) * height), _GROUND)
    draw = ImageDraw.Draw(image)
    for row, strip in enumerate(strips):
        column = 0
        for text, style, _control in strip:
            if not (cells := cell_len(text)):
                continue
            left, top = column * width, row * height
            fore, back = colours(style)
            draw.rectangle((left, top, left + cells * width - 1, top + height - 1), fill=back)
            _paint_text(draw, text, style, fore, (left, top), (width, height), letters)
            column += cells
    if letters:
        image = image.resize((image.width // finer, image.height // finer), Image.Resampling.BOX)
    return image


def colours(style: Style | None) -> tuple[Colour, Colour]:
    """Foreground and background of a style as a terminal shows them."""
    if style is None:
        return _INK, _GROUND
    fore, back = _triplet(style.color, _INK), _triplet(style.bgcolor, _GROUND)
    if style.reverse:
        fore, back = back, fore
    if style.dim:
        red, green, blue = ((f + b) // 2 for f, b in zip(fore, back, strict=True))
        fore = red, green, blue
    return fore, back


def _triplet(colour: Color | None, default: Colour) -> Colour:
    if colour is None or colour.is_default:
        return default
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def missing_fonts() -> list[str]:
    """The Debian packages of fonts that are not installed; empty if all are."""
    return [
        package
        for name, package in PACKAGES.items()
        if _font(name, 16) is None or _font(f"{name} bold", 16) is None
    ]


def _paint_text(
    draw: ImageDraw.ImageDraw,
    text: str,
    style: Style | None,
    fore: Colour,
    at: tuple[int, int],
    cell: tuple[int, int],
    letters: bool,
) -> None:
    (left, top), (width, height) = at, cell
    for char, cells in _characters(text):
        if char in BLOCKS:
            for box in BLOCKS[char]:
                _rectangle(draw, _scaled(box, left, top, cell), fore)
        elif char in _LINES:
            for line in _strokes(_LINES[char], left, top, cell):
                _rectangle(draw, line, fore)
        elif letters and not char.isspace():
            script = "cjk" if cells == 2 else "latin"
            font = _font(f"{script} bold" if style and style.bold else script, _size(script, cell))
            if font is not None:
                foot = (left + cells * width / 2, top + height * _BASELINE[script])
                draw.text(foot, char, font=font, fill=fore, anchor="ms")
        for drawn, part in ((style and style.underline, 0.92), (style and style.strike, 0.5)):
            if drawn:
                y = top + round(height * part)
                _rectangle(draw, (left, y, left + cells * width, y + height // 16), fore)
        left += cells * width


def _characters(text: str) -> Iterator[tuple[str, int]]:
    """Characters with the cells they take; what takes none joins the one before."""
    pending, cells = "", 0
    for char in text:
        if (taken := cell_len(char)) == 0:
            pending += char
            continue
        if pending:
            yield pending, cells
        pending, cells = char, taken
    if pending:
        yield pending, cells


def _scaled(box: Box, left: int, top: int, cell: tuple[int, int]) -> Box:
    width, height = cell
    x0, y0, x1, y1 = box
    return (
        left + round(x0 * width / 8),
        top + round(y0 * height / 8),
        left + round(x1 * width / 8),
        top + round(y1 * height / 8),
    )


def _strokes(marks: str, left: int, top: int, cell: tuple[int, int]) -> Iterator[Box]:
    """The strokes of a box-drawing character, each reaching a little over the middle."""
    width, height = cell
    x, y = left + width // 2, top + height // 2
    heaviest = max(int(mark) for mark in marks)
    over = heaviest * max(1, width // 16)
    for side, mark in enumerate(marks):
        half = int(mark) * max(1, width // 16)
        if half:
            yield (
                (left, y - half, x + over, y + half),
                (x - over, y - half, left + width, y + half),
                (x - half, top, x + half, y + over),
                (x - half, y - over, x + half, top + height),
            )[side]


def _rectangle(draw: ImageDraw.ImageDraw, box: Box, fill: Colour) -> None:
    """Fill a box that ends before its right and bottom edge; Pillow's end on them."""
    draw.rectangle((box[0], box[1], box[2] - 1, max(box[1], box[3] - 1)), fill=fill)


def _size(script: str, cell: tuple[int, int]) -> int:
    return round(_SIZE[script] * cell[1])


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(FONTS[name], size, index=_SIMPLIFIED * name.startswith("cjk"))
    except OSError:
        return None
