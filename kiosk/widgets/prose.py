"""Prose: a text of content/ set for reading, in lines that break as its language wants."""

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kiosk.languages.wrap import wrap
from kiosk.typesetting.paging import paged
from kiosk.typesetting.setting import DRAWING, Bond, Line, held, set_lines, spaced, spoken
from kiosk.widgets.said import Saying

__all__ = ["DRAWING", "Line", "Prose", "paged", "set_lines", "spaced"]

MEASURE = 72
"""Columns of a line at most: what the eye follows back without losing its place."""
BAR = "▎ "


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
        emergency: str = "",
    ) -> None:
        """`larger`: with more room between the lines. What names the number `emergency` warns."""
        super().__init__("", markup=False, classes="prose")
        self._body = body
        self._before = before
        self._after = after
        self._larger = larger
        self._emergency = emergency
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
            lines = spaced(lines, height) if self._larger else lines
            self._set = {(width, height): paged(lines, height)}
        return self._set[width, height]

    def _lines(self, measure: int) -> list[Line]:
        lines = []
        for notice in self._before:
            lines += [*_notice(notice, measure), Line("")]
        lines += set_lines(self._body, measure, emergency=self._emergency)
        for nth, notice in enumerate(self._after):
            bond = Bond.WHOLE if nth else Bond.NONE  # what is to be minded is read in one look
            lines[-1:] = [line._replace(holds=bond) for line in lines[-1:]]
            lines += [Line("", holds=bond), *_notice(notice, measure)]
        return lines

    def said(self) -> list[Saying]:
        """The whole text, a paragraph, an item or a heading at a time."""
        return [Saying(text) for text in (*self._before, *spoken(self._body), *self._after)]

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
    return held([BAR + part for part in wrap(text, measure - len(BAR))], "$quiet")
