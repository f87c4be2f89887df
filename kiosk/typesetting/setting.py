"""Setting a text of content/ for reading: its lines, and how firmly each belongs with the next."""

import sys
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from kiosk.languages.wrap import wrap

FENCE = "```"
"""What stands in a line of its own before and after a drawing."""
DRAWING = "$jade"
"""The style of a drawing's rows, which nothing parts."""
HEADING = "bold $jade"


class Bond(IntEnum):
    """How firmly a line belongs with the one after it; a page ends where the bond is loosest."""

    NONE = 0
    NEAR = 1
    """A list with the warning after it."""
    WHOLE = 2
    """Within what is read in one look: a list with what leads into it, a warning, a drawing with
    its text. Only what is longer than a page is parted here."""
    CLOSE = 3
    """A heading with what follows, and rows of which no page leaves one alone."""
    FIRM = 4
    """Rows of a drawing or a notice."""


class Line(NamedTuple):
    """One line of a set text, and its style."""

    text: str
    style: str = ""
    holds: int = Bond.NONE
    """The bond with the line after it."""
    ends: bool = True
    """Whether a paragraph, an item or a heading ends here; then a line of air is best after it."""


class _Block(NamedTuple):
    """A heading, a paragraph, a drawing, or the items of a list."""

    kind: str
    texts: list[str]

    def lines(self, width: int, emergency: str) -> list[Line]:
        if self.kind == "drawing":
            return held([f"  {row}" for row in self.texts], DRAWING)
        if self.kind == "heading":
            return held(wrap(self.texts[0], width), HEADING)
        if self.kind == "paragraph":
            return _kept(wrap(self.texts[0], width), whole=self.warns(emergency))
        return _whole([row for text in self.texts for row in _item(text, width)])

    def warns(self, emergency: str) -> bool:
        """Whether it says whom to call when it is serious."""
        return bool(emergency) and any(emergency in text for text in self.texts)


def set_lines(body: str, width: int, *, emergency: str = "") -> list[Line]:
    """The lines of a body of Markdown (headings, lists, paragraphs, drawings) at `width` cells.

    What names the number `emergency` is a warning, which is read in one look.
    """
    blocks = _blocks(body)
    lines: list[Line] = []
    for nth, block in enumerate(blocks):
        rows = block.lines(width, emergency)
        after = blocks[nth + 1] if nth + 1 < len(blocks) else None
        if block.kind == "heading" and after:
            bond = Bond.CLOSE
        elif block.kind == "paragraph" and after and after.kind in ("list", "drawing"):
            rows, bond = _whole(rows), Bond.CLOSE  # what leads into it, or what it shows
        elif block.kind == "list" and after and after.kind == "paragraph":
            bond = Bond.NEAR if after.warns(emergency) else Bond.NONE
        else:
            bond = Bond.NONE
        lines += [*rows[:-1], rows[-1]._replace(holds=bond)]
        if after:
            lines.append(Line("", holds=bond))
    return lines


def spoken(body: str) -> list[str]:
    """The headings, paragraphs and items of a body of Markdown; a drawing as its rows."""
    return [text.strip() for block in _blocks(body) for text in block.texts]


def spaced(lines: list[Line], height: int = sys.maxsize) -> list[Line]:
    """The same with an empty line after each, but within drawings: easier for weak eyes.

    What is read in one look and would so be higher than a page has them only after its paragraphs
    and items, or none.
    """
    return _spaced(lines, height, Bond.NONE)


def held(rows: list[str], style: str) -> list[Line]:
    """Rows that no page parts."""
    last = len(rows) - 1
    return [
        Line(row, style, Bond.FIRM if nth < last else Bond.NONE, nth == last)
        for nth, row in enumerate(rows)
    ]


def rows_of(lines: list[Line]) -> int:
    """How many rows they take on a page, at whose end no air is needed."""
    return max((nth for nth, line in enumerate(lines, start=1) if line.text), default=0)


def _blocks(body: str) -> list[_Block]:
    blocks: list[_Block] = []
    drawing: list[str] | None = None
    for written in body.splitlines():
        text = written.strip()
        if text == FENCE:
            if drawing:
                blocks.append(_Block("drawing", drawing))
            drawing = [] if drawing is None else None
        elif drawing is not None:
            drawing.append(written.rstrip())
        elif text.startswith("#"):
            blocks.append(_Block("heading", [text.lstrip("# ")]))
        elif text.startswith("- "):
            if not (blocks and blocks[-1].kind == "list"):
                blocks.append(_Block("list", []))
            blocks[-1].texts.append(text[2:])
        elif text:
            blocks.append(_Block("paragraph", [text]))
    return blocks


def _item(text: str, width: int) -> list[Line]:
    """The rows of an item, of which a list that is longer than a page parts none."""
    first, *rest = wrap(text, width - 3)
    rows = [f" - {first}", *(f"   {part}" for part in rest)]
    last = len(rows) - 1
    return [
        Line(row, "", Bond.CLOSE if nth < last else Bond.NONE, nth == last)
        for nth, row in enumerate(rows)
    ]


def _kept(rows: list[str], *, whole: bool = False) -> list[Line]:
    """Rows of which no page leaves one alone, at its end or at its beginning."""
    last = len(rows) - 1
    lines = [
        Line(row, "", Bond.CLOSE if nth < last and nth in (0, last - 1) else Bond.NONE, nth == last)
        for nth, row in enumerate(rows)
    ]
    return _whole(lines) if whole else lines


def _whole(lines: list[Line]) -> list[Line]:
    """The same, read in one look."""
    return [
        *(line._replace(holds=max(line.holds, Bond.WHOLE)) for line in lines[:-1]),
        *lines[-1:],
    ]


def _spaced(lines: list[Line], height: int, bond: Bond) -> list[Line]:
    apart = []
    for part in _parts(lines, bond):
        ways = (_aired(part), _aired(part, only_ends=True), part)
        fitting = next((way for way in ways if rows_of(way) <= height), None)
        if fitting is None:  # it is parted, and each part has the air that it has room for
            fitting = part if bond is Bond.FIRM else _spaced(part, height, Bond(bond + 1))
        apart += fitting
    return apart


def _parts(lines: list[Line], bond: Bond) -> list[list[Line]]:
    """The lines cut wherever no firmer bond than this holds them together."""
    cuts = [0, *(nth for nth, line in enumerate(lines, start=1) if line.holds <= bond), len(lines)]
    return [lines[start:end] for start, end in pairwise(cuts) if start < end]


def _aired(lines: list[Line], *, only_ends: bool = False) -> list[Line]:
    aired = []
    for line in lines:
        aired.append(line)
        if line.text and line.style != DRAWING and (line.ends or not only_ends):
            aired.append(Line("", holds=line.holds))
    return aired
