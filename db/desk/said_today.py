"""What staff say of today: a room has a break, a practitioner is away, a line for everybody."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from db.checkin import InvalidArrival, check_text
from db.core import StoreCore
from db.day import Day
from db.kinds import EventKind
from db.line import UNREADABLE

BREAKS, AWAY, NOTICES = "breaks", "away", "notices"
"""Tables of the day's journal; an older version lets them be."""

T = TypeVar("T", bound=Struct)


class Break(Struct, frozen=True):
    """A room calls nobody until a time."""

    room: str
    until: datetime
    by: str


class Away(Struct, frozen=True):
    """A practitioner is not here today."""

    practitioner: str
    by: str


class Notice(Struct, frozen=True):
    """A line that everybody reads until a time."""

    words: Mapping[str, str]
    """By language tag."""
    until: datetime
    by: str


def set_break(core: StoreCore, room: str, until: datetime | None, by: str) -> Break | None:
    """Note that a room has a break until then, None: that it goes on; gives what was so before."""
    with core.writing() as day:
        before = _rows(day, BREAKS, Break)
        number = next((n for n, one in before.items() if one.room == room), None)
        new = None if until is None else Break(room, until.astimezone(UTC), by)
        _write(core, day, BREAKS, number, new, EventKind.paused, by, reason=room)
        return before.get(number or "")


def set_away(core: StoreCore, practitioner: str, away: bool, by: str) -> bool:
    """Note that a practitioner is away today, or is here after all; gives what was so before."""
    with core.writing() as day:
        before = _rows(day, AWAY, Away)
        number = next((n for n, one in before.items() if one.practitioner == practitioner), None)
        new = Away(practitioner, by) if away else None
        _write(core, day, AWAY, number, new, EventKind.away, by, reason=practitioner)
        return number is not None


def set_notice(
    core: StoreCore, words: Mapping[str, str], until: datetime | None, by: str
) -> Notice | None:
    """Have everybody read a line until then, None: no more; gives what was so before.

    Raises InvalidArrival for words that are too long or cannot be shown.
    """
    for text in words.values():
        check_text("notice", text)
    if until is not None and not any(text.strip() for text in words.values()):
        raise InvalidArrival("notice", "A notice has words.")
    with core.writing() as day:
        before = _rows(day, NOTICES, Notice)
        new = None if until is None else Notice(dict(words), until.astimezone(UTC), by)
        _write(core, day, NOTICES, "1", new, EventKind.notice, by)
        return before.get("1")


def breaks_of(day: Day) -> list[Break]:
    """Give the breaks that were said on a day, those that are over too."""
    return [one for one in _rows(day, BREAKS, Break).values() if one.until.tzinfo]


def away_of(day: Day) -> list[Away]:
    """Give who is not here on a day."""
    return list(_rows(day, AWAY, Away).values())


def notice_of(day: Day) -> Notice | None:
    """Give the line of a day, though its time be over."""
    notice = _rows(day, NOTICES, Notice).get("1")
    return notice if notice and notice.until.tzinfo else None


def _rows(day: Day, table: str, kind: type[T]) -> dict[str, T]:
    found = {}
    for number, raw in day.journal.tables.get(table, {}).items():
        try:
            found[number] = msgspec.json.decode(raw, type=kind)
        except UNREADABLE:
            continue  # another program's, or a newer version's: nobody is kept from working by it
    return found


def _write(
    core: StoreCore,
    day: Day,
    table: str,
    number: str | None,
    new: Struct | None,
    kind: EventKind,
    by: str,
    reason: str | None = None,
) -> None:
    """Put what is said in the place of what was, or take that away."""
    rows = day.journal.tables.get(table, {})
    was = None if number not in rows else msgspec.json.decode(rows[number])
    number = number or str(max((int(n) for n in rows), default=0) + 1)
    put: dict[str, dict[str, Any]] | None = None
    if new is not None:
        put = {table: {number: msgspec.to_builtins(new)}}
    day.journal.append(
        core.now_in(day),
        put,
        gone={table: [number]} if new is None and was is not None else None,
        events=[core.new_event(kind, by, day, before=was, reason=reason)],
    )
