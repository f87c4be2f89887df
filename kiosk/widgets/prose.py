"""Prose: a text of content/ set for reading, in lines that break as its language wants."""

from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kiosk.widgets.wrap import wrap

MEASURE = 72
"""Columns of a line at most: what the eye follows back without losing its place."""


class Line(NamedTuple):
    """One line of a set text, and its style."""

    text: str
    style: str = ""


def set_lines(body: str, width: int) -> list[Line]:
    """The lines of a body of Markdown (headings, lists, paragraphs) at `width` cells."""
    lines: list[Line] = []
    was_item = False
    for block in body.splitlines():
        block = block.strip()
        if not block:
            continue
        item = block.startswith("- ")
        if lines and not (item and was_item):
            lines.append(Line(""))
        if block.startswith("#"):
            lines += [Line(part, "bold $jade") for part in wrap(block.lstrip("# "), width)]
        elif item:
            first, *rest = wrap(block[2:], width - 3)
            lines.append(Line(f" - {first}"))
            lines += [Line(f"   {part}") for part in rest]
        else:
            lines += [Line(part) for part in wrap(block, width)]
        was_item = item
    return lines


class Prose(Static):
    """A body of Markdown, with notices beneath it in a quieter style."""

    def __init__(self, body: str, notices: tuple[str, ...] = ()) -> None:
        super().__init__("", markup=False, classes="prose")
        self._body = body
        self._notices = notices

    def _lines(self, width: int) -> list[Line]:
        measure = max(10, min(width, MEASURE))
        lines = set_lines(self._body, measure)
        for notice in self._notices:
            lines += [Line(""), *(Line(part, "$quiet") for part in wrap(notice, measure))]
        return lines

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as a line may be."""
        return min(container.width, MEASURE)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the text has lines."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines, broken for the present width."""
        return Content("\n").join(
            Content.styled(line.text, line.style) if line.style else Content(line.text)
            for line in self._lines(self.size.width)
        )
