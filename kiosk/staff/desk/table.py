"""QueueTable: the live table, which paints only what changed and keeps the cursor's person."""

from collections.abc import Callable, Collection, Mapping, Sequence

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from kiosk.languages.language import Language
from kiosk.staff.desk.table_columns import COLUMNS, headers_in, widths_in
from kiosk.staff.seen.rows import Row, fit, fit_words
from kiosk.textual_private.scroll_view import OwnLength
from kiosk.widgets.said import Saying

MINUTES = 3
"""Digits of a wait, which stand one beneath the other."""
NOBODY = -1
"""Where the cursor stands when it has lost its person."""


class QueueTable(OwnLength, can_focus=True):
    """The people who are here, a line each; Enter asks for a call, a click only selects.

    A line is made when it is painted, so that a thousand cost no more than fit on the screen.
    """

    COMPONENT_CLASSES = {
        "table--header",
        "table--line",
        "table--cursor",
        "table--hover",
        "table--alarm",
        "table--quiet",
    }
    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "screen.key('call_this')", show=False),
    ]

    class Moved(Message):
        """The cursor stands on somebody else."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: Sequence[str] = ()
        self._row: Callable[[str], Row] | None = None
        self._at = 0
        """The line of whom is selected; NOBODY while nobody is."""
        self._between = 0
        """Where the cursor stood when it lost its person: down leads to whom stands there now."""
        self._hover = -1
        self._awaited: object = None
        """What was asked for and is to bring somebody, unless the cursor is moved first."""
        self._expected: str | None = None
        self._painted: dict[int, object] = {}
        self._widths: list[int] = []
        self._headers: list[str] = []
        self.header_height = 1

    @property
    def selected(self) -> str | None:
        """The id of the check-in under the cursor; None where it stands on nobody."""
        return self._ids[self._at] if self._ids and self._at != NOBODY else None

    @property
    def is_empty(self) -> bool:
        """Whether nobody stands in it."""
        return not self._ids

    @property
    def cursor_screen_offset(self) -> Offset:
        """The first cell of the line that is selected; in an empty table, of the first."""
        at = self._between if self._at == NOBODY else self._at
        line = at - round(self.scroll_y) + self.header_height
        return self.content_region.offset + Offset(0, min(line, max(0, self.size.height - 1)))

    def set_up(self, lang: Language, header_height: int) -> None:
        """Make the columns as wide as there is room, and show everything anew."""
        self.header_height = header_height
        self._widths = widths_in(self.size.width)
        headers = self.headers(lang)
        self._headers = [headers[column.key] for column in COLUMNS]
        self._fit()
        self.refresh()

    def headers(self, lang: Language) -> Mapping[str, str]:
        """What stands above each column, by its key."""
        return headers_in(lang)

    def loud(self, row: Row) -> Collection[str]:
        """The columns of a line that nobody should overlook."""
        if row.urgent:
            return {"mark", "ticket", "status", "flags"}
        if row.called:
            return {"status"}
        return {"mark", "wait", "flags"} if row.late else ()

    def show(self, ids: Sequence[str], row: Callable[[str], Row], *, anew: bool = False) -> None:
        """Show these in this order; `row` gives the line of each. Only what changed is painted.

        `anew` where they are shown for another reason than before: then somebody is selected.
        """
        before, seen = self.selected, self._in_view(self._at)
        self._at = self._where_to_stand(ids, anew=anew)
        self._ids, self._row = ids, row
        self._fit()
        if seen:
            self._scroll_to_cursor()
        self._go_to_expected()
        self._paint_changed()
        if self.selected != before:
            self.post_message(self.Moved())

    def clear(self) -> None:
        """Forget everybody, and what was painted of them."""
        self._ids, self._row, self._at, self._between = (), None, 0, 0
        self._awaited = self._expected = None
        self._painted.clear()
        self.refresh()

    def expect(self, asked: object) -> None:
        """What was asked for will bring somebody: the cursor goes there, unless moved first."""
        self._awaited, self._expected = asked, None

    def bring(self, asked: object, id_: str) -> bool:
        """Go to whom it brought, as soon as they are shown; whether that is still to come."""
        if asked is self._awaited:
            self._awaited, self._expected = None, id_
            self._go_to_expected()
        return self._expected == id_

    def shows(self, id_: str) -> bool:
        """Whether somebody stands in the table."""
        return id_ in self._ids

    def stand_on_nobody(self) -> None:
        """Select nobody, until the cursor is moved."""
        self._awaited = self._expected = None
        if self._at != NOBODY:
            before, self._between, self._at = self._at, self._at, NOBODY
            self._paint(before - round(self.scroll_y) + self.header_height)
            self.post_message(self.Moved())

    def _go_to_expected(self) -> None:
        if self._expected in self._ids:
            self._move_to(self._ids.index(self._expected))
            self._expected = None

    def said(self) -> list[Saying]:
        """The header, and a line for each who is seen."""
        seen = filter(None, map(self._what, range(self.header_height, self.size.height)))
        head = ", ".join(filter(None, self._headers))
        return [Saying(head), *(Saying(_in_words(row, at)) for row, at, _ in seen)]

    # Keys and touches

    def action_move(self, by: int) -> None:
        """A line up or down."""
        if self._at == NOBODY:
            self._move_by_hand(self._between + min(by, 0))
        else:
            self._move_by_hand(self._at + by)

    def action_page(self, by: int) -> None:
        """A screenful up or down."""
        at = self._between if self._at == NOBODY else self._at
        self._move_by_hand(at + by * max(1, self._lines - 1))

    def action_first(self) -> None:
        """To the first line."""
        self._move_by_hand(0)

    def action_last(self) -> None:
        """To the last line."""
        self._move_by_hand(len(self._ids) - 1)

    def on_click(self, event: events.Click) -> None:
        """Select; a click never calls anybody."""
        at = self._index(event.y)
        if 0 <= at < len(self._ids):
            self._move_by_hand(at)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tint the line under the mouse."""
        self._hover_on(self._index(event.y))

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self._hover_on(-1)

    # Painting

    def render_line(self, y: int) -> Strip:
        """The header, or whoever stands at a line of the screen."""
        width = self.size.width
        if not self._widths:
            return Strip.blank(width, self.rich_style)
        if y < self.header_height:
            style = self.get_component_rich_style("table--header")
            if y:
                return Strip.blank(width, style)
            cells = zip(self._headers, self._widths, strict=True)
            return Strip([Segment(set_cell_size(text, cells), style) for text, cells in cells])
        key = self._what(y)
        self._painted[y] = key
        if key is None:
            return Strip.blank(width, self.get_component_rich_style("table--line"))
        row, selected, hover = key
        return Strip(self._segments(row, selected, hover), width)

    def _segments(self, row: Row, selected: bool, hover: bool) -> list[Segment]:
        name = "table--cursor" if selected else "table--hover" if hover else "table--line"
        plain = self.get_component_rich_style(name)
        alarm = _over(self.get_component_rich_style("table--alarm"), plain)
        quiet = _over(self.get_component_rich_style("table--quiet"), plain)
        if row.gone:
            plain = quiet
        loud = self.loud(row)
        texts = {
            "mark": ">" if selected else "!" if row.urgent else "*" if row.late else "",
            "ticket": row.ticket,
            "name": row.name,
            "service": row.service,
            "appointment": row.appointment,
            "wait": row.wait.rjust(MINUTES),
            "status": row.status,
        }
        segments = []
        for column, cells in zip(COLUMNS, self._widths, strict=True):
            room = max(0, cells - 1)
            text = fit_words(row.flags, room) if column.key == "flags" else texts[column.key]
            padded = set_cell_size(fit(text, room), cells)
            calm = quiet if column.key == "status" and row.quiet else plain
            segments.append(Segment(padded, alarm if column.key in loud else calm))
        return segments

    def _what(self, y: int) -> tuple[Row, bool, bool] | None:
        """What is to be seen at a line of the screen; None beneath the last."""
        at = self._index(y)
        if self._row is None or not 0 <= at < len(self._ids):
            return None
        return self._row(self._ids[at]), at == self._at, at == self._hover

    def _paint_changed(self) -> None:
        for y in range(self.header_height, self.size.height):
            if y in self._painted and self._painted[y] != self._what(y):
                self._paint(y)

    def _paint(self, y: int) -> None:
        self.refresh(Region(0, y, self.size.width, 1))

    def _move_by_hand(self, at: int) -> None:
        self._awaited = self._expected = None
        self._move_to(at)

    def _move_to(self, at: int) -> None:
        at = max(0, min(at, len(self._ids) - 1))
        if at == self._at or not self._ids:
            return
        before, self._at = self._at, at
        self._scroll_to_cursor()
        for one in (before, at):
            if self._in_view(one):
                self._paint(one - round(self.scroll_y) + self.header_height)
        self.post_message(self.Moved())

    def _hover_on(self, at: int) -> None:
        at = at if 0 <= at < len(self._ids) else -1
        if at != self._hover:
            before, self._hover = self._hover, at
            for one in (before, at):
                if self._in_view(one):
                    self._paint(one - round(self.scroll_y) + self.header_height)

    # Where things are

    @property
    def _lines(self) -> int:
        """How many people are seen at a time."""
        return max(1, self.size.height - self.header_height)

    def _index(self, y: int) -> int:
        return y - self.header_height + round(self.scroll_y) if y >= self.header_height else -1

    def _in_view(self, at: int) -> bool:
        return 0 <= at - round(self.scroll_y) < self._lines

    def _fit(self) -> None:
        size = Size(self.size.width, len(self._ids) + self.header_height)
        if size == self.virtual_size:
            return
        # Not by its watcher, which has all that stands on the screen laid out anew.
        self.set_reactive(QueueTable.virtual_size, size)
        self.show_vertical_scrollbar = size.height > self.size.height
        self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def _scroll_to_cursor(self) -> None:
        if self._at != NOBODY and not self._in_view(self._at):
            above = self._at < round(self.scroll_y)
            top = self._at if above else self._at - self._lines + 1
            self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def _where_to_stand(self, ids: Sequence[str], *, anew: bool) -> int:
        """Where the cursor stands afterwards: on the same person, else on nobody.

        A key pressed once more is never about the one who came to stand where they stood.
        """
        if self.selected in ids:
            return ids.index(self.selected)
        if anew or (not self._ids and self._at != NOBODY):
            return 0
        at = self._between if self._at == NOBODY else self._at
        above = set(self._ids[:at])
        self._between = sum(one in above for one in ids)
        return NOBODY


def _in_words(row: Row, selected: bool) -> str:
    parts = (row.ticket, row.name, row.service, row.appointment, row.wait, row.status, *row.flags)
    return "> " * selected + ", ".join(filter(None, parts))


def _over(style: Style, ground: Style) -> Style:
    """A style's ink on the ground of another."""
    return ground + Style(color=style.color, bold=style.bold)
