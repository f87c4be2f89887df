"""A ticket over the room's name, both in large letters, and in words what stands beside; pure."""

from collections.abc import Sequence

from rich.cells import cell_len

from kiosk.languages.wrap import wrap
from kiosk.typesetting import han
from kiosk.typesetting.digits import Bitmap, can_be_drawn
from kiosk.typesetting.lettering import in_rows, lettered

_TICKET_SLENDER = 4.0
"""A ticket is read digit by digit: it keeps nearly the digits' own shape."""
_LATIN = 0.56
"""Of the height of both, a Latin name's: drawn out as it is, it needs more than the ticket."""
_ABOVE_HAN = 0.55
"""Of a Chinese name's height its ticket has at least so much."""
_SMALLEST = 5
"""Half rows that both need at least, as the digits do."""
_AIRY_FROM = 14
"""Rows from which there is a row of air above the ticket, and one beneath it."""


def can_stand(ticket: str, room: str, width: int) -> bool:
    """Whether both can be drawn in so many cells at all."""
    return can_be_drawn(ticket) and bool(lettered(room, width, han.HIGH))


def named_call(
    ticket: str, room: str, beside: Sequence[Sequence[str]], width: int, height: int
) -> list[str]:
    """The rows, or [] where they do not fit.

    `beside` are groups of sentences for the right of the ticket: the first of them stands there in
    any case, each further one if it fits.
    """
    is_airy = height >= _AIRY_FROM
    between = 2 if is_airy else 1
    halves = 2 * height - between - 2 * is_airy
    words = [word for text in beside[0] for word in wrap(text, 1 + width // 4)] if beside else []
    for_ticket = width - 1 - max(map(cell_len, words), default=0)
    for half_rows in _heights(room, halves):
        name = lettered(room, width, half_rows)
        number = lettered(ticket, for_ticket, halves - len(name), slender=_TICKET_SLENDER)
        if min(len(name), len(number)) >= _SMALLEST:
            return _set(number, name, between, beside, width)
    return []


def _heights(room: str, halves: int) -> list[int]:
    """Half rows that the room's name may have, the best first."""
    if not any(map(han.has, room)):
        return [int(halves * _LATIN)]
    heights = range(halves // han.HIGH * han.HIGH, 0, -han.HIGH)
    return [high for high in heights if halves - high >= high * _ABOVE_HAN]


def _set(
    number: Bitmap, name: Bitmap, between: int, beside: Sequence[Sequence[str]], width: int
) -> list[str]:
    """The ticket, some half rows, and the name, from the same column on."""
    across = max(len(number[0]), len(name[0]))
    bits = [*number, *[[False]] * between, *name]
    rows = in_rows([line + [False] * (across - len(line)) for line in bits])
    ticket_cells = len(number[0]) // 2
    said = _fitting(beside, width - ticket_cells - 2, len(number) // 2)
    taken = max([ticket_cells + 2 + cell_len(text) for text in said] + [across // 2])
    margin = " " * ((width - taken) // 2)
    for nth, text in enumerate(said):
        rows[nth] = f"{rows[nth][:ticket_cells]}  {text}"
    return [margin + row for row in rows]


def _fitting(groups: Sequence[Sequence[str]], width: int, height: int) -> list[str]:
    """As many of the groups as there are rows for, with a row of air between them."""
    lines: list[str] = []
    for group in groups:
        more = [line for text in group for line in wrap(text, max(1, width))]
        more = [*([""] if lines else []), *more]
        if len(lines) + len(more) <= height:
            lines += more
    return lines
