"""QueueTable: the live table, which repaints only what changed and keeps the cursor's person."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from rich.text import Text
from textual.binding import Binding
from textual.coordinate import Coordinate
from textual.message import Message
from textual.reactive import var
from textual.widgets import DataTable

from kiosk.i18n import Language
from kiosk.staff.rows import Row, fit, fit_words


class Column(msgspec.Struct, frozen=True):
    """A column: its cells in a terminal 80 wide, and its share of the cells there are beyond."""

    key: str
    cells: int
    share: float = 0.0


MARK, TICKET = "mark", "ticket"
COLUMNS = (
    Column(MARK, 2),
    Column(TICKET, 6, 0.05),
    Column("name", 15, 0.2),
    Column("service", 17, 0.3),
    Column("appointment", 6, 0.05),
    Column("wait", 5, 0.05),
    Column("status", 14, 0.15),
    Column("flags", 14, 0.2),
)
NARROW = sum(column.cells for column in COLUMNS)


class QueueTable(DataTable[Text]):
    """The people who are here, a line each; Enter asks for a call, a click only selects."""

    BINDINGS = [Binding("enter", "screen.key('call_this')", show=False)]

    rows_shown: var[tuple[Row, ...]] = var((), init=False)
    """What the table shows, in this order."""

    class Moved(Message):
        """The cursor stands on somebody else."""

    def __init__(self) -> None:
        super().__init__(
            cursor_type="row",
            cell_padding=0,
            zebra_stripes=False,
            cursor_foreground_priority="renderable",
        )
        self._widths: dict[str, int] = {}
        self._marked: str | None = None

    @property
    def selected(self) -> str | None:
        """The id of the check-in under the cursor; None in an empty table."""
        if not self.row_count:
            return None
        return self.coordinate_to_cell_key(Coordinate(self.cursor_row, 0)).row_key.value

    def set_up(self, lang: Language) -> None:
        """Make the columns, as wide as there is room, and show everything anew."""
        selected, scrolled = self.selected, self.scroll_offset
        self._widths = _widths(self.size.width)
        headers = _headers(lang)
        with self.prevent(DataTable.RowHighlighted):
            self.clear(columns=True)
            for column in COLUMNS:
                width = self._widths[column.key]
                self.add_column(Text(fit(headers[column.key], width)), width=width, key=column.key)
            for row in self.rows_shown:
                self.add_row(*self._cells(row), key=row.id)
            self._stand_on(selected)
        self.scroll_to(y=scrolled.y, animate=False, force=True)

    def watch_rows_shown(self, before: tuple[Row, ...], after: tuple[Row, ...]) -> None:
        """Change the lines that differ; the cursor stays with its person, the view where it is."""
        if not self._widths:
            return
        seen = self._cursor_in_view()
        selected = self._who_is_next(before, after)
        old = {row.id: row for row in before}
        new = {row.id for row in after}
        with self.prevent(DataTable.RowHighlighted):
            for gone in old.keys() - new:
                self.remove_row(gone)
            for row in after:
                if row.id not in old:
                    self.add_row(*self._cells(row), key=row.id)
                elif old[row.id] != row:
                    self._repaint(row)
            if [row.id for row in before] != [row.id for row in after]:
                place = {row.ticket: index for index, row in enumerate(after)}
                self.sort(TICKET, key=lambda cell: place[cell.plain])
            self._stand_on(selected)
        if seen and not self._cursor_in_view():
            self.call_after_refresh(self.move_cursor, row=self.cursor_row)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Move the mark; what counts is where the cursor stands now, not when it was posted."""
        event.stop()
        self._mark()

    def _stand_on(self, id_: str | None) -> None:
        """Put the cursor on somebody without scrolling."""
        if id_ is not None:
            at = Coordinate(self.get_row_index(id_), 0)
            self.set_reactive(DataTable.cursor_coordinate, at)
            self.refresh()
        self._mark()

    def _who_is_next(self, before: Sequence[Row], after: Sequence[Row]) -> str | None:
        """Whom the cursor stands on afterwards: the same person, else the next who is left."""
        new = {row.id for row in after}
        ids = [row.id for row in before]
        at = ids.index(self.selected) if self.selected in ids else 0
        left = [one for one in (*ids[at:], *reversed(ids[:at])) if one in new]
        return left[0] if left else (after[0].id if after else None)

    def _mark(self) -> None:
        """Show the cursor as a sign too, not by its colour alone."""
        selected = self.selected
        by_id = {row.id: row for row in self.rows_shown}
        for id_ in filter(by_id.__contains__, filter(None, {self._marked, selected})):
            self.update_cell(id_, MARK, self._mark_text(by_id[id_], id_ == selected))
        if selected != self._marked:
            self._marked = selected
            self.post_message(self.Moved())

    def _mark_text(self, row: Row, selected: bool) -> Text:
        sign = ">" if selected else "!" if row.urgent else ""
        return Text(sign, style=f"bold {self._colour('terracotta' if row.urgent else 'jade')}")

    def _repaint(self, row: Row) -> None:
        for column, cell in zip(COLUMNS, self._cells(row), strict=True):
            if cell != (shown := self.get_cell(row.id, column.key)) or cell.style != shown.style:
                self.update_cell(row.id, column.key, cell)

    def _cells(self, row: Row) -> Iterator[Text]:
        """The line as it is painted. Text objects: a name is never read as markup."""
        texts = (row.name, row.service, row.appointment, row.wait, row.status)
        alarm = f"bold {self._colour('terracotta')}"
        styles: dict[str, str] = {}
        if row.urgent:
            styles = {TICKET: alarm, "status": alarm, "flags": alarm}
        elif row.called:
            styles = {"status": alarm}
        elif row.late:
            styles = {"wait": alarm, "flags": alarm}
        yield self._mark_text(row, row.id == self.selected)
        # The ticket is whole even where it is too long: rows are sorted by it.
        yield Text(row.ticket, style=styles.get(TICKET, ""), no_wrap=True, end="")
        for column, text in zip(COLUMNS[2:-1], texts, strict=True):
            fitted = fit(text, self._widths[column.key] - 1)
            yield Text(fitted, style=styles.get(column.key, ""), no_wrap=True, end="")
        flags = fit_words(row.flags, self._widths["flags"] - 1)
        yield Text(flags, style=styles.get("flags", ""), no_wrap=True, end="")

    def _colour(self, token: str) -> str:
        return self.app.theme_variables[token]

    def _cursor_in_view(self) -> bool:
        line = self.cursor_row - round(self.scroll_y)
        return 0 <= line < self.size.height - self.header_height


def _widths(available: int) -> dict[str, int]:
    """Each column's cells; what the scrollbar takes is gone from the last."""
    beyond = max(0, available - NARROW)
    widths = {column.key: column.cells + int(beyond * column.share) for column in COLUMNS}
    widths["flags"] += available - sum(widths.values())
    return widths


def _headers(lang: Language) -> Mapping[str, str]:
    return {
        MARK: "",
        TICKET: lang("No."),
        "name": lang("Name"),
        "service": lang("For"),
        "appointment": lang("Appt"),
        "wait": lang("Wait"),
        "status": lang("Status"),
        "flags": lang("Flags"),
    }
