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
DRAWING = "$jade"
"""The style of a drawing's rows, which nothing parts."""


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
                lines += _held([f"  {row}" for row in drawing], DRAWING)
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


def spaced(lines: list[Line]) -> list[Line]:
    """The same with an empty line after each, but within drawings: easier for weak eyes."""
    apart = []
    for line in lines:
        apart.append(line)
        if line.text and line.style != DRAWING:
            apart.append(Line("", holds=line.holds))
    return apart


def _held(rows: list[str], style: str) -> list[Line]:
    """Rows that no page parts."""
    return [Line(row, style, nth < len(rows) - 1) for nth, row in enumerate(rows)]


def _kept(rows: list[str], style: str = "") -> list[Line]:
    """Rows of which no page leaves one alone, at its end or at its beginning."""
    last = len(rows) - 1
    return [Line(row, style, nth < last and nth in (0, last - 1)) for nth, row in enumerate(rows)]


def paged(lines: list[Line], height: int) -> list[Line]:
    """The lines in pages of `height` lines, with empty ones where a page must end before."""
    pages: list[Line] = []
    at = 0
    while True:
        while pages and at < len(lines) - 1 and not lines[at].text:
            at += 1
        end = _page_end(lines, at, max(1, height))
        page = lines[at:end]
        pages += [*page, *[Line("")] * (height - len(page))]
        if end >= len(lines):
            return pages
        at = end


def _page_end(lines: list[Line], start: int, height: int) -> int:
    """The line before which a page ends, so that what belongs together stays so."""
    full = start + height
    if full >= len(lines):
        return len(lines)
    end = full
    while end > start and lines[end - 1].holds:
        end -= 1
    return end if end > start else full  # what is higher than a page is parted all the same


class Prose(Static):
    """A body of Markdown; before and after it, notices in a quieter style.

    It is as high as its pages, each of which fills what it scrolls in.
    """

    def __init__(
        self,
        body: str,
        *,
        before: tuple[str, ...] = (),
        after: tuple[str, ...] = (),
        larger: bool = False,
    ) -> None:
        """`larger`: with more room between the lines."""
        super().__init__("", markup=False, classes="prose")
        self._body = body
        self._before = before
        self._after = after
        self._larger = larger
        self._set: dict[tuple[int, int], list[Line]] = {}
        self.page_height = 1
        """Lines of a page, since it was last laid out."""

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, self.size.height // self.page_height)

    def lines(self, width: int, height: int) -> list[Line]:
        """Everything it says, in lines of at most `width` cells and pages of `height` lines."""
        if (width, height) not in self._set:
            lines = self._lines(max(10, min(width, MEASURE)))
            self._set = {(width, height): paged(lines, height)}
        return self._set[width, height]

    def _lines(self, measure: int) -> list[Line]:
        lines = []
        for notice in self._before:
            lines += [*_notice(notice, measure), Line("")]
        lines += set_lines(self._body, measure)
        for notice in self._after:
            lines += [Line(""), *_notice(notice, measure)]
        return spaced(lines) if self._larger else lines

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as a line may be."""
        return min(container.width, MEASURE)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as fill its pages."""
        self.page_height = max(1, container.height)
        return len(self.lines(width, self.page_height))

    def render(self) -> Content:
        """The lines, broken for the present width."""
        return Content("\n").join(
            Content.styled(line.text, line.style) if line.style else Content(line.text)
            for line in self.lines(self.size.width, self.page_height)
        )


def _notice(text: str, measure: int) -> list[Line]:
    return _held([BAR + part for part in wrap(text, measure - len(BAR))], "$quiet")
