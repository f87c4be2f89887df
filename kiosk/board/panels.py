"""The two parts of the board that draw block letters: the ticket being called, the others."""

import msgspec
from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kiosk.board.named_call import named_call
from kiosk.board.turning import Page, page_of
from kiosk.languages.wrap import wrap
from kiosk.queue.public import Called
from kiosk.typesetting.digits import can_be_drawn, cells_wide, largest, letters, rows_high
from kiosk.widgets.said import Saying

CALLS_SHOWN = 4
SMALLEST_TICKET = 2
"""Letters below this size are too small for the ticket being called: better a room in words."""
FOR_PAGE = 5
"""Cells at the end of a line for which page it is."""
GAP = "  "
"""Between two calls that stand as text."""


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """What the large panel says: a ticket and its room, or the time while nobody is called."""

    ticket: str = ""
    room: str = ""
    over_ticket: str = ""
    over_room: str = ""
    room_in_words: str = ""
    """Shown beneath the ticket where the room cannot stand beside it."""
    beside: tuple[tuple[str, ...], ...] = ()
    """In words, what stands right of the ticket where the room's name is drawn beneath it; there
    only if it is."""
    time: str = ""
    sentences: tuple[str, ...] = ()


class _Line(msgspec.Struct, frozen=True):
    text: str
    style: str


_EMPTY = _Line("", "")


class CallPanel(Static):
    """The ticket being called and its room, as large as fits; at rest, the time."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._face = Face()

    def show(self, face: Face) -> None:
        """Say this from now on."""
        if face != self._face:
            self._face = face
            self.refresh()

    def said(self) -> list[Saying]:
        """The ticket and its room, and what stands beside them; at rest the time."""
        face = self._face
        if not face.ticket:
            return [Saying(face.time), *map(Saying, face.sentences)]
        besides = [Saying(text) for group in face.beside[1:] for text in group]
        return [
            Saying(f"{face.over_ticket} {face.ticket}"),
            Saying(face.room_in_words),
            *besides,
        ]

    def render(self) -> Content:
        """A block of lines in the middle of the panel."""
        width, height = self.size
        lines = self._lines(width, height)
        above = max(0, (height - len(lines) + 1) // 2)
        lines = [_EMPTY] * above + lines
        return Content("\n").join(Content.styled(line.text, line.style) for line in lines)

    def _lines(self, width: int, height: int) -> list[_Line]:
        face = self._face
        if not face.ticket:
            return self._rest(width, height)
        if face.beside:
            rows = named_call(face.ticket, face.room, face.beside, width, height)
            if rows:
                return [_bold(row) for row in rows]
        return self._call(width, height)

    def _call(self, width: int, height: int) -> list[_Line]:
        face = self._face
        for free in (height - 3, height - 2):  # air above the words, or none
            ticket, room = _sizes_side_by_side(face.ticket, face.room, width, free)
            if ticket >= SMALLEST_TICKET:
                break
        if ticket < SMALLEST_TICKET:
            return self._call_with_room_in_words(width, height)
        # A whole row of air beneath the words where there is one, else half a row.
        is_roomy = free - rows_high(ticket) >= 2
        left = letters(face.ticket, ticket, lowered=not is_roomy)
        right = letters(face.room, room, lowered=not is_roomy)
        between = width - cells_wide(face.ticket, ticket) - cells_wide(face.room, room)
        gap = min(between, 2 * _gap(ticket))
        margin = " " * ((between - gap) // 2)
        at = min(len(margin) + len(left[0]) + gap, width - cell_len(face.over_room))
        head = margin + face.over_ticket
        head += " " * max(2, at - cell_len(head)) + face.over_room
        right = [" " * len(right[0])] * (len(left) - len(right)) + right
        rows = [_bold(margin + a + " " * gap + b) for a, b in zip(left, right, strict=True)]
        return [_bold(head), *([_EMPTY] if is_roomy else []), *rows]

    def _call_with_room_in_words(self, width: int, height: int) -> list[_Line]:
        face = self._face
        room = wrap(face.room_in_words, width)
        free = height - 2 - len(room)
        size = largest(face.ticket, width, free) if can_be_drawn(face.ticket) else 0
        rows = letters(face.ticket, size, lowered=True) if size else [face.ticket]
        return [_bold(_centred(text, width)) for text in (face.over_ticket, *rows, *room)]

    def _rest(self, width: int, height: int) -> list[_Line]:
        face = self._face
        # A clock that fills the wall is not calm.
        size = largest(face.time, width * 4 // 5, (height + 3) // 2)
        rows = letters(face.time, size, lowered=True) if size else [face.time]
        lines = [_bold(_centred(row, width)) for row in rows]
        said = [_centred(line, width) for text in face.sentences for line in _even(text, width)]
        if len(lines) + len(said) + 2 > height:
            return lines
        return [*lines, _EMPTY, *(_Line(text, "$ink") for text in said)]


class Shown(msgspec.Struct, frozen=True):
    """One of the calls before the one above: its room in words, and whether it is still called."""

    call: Called
    room: str
    is_open: bool


class RecentCalls(Static):
    """The calls before the one above, side by side; those still called stand on a patch.

    Where they do not all stand side by side, pages of those still called take turns.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self.display = False
        self._calls: tuple[Shown, ...] = ()
        self._tallest, self._tells_page = 0, False
        self._page = Page()

    def show(
        self,
        calls: tuple[Shown, ...],
        width: int,
        seconds: float,
        tallest: int,
        *,
        tells_page: bool,
    ) -> str:
        """Show these, those still called first, in so many cells; the page as "1/2", if several.

        `seconds` is how long the board has been there: by it pages turn. Their letters are at most
        `tallest` rows high, and text with 0; that says itself which page it is if it `tells_page`.
        """
        if (calls, tallest, tells_page) != (self._calls, self._tallest, self._tells_page):
            self._calls, self._tallest, self._tells_page = calls, tallest, tells_page
            self.display = bool(calls)
            self.refresh(layout=True)
        page = self._page_of(width, seconds)
        if tells_page and page.of > 1:
            page = self._page_of(width - FOR_PAGE, seconds)
        if page != self._page:
            self._page = page
            self.refresh()
        return page.told

    def _page_of(self, width: int, seconds: float) -> Page:
        calls = self._calls
        still = sum(one.is_open for one in calls)
        if self._letter_size(width):
            most = self._columns(width)
            cells = [width // most] * len(calls)
        else:
            most = max(CALLS_SHOWN, still)
            cells = [part.cell_length + len(GAP) for part in map(self._as_text, calls)]
        return page_of(cells, still, width + len(GAP), most=most, seconds=seconds)

    @property
    def _on_page(self) -> list[Shown]:
        return [self._calls[place] for place in self._page.calls if place < len(self._calls)]

    def said(self) -> list[Saying]:
        """Each call with its room, those of the other pages too."""
        return [Saying(f"{one.call.ticket} > {one.room}") for one in self._calls]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row as text, or block letters with the room beneath where the screen is tall."""
        size = self._letter_size(width)
        return _rows_with_air(size) + 1 if size else 1

    def render(self) -> Content:
        """Block letters in columns, or one line of text."""
        width = self.size.width
        if not self._on_page:
            return Content("")
        size = self._letter_size(width)
        return self._blocks(width, size) if size else self._text(width)

    def _letter_size(self, width: int) -> int:
        tickets = [one.call.ticket for one in self._calls]
        if not all(map(can_be_drawn, tickets)):
            return 0
        widest = max(["A000", *tickets], key=len)
        return largest(widest, width // CALLS_SHOWN - 3, self._tallest)

    def _columns(self, width: int) -> int:
        """Four, or as many fewer as the longest room needs to stand there whole."""
        longest = max((cell_len(one.room) for one in self._calls), default=0)
        fitting = (n for n in range(CALLS_SHOWN, 0, -1) if width // n - 3 >= longest)
        return next(fitting, 1)

    def _as_text(self, one: Shown) -> Content:
        call = one.call
        text = f"{call.ticket} > {call.room}" if call.room else call.ticket
        return Content.styled(text, _style(one.is_open))

    def _text(self, width: int) -> Content:
        page = self._page.told if self._tells_page else ""
        width -= FOR_PAGE * bool(page)
        line = self._in_columns([self._as_text(one) for one in self._on_page], width)
        if not page:
            return line
        return Content.assemble(line, " " * (width - line.cell_length), page.rjust(FOR_PAGE))

    def _in_columns(self, parts: list[Content], width: int) -> Content:
        column = max(width // CALLS_SHOWN, max(part.cell_length for part in parts) + len(GAP))
        if column * (len(parts) - 1) + parts[-1].cell_length > width:
            return Content(GAP).join(parts)
        apart = (Content.assemble(part, " " * (column - part.cell_length)) for part in parts[:-1])
        return Content("").join([*apart, parts[-1]])

    def _blocks(self, width: int, size: int) -> Content:
        column = width // self._columns(width)
        lines = []
        shown = self._on_page
        drawn = [[*letters(one.call.ticket, size), ""] for one in shown]
        for row in range(_rows_with_air(size)):
            cells = []
            for one, rows in zip(shown, drawn, strict=True):
                style = "$terracotta" if one.is_open else "$ink"
                cells.append(Content.styled(rows[row].ljust(column), style))
            lines.append(Content("").join(cells))
        cells = []
        for one in shown:
            room = wrap(one.room, column - 3)[0]
            words = Content.styled(f" {room} ", _style(one.is_open))
            before = max(0, cells_wide(one.call.ticket, size) - words.cell_length) // 2
            after = column - before - words.cell_length
            cells.append(Content.assemble(" " * before, words, " " * after))
        return Content("\n").join([*lines, Content("").join(cells)])


def _rows_with_air(size: int) -> int:
    """Rows of the letters and at least half a row of air; odd sizes end in half a row."""
    return rows_high(size) + (size + 1) % 2


def _style(is_open: bool) -> str:
    return "bold $on-terracotta on $terracotta" if is_open else "$ink"


def _sizes_side_by_side(ticket: str, room: str, width: int, height: int) -> tuple[int, int]:
    """Sizes of ticket and room that fit beside each other; (0, 0) if none do.

    The room may be smaller than the ticket by half, never larger; the same size looks better,
    and is worth a ticket that is a little smaller.
    """
    if not (can_be_drawn(ticket) and can_be_drawn(room)):
        return 0, 0
    best = 0, 0
    for size in range(largest(ticket, width, height), 0, -1):
        free = width - cells_wide(ticket, size) - _gap(size)
        fitting = min(size, largest(room, free, height))
        if fitting == size and size * 5 >= best[0] * 4:
            return size, size
        if fitting and fitting * 2 >= size and best == (0, 0):
            best = size, fitting
    return best


def _gap(size: int) -> int:
    return max(2, size * 2)


def _bold(text: str) -> _Line:
    return _Line(text, "bold")


def _even(text: str, width: int) -> list[str]:
    """Lines of much the same length: a word alone on the last one looks like a mistake."""
    lines = wrap(text, width)
    while len(lines) > 1 and len(narrower := wrap(text, width - 1)) == len(lines):
        lines, width = narrower, width - 1
    return lines


def _centred(text: str, width: int) -> str:
    return " " * ((width - cell_len(text)) // 2) + text
