"""The two parts of the board that draw block letters: the ticket being called, the last calls."""

import msgspec
from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kiosk.languages.wrap import wrap
from kiosk.queue.public import Called
from kiosk.typesetting.digits import can_be_drawn, cells_wide, largest, letters, rows_high
from kiosk.widgets.said import Saying

CALLS_SHOWN = 4
SMALLEST_TICKET = 2
"""Letters below this size are too small for the ticket being called: better a room in words."""
TALL_ENOUGH = 20
"""Rows of the whole screen from which the last calls are drawn in block letters too."""


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """What the large panel says: a ticket and its room, or the time while nobody is called."""

    ticket: str = ""
    room: str = ""
    over_ticket: str = ""
    over_room: str = ""
    room_in_words: str = ""
    """Shown beneath the ticket where the room cannot stand beside it."""
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
        """The ticket and its room; at rest the time."""
        face = self._face
        if not face.ticket:
            return [Saying(face.time), *map(Saying, face.sentences)]
        return [Saying(f"{face.over_ticket} {face.ticket}"), Saying(face.room_in_words)]

    def render(self) -> Content:
        """A block of lines in the middle of the panel."""
        width, height = self.size
        lines = self._call(width, height) if self._face.ticket else self._rest(width, height)
        above = max(0, (height - len(lines) + 1) // 2)
        lines = [_EMPTY] * above + lines
        return Content("\n").join(Content.styled(line.text, line.style) for line in lines)

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


class RecentCalls(Static):
    """The last calls before the one above, side by side; those still open stand on a patch."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self.display = False
        self._calls: tuple[tuple[Called, str, bool], ...] = ()

    def show(self, calls: tuple[tuple[Called, str, bool], ...]) -> None:
        """Show these calls: each with its room in words, and whether it is still open."""
        if calls != self._calls:
            self._calls = calls
            self.display = bool(calls)
            self.refresh(layout=True)

    def said(self) -> list[Saying]:
        """Each call with its room."""
        return [Saying(f"{call.ticket} > {room}") for call, room, _ in self._calls]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row as text, or block letters with the room beneath where the screen is tall."""
        size = self._letter_size(width)
        return _rows_with_air(size) + 1 if size else 1

    def render(self) -> Content:
        """Block letters in four columns, or one line of text."""
        width = self.size.width
        size = self._letter_size(width)
        return self._blocks(width, size) if size else self._text(width)

    def _letter_size(self, width: int) -> int:
        height = self.screen.size.height
        if height < TALL_ENOUGH or not all(can_be_drawn(c.ticket) for c, _, _ in self._calls):
            return 0
        widest = max(["A000", *(call.ticket for call, _, _ in self._calls)], key=len)
        return largest(widest, width // CALLS_SHOWN - 3, height // 6)

    def _text(self, width: int) -> Content:
        parts: list[Content] = []
        for call, _, is_open in self._calls:
            text = f"{call.ticket} > {call.room}" if call.room else call.ticket
            part = Content.styled(text, _style(is_open))
            if parts and sum(p.cell_length + 2 for p in parts) + part.cell_length > width:
                break
            parts.append(part)
        column = max(width // CALLS_SHOWN, max(part.cell_length for part in parts) + 2)
        if column * (len(parts) - 1) + parts[-1].cell_length > width:
            return Content("  ").join(parts)
        return Content("").join(
            Content.assemble(part, " " * (column - part.cell_length)) for part in parts
        )

    def _blocks(self, width: int, size: int) -> Content:
        column = width // CALLS_SHOWN
        lines = []
        drawn = [[*letters(call.ticket, size), ""] for call, _, _ in self._calls]
        for row in range(_rows_with_air(size)):
            cells = []
            for (_, _, is_open), rows in zip(self._calls, drawn, strict=True):
                style = "$terracotta" if is_open else "$ink"
                cells.append(Content.styled(rows[row].ljust(column), style))
            lines.append(Content("").join(cells))
        cells = []
        for call, room, is_open in self._calls:
            words = Content.styled(f" {wrap(room, column - 3)[0]} ", _style(is_open))
            before = max(0, cells_wide(call.ticket, size) - words.cell_length) // 2
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
