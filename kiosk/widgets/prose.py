"""Prose: a text of content/ set for reading, in lines that break as its language wants."""

from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kiosk.widgets.wrap import wrap

MEASURE = 72
"""Columns of a line at most: what the eye follows back without losing its place."""
FENCE = "```"
"""What stands in a line of its own before and after a drawing."""
BAR = "▎ "


class Line(NamedTuple):
    """One line of a set text, and its style."""

    text: str
    style: str = ""
    holds: bool = False
    """Whether it belongs with the line after it: then no page ends here."""


def set_lines(body: str, width: int) -> list[Line]:
    """The lines of a body of Markdown (headings, lists, paragraphs, drawings) at `width` cells."""
    lines: list[Line] = []
    drawing: list[str] | None = None
    was_item = False
    for block in body.splitlines():
        if block.strip() == FENCE:
            if drawing is not None:
                lines += _held([f"  {row}" for row in drawing], "$jade")
            elif lines:
                lines.append(Line(""))
            drawing = [] if drawing is None else None
            was_item = False
            continue
        if drawing is not None:
            drawing.append(block.rstrip())
            continue
        block = block.strip()
        if not block:
            continue
        item = block.startswith("- ")
        if lines and not (item and was_item):
            lines.append(Line("", holds=lines[-1].holds))
        if block.startswith("#"):
            lines += [Line(part, "bold $jade", True) for part in wrap(block.lstrip("# "), width)]
        elif item:
            first, *rest = wrap(block[2:], width - 3)
            lines += _kept([f" - {first}", *(f"   {part}" for part in rest)])
        else:
            lines += _kept(wrap(block, width))
        was_item = item
    return lines


def _held(rows: list[str], style: str) -> list[Line]:
    """Rows that no page parts."""
    return [Line(row, style, nth < len(rows) - 1) for nth, row in enumerate(rows)]


def _kept(rows: list[str], style: str = "") -> list[Line]:
    """Rows of which no page leaves one alone, at its end or at its beginning."""
    last = len(rows) - 1
    return [Line(row, style, nth < last and nth in (0, last - 1)) for nth, row in enumerate(rows)]


def page_starts(lines: list[Line], height: int) -> list[int]:
    """The line that each page begins with, when `height` lines go on one; at least one page."""
    starts = [0]
    while starts[-1] + height < len(lines):
        end = starts[-1] + max(1, height)
        at = end
        while at > starts[-1] and lines[at - 1].holds:
            at -= 1
        at = at if at > starts[-1] else end  # a drawing higher than the page
        while at < len(lines) - 1 and not lines[at].text:
            at += 1
        starts.append(at)
    return starts


class Prose(Static):
    """A body of Markdown; before and after it, notices in a quieter style.

    It is as high as its pages: the last one too begins at the top of what it scrolls in.
    """

    def __init__(
        self, body: str, *, before: tuple[str, ...] = (), after: tuple[str, ...] = ()
    ) -> None:
        super().__init__("", markup=False, classes="prose")
        self._body = body
        self._before = before
        self._after = after
        self._set: tuple[int, list[Line]] = (0, [])
        self.starts = [0]
        """The lines that pages begin with, since it was last laid out."""

    def lines(self, width: int) -> list[Line]:
        """Everything it says, in lines of at most `width` cells and the measure."""
        if self._set[0] != width:
            self._set = (width, self._lines(max(10, min(width, MEASURE))))
        return self._set[1]

    def _lines(self, measure: int) -> list[Line]:
        lines = []
        for notice in self._before:
            lines += [*_notice(notice, measure), Line("")]
        lines += set_lines(self._body, measure)
        for notice in self._after:
            lines += [Line(""), *_notice(notice, measure)]
        return lines

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as a line may be."""
        return min(container.width, MEASURE)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as fill its pages."""
        lines = self.lines(width)
        self.starts = page_starts(lines, container.height)
        return max(len(lines), self.starts[-1] + container.height)

    def render(self) -> Content:
        """The lines, broken for the present width."""
        return Content("\n").join(
            Content.styled(line.text, line.style) if line.style else Content(line.text)
            for line in self.lines(self.size.width)
        )


def _notice(text: str, measure: int) -> list[Line]:
    return _held([BAR + part for part in wrap(text, measure - len(BAR))], "$quiet")
