"""Tables of what people came for on some days, of rooms and of practitioners, a page at a time."""

from collections.abc import Mapping, Sequence
from operator import add
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static

from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text
from kiosk.queue.few import OTHER
from kiosk.queue.figures import Period, RoomPart
from kiosk.queue.took import Took
from kiosk.widgets.said import Saying

BETWEEN = 2
"""Cells between two columns, and twice as many between two tables."""
LEFT_CELLS = 74
"""Where the second table begins at most: on a wide terminal it would be too far from the first."""

Row = Sequence[str]


class _Shown(NamedTuple):
    """A page: which of how many, its tables, and the cells of the one on the left."""

    page: int
    pages: int
    left: Sequence[Row]
    right: Sequence[Row]
    wide: int


class Tables(Static):
    """Empty until there is something to show; drawn anew for whatever room there is.

    Services stand beside rooms and practitioners where there is room for both, else before them;
    what does not fit is on the next page.
    """

    def __init__(self, lang: Language) -> None:
        super().__init__(id="tables", markup=False)
        self._lang = lang
        self._period: Period | None = None
        self._titles: Mapping[str, str] = {}
        self._page = 0

    def show(self, period: Period, titles: Mapping[str, str]) -> None:
        """Show the figures of some days; `titles` names each service."""
        if self._period is None or (period.day, period.last) != (
            self._period.day,
            self._period.last,
        ):
            self._page = 0
        self._period, self._titles = period, titles
        self.refresh()

    def turn(self, pages: int) -> None:
        """Show the next page, or one before; after the last comes the first."""
        self._page += pages
        self.refresh()

    def said(self) -> list[Saying]:
        """What is on this page, a line at a time."""
        if self._period is None:
            return []
        shown = self._laid_out(self._period)
        lines = [", ".join(filter(None, row)) for row in (*shown.left, *shown.right)]
        return [Saying(line) for line in (self._caption(shown), *lines)]

    def render(self) -> Content:
        """A line that says what the numbers are, and a page of the tables."""
        cells = self.size.width
        if self._period is None or not cells:
            return Content("")
        shown = self._laid_out(self._period)
        lines = _table(shown.left, shown.wide)
        if shown.right:
            second = _table(shown.right, cells - shown.wide)
            lines += [Content(" " * shown.wide)] * (len(second) - len(lines))
            second += [Content("")] * (len(lines) - len(second))
            lines = list(map(add, lines, second))
        return Content("\n").join([Content.styled(self._caption(shown), "$quiet"), *lines])

    def _caption(self, shown: "_Shown") -> str:
        lang = self._lang
        words = lang("Minutes: median / nine in ten at most / shortest - longest")
        return f"{words}   {shown.page + 1}/{shown.pages}" if shown.pages > 1 else words

    # What stands where

    def _laid_out(self, period: Period) -> "_Shown":
        """The page that is turned to."""
        cells, rows = self.size.width, max(2, self.size.height - 1)
        services, others = self._services(period), self._others(period)
        room = cells - max(sum(_widths(table)) for table in others)
        if room < sum(_widths(services)) + BETWEEN:
            left = _pages([services, *others], rows)
            page = self._page % len(left)
            return _Shown(page, len(left), left[page], [], cells)
        left, right = _pages([services], rows), _pages(others, rows)
        pages = max(len(left), len(right))
        page = self._page % pages
        wide = min(room, LEFT_CELLS)
        return _Shown(
            page, pages, left[min(page, len(left) - 1)], right[min(page, len(right) - 1)], wide
        )

    def _services(self, period: Period) -> list[Row]:
        lang = self._lang
        head = (lang("Service"), lang("Came"), lang("Wait"), lang("Visit"))
        rows = [
            (
                self._titles.get(slug, slug),
                lang.number(part.arrivals),
                self._times(part.wait),
                self._times(part.visit),
            )
            for slug, part in period.by_service.items()
        ]
        return [head, *rows]

    def _others(self, period: Period) -> list[list[Row]]:
        """A table of rooms, and one of practitioners where they are told of."""
        lang = self._lang
        tables = []
        for head, parts, is_room in (
            (lang("Room"), period.rooms, True),
            (lang("Practitioner"), period.practitioners, False),
        ):
            if parts or is_room:
                rows = [self._part(name, part, is_room) for name, part in parts.items()]
                tables.append([(head, lang("Visits"), lang("Visit")), *rows])
        return tables

    def _part(self, name: str, part: RoomPart, is_room: bool) -> Row:
        called = room_text(name, self._lang) if is_room else name
        called = self._titles.get(OTHER, OTHER) if name == OTHER else called
        return (called, self._lang.number(part.people), self._times(part.visit))

    def _times(self, took: Took | None) -> str:
        if took is None:
            return ""
        median = self._lang.number(round(took.median_minutes))
        return f"{median} / {took.p90_minutes} / {took.least_minutes}-{took.most_minutes}"


def _pages(tables: Sequence[Sequence[Row]], rows: int) -> list[list[Row]]:
    """Each table from the top of a page on, if it does not fit behind the one before it."""
    pages: list[list[Row]] = []
    for head, *lines in tables:
        for n in range(0, max(1, len(lines)), rows - 1):
            pages.append([head, *lines[n : n + rows - 1]])
    return pages


def _table(rows: Sequence[Row], cells: int) -> list[Content]:
    """The head and the rows in so many cells; a name may be too long for them, a number not."""
    widths = _widths(rows)
    widths[0] -= max(0, sum(widths) + BETWEEN - cells)
    widths[-1] += cells - sum(widths)
    head, *lines = (_line(row, widths) for row in rows)
    return [Content.styled(head, "bold $jade"), *map(Content, lines)]


def _widths(rows: Sequence[Row]) -> list[int]:
    """Cells of each column, with what is free after it."""
    return [max(map(cell_len, column)) + BETWEEN for column in zip(*rows, strict=True)]


def _line(cells: Row, widths: Sequence[int]) -> str:
    return "".join(set_cell_size(c, w - 1) + " " for c, w in zip(cells, widths, strict=True))
