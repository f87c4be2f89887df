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


class Row(NamedTuple):
    """A line of a table."""

    cells: Sequence[str]
    is_head: bool = False


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
        lines = [", ".join(filter(None, row.cells)) for row in (*shown.left, *shown.right)]
        return [Saying(line) for line in (self._caption(shown), *filter(None, lines))]

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
        room = cells - BETWEEN - max(sum(_widths(table)) for table in others)
        if room < sum(_widths(services)) + BETWEEN:
            left = _pages([services, *map(_as_wide, others)], rows)
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
        head = Row((lang("Service"), lang("Came"), lang("Wait"), lang("Visit")), is_head=True)
        rows = [
            Row(
                (
                    self._titles.get(slug, slug),
                    lang.number(part.arrivals),
                    self._times(part.wait),
                    self._times(part.visit),
                )
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
                tables.append([Row((head, lang("Visits"), lang("Visit")), is_head=True), *rows])
        return tables

    def _part(self, name: str, part: RoomPart, is_room: bool) -> Row:
        called = room_text(name, self._lang) if is_room else name
        called = self._titles.get(OTHER, OTHER) if name == OTHER else called
        return Row((called, self._lang.number(part.people), self._times(part.visit)))

    def _times(self, took: Took | None) -> str:
        if took is None:
            return ""
        median = self._lang.number(round(took.median_minutes))
        return f"{median} / {took.p90_minutes} / {took.least_minutes}-{took.most_minutes}"


def _as_wide(table: Sequence[Row]) -> list[Row]:
    """The table with the column for waits that those of rooms have not."""
    return [Row((*row.cells[:2], "", *row.cells[2:]), row.is_head) for row in table]


def _pages(tables: Sequence[Sequence[Row]], rows: int) -> list[list[Row]]:
    """Each table behind the one before it if it fits there whole, else from the top of a page."""
    pages: list[list[Row]] = []
    for head, *lines in tables:
        if pages and len(pages[-1]) + 2 + len(lines) <= rows:
            pages[-1] += [Row(("",) * len(head.cells)), head, *lines]
            continue
        for n in range(0, max(1, len(lines)), rows - 1):
            pages.append([head, *lines[n : n + rows - 1]])
    return pages


def _table(rows: Sequence[Row], cells: int) -> list[Content]:
    """The rows in so many cells; a name may be too long for them, a number not."""
    widths = _widths(rows)
    widths[0] -= max(0, sum(widths) + BETWEEN - cells)
    widths[-1] += cells - sum(widths)
    return [Content.styled(_line(row, widths), "bold $jade" if row.is_head else "") for row in rows]


def _widths(rows: Sequence[Row]) -> list[int]:
    """Cells of each column, with what is free after it."""
    columns = zip(*(row.cells for row in rows), strict=True)
    return [max(map(cell_len, column)) + BETWEEN for column in columns]


def _line(row: Row, widths: Sequence[int]) -> str:
    return "".join(
        set_cell_size(cell, width - 1) + " " for cell, width in zip(row.cells, widths, strict=True)
    )
