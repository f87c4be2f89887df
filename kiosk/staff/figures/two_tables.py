"""Two tables beside one another: what people came for on some days, and the rooms they were in."""

from collections.abc import Mapping, Sequence
from operator import add

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static

from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text
from kiosk.queue.figures import Period
from kiosk.queue.took import Took
from kiosk.widgets.said import Saying

BETWEEN = 2
"""Cells between two columns, and twice as many between two tables."""
LEFT_CELLS = 62
"""Where the second table begins at most: on a wide terminal it would be too far from the first."""


class Tables(Static):
    """Empty until there is something to show; drawn anew for whatever room there is."""

    def __init__(self, lang: Language) -> None:
        super().__init__(id="tables", markup=False)
        self._lang = lang
        self._period: Period | None = None
        self._titles: Mapping[str, str] = {}

    def show(self, period: Period, titles: Mapping[str, str]) -> None:
        """Show the figures of some days; `titles` names each service."""
        self._period, self._titles = period, titles
        self.refresh()

    def said(self) -> list[Saying]:
        """One table after the other, a line at a time."""
        if self._period is None:
            return []
        services, rooms = (
            self._services(self._period, self.size.height - 1),
            self._rooms(self._period),
        )
        lines = (*services, *rooms)
        return [Saying(", ".join(filter(None, line))) for line in lines]

    def render(self) -> Content:
        """As many services and rooms as there are rows for."""
        cells, rows = self.size
        if self._period is None or not cells:
            return Content("")
        rows -= 1
        room_head, *rooms = self._rooms(self._period)
        room_widths = _widths(room_head, rooms)
        head, *services = self._services(self._period, rows)
        widths = _widths(head, services)
        # A name may be longer than there is room for; the numbers may not.
        left = min(cells - sum(room_widths), LEFT_CELLS)
        widths[0] -= max(0, sum(widths) + BETWEEN - left)
        widths[-1] += left - sum(widths)
        first = _table(head, services, widths, rows)
        second = _table(room_head, rooms, room_widths, rows)
        first += [Content(" " * left)] * (len(second) - len(first))
        second += [Content("")] * (len(first) - len(second))
        return Content("\n").join(map(add, first, second))

    def _rooms(self, period: Period) -> list[tuple[str, str, str]]:
        """The head and a line for each room."""
        lang = self._lang
        head = (lang("Room"), lang("Visits"), lang("Visit"))
        return [head] + [
            (room_text(room, lang), lang.number(part.people), _mean(part.visit, lang))
            for room, part in period.rooms.items()
        ]

    def _services(self, period: Period, rows: int) -> list[tuple[str, str, str, str]]:
        """The head and a line for each service, as many as fit under it."""
        lang = self._lang
        services = [
            (
                self._titles.get(slug, slug),
                lang.number(part.arrivals),
                _mean(part.wait, lang),
                _mean(part.visit, lang),
            )
            for slug, part in period.by_service.items()
        ]
        if len(services) > rows:
            more = lang("and {n} more", n=len(services) - rows + 1)
            services = [*services[: rows - 1], (more, "", "", "")]
        return [(lang("Service"), lang("Came"), lang("Wait"), lang("Visit")), *services]


def _mean(took: Took | None, lang: Language) -> str:
    return lang("{n} min", n=round(took.mean_minutes)) if took else ""


def _table(
    head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], fit: int
) -> list[Content]:
    """The head, and as many rows as fit under it."""
    lines = [Content.styled(_line(head, widths), "bold $jade")]
    return lines + [Content(_line(row, widths)) for row in rows[: max(0, fit)]]


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Cells of each column, with what is free after it."""
    return [max(map(cell_len, column)) + BETWEEN for column in zip(head, *rows, strict=True)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    sized = [set_cell_size(c, w - 1) + " " for c, w in zip(cells, widths, strict=True)]
    return "".join(sized)
