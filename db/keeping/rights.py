"""What a person may ask for: to see what is kept, and to have their name and phone erased."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from db.checkin import CheckIn, Event, Person
from db.core import StoreCore
from db.day import Day
from db.desk.booked import Booking, bookings_of, erase_booking, person_of
from db.desk.editing import edit
from db.errors import KeyMissing, StoreError, UnknownCheckIn
from db.files import make_private, read_whole, refusing, replace
from db.keeping.closing import close
from db.kinds import EventKind
from db.line import encode

NOBODY: dict[str, Any] = {"has_name": False, "has_phone": False, "same_phone_as": None}


class Kept(Struct, frozen=True, kw_only=True):
    """All that is kept of one check-in."""

    check_in: CheckIn
    person: Person | None
    """None if no key opens it on this machine."""
    booked: Booking | None = None
    """Who they are on the day's list, if they are on it."""
    booked_person: Person | None = None
    """As the list has them; None if no key opens it, or it was erased."""
    events: list[Event]
    names_until: date
    """The last day on which name and phone can be opened."""
    records_until: date
    """The last day on which the rest is kept."""


class ErasedOne(Struct, frozen=True, kw_only=True):
    """Whose name and phone were destroyed, when, and by whom."""

    id: str
    ticket: str
    at: datetime
    by: str


class Erased(Struct, frozen=True, kw_only=True):
    """The receipt for the names that were destroyed on a day, one by one."""

    day: date
    people: list[ErasedOne] = []


def what_is_kept(core: StoreCore, ticket: str, day: date | None = None) -> Kept:
    """Give all that is kept of a ticket of a day (today); raises UnknownCheckIn."""
    with core.reading(day) as opened:
        check_in = _found(opened, ticket)
        person: Person | None = None
        with suppress(KeyMissing):
            person = core.people.unseal(opened, check_in)
        listed = [one for one in bookings_of(opened) if one.id == check_in.booking]
        on_list: Person | None = None
        with suppress(KeyMissing):
            on_list = person_of(core, opened, check_in.booking or "")
        return Kept(
            check_in=check_in,
            person=person,
            booked=listed[0] if listed else None,
            booked_person=on_list,
            events=list(opened.events_of(check_in.number)),
            names_until=opened.date + core.person_days,
            records_until=opened.date + core.retention_days,
        )


def erase(core: StoreCore, ticket: str, by: str, day: date | None = None) -> CheckIn:
    """Destroy what opens the name and phone of a ticket of a day (today), and what finds them.

    The check-in stays in the queue, without a name. Raises UnknownCheckIn, and StoreError on
    days of format 1, whose names are sealed together.
    """
    core.settle(make=True)
    with core.lock.held():
        today = core.day
        with core.writing(None if day in (None, today) else day) as opened:
            if opened.journal.head is None:
                raise UnknownCheckIn
            check_in = _found(opened, ticket)
            if opened.journal.format == 1:
                raise StoreError(
                    f"The names of {opened.date} were sealed together by an older version. They "
                    f"can be opened until {opened.date + core.person_days}."
                )
            return erase_on(core, opened, check_in, by)


def erase_on(core: StoreCore, day: Day, check_in: CheckIn, by: str) -> CheckIn:
    """Erase one person on an open day; the lock is held."""
    _leave_receipt(core, day, check_in, by)
    was_closed = day.journal.closed
    erase_booking(core, day, check_in, by)
    document, event = edit(
        core, day, check_in, EventKind.erased, by, None, None, **NOBODY, sealed=None
    )
    event = msgspec.structs.replace(event, before={"status": check_in.status})
    [erased] = core.commit(day, [(document, event)], forget=check_in.id)
    core.destroy_secrets(day)
    core.note_erased(day, erased, by)
    if was_closed is not None:
        close(core, day, was_closed.next)
    return erased


def erased_on(core: StoreCore, day: date) -> list[ErasedOne]:
    """Give whose names were erased on a day, as the receipts say."""
    try:
        data = read_whole(core.receipts_folder / f"{day}.erased.json")
        return msgspec.json.decode(data, type=Erased).people
    except (OSError, msgspec.MsgspecError, ValueError):
        return []


def erase_again(core: StoreCore, day: date, people: Iterable[ErasedOne]) -> int:
    """Erase anew whoever was erased before an older copy of the day came back."""
    count = 0
    for one in people:
        with core.writing(None if day == core.day else day) as opened:
            number = opened.ids.get(one.id)
            if number is None:
                continue
            booking = opened.check_ins[number].booking
            listed = [one for one in bookings_of(opened) if one.id == booking and one.sealed]
            if opened.marks[number].sealed is not None or listed:
                erase_on(core, opened, opened.check_ins[number], one.by)
                count += 1
    return count


def _found(day: Day, ticket: str) -> CheckIn:
    number = day.tickets.get(ticket.strip().upper(), day.ids.get(ticket))
    if number is None:
        raise UnknownCheckIn(f"There is no ticket {ticket} on {day.date}.")
    return day.check_ins[number]


def _leave_receipt(core: StoreCore, day: Day, check_in: CheckIn, by: str) -> None:
    """Leave it first: a restore of an older copy must know, whatever comes in between."""
    people = [one for one in erased_on(core, day.date) if one.id != check_in.id]
    people.append(ErasedOne(id=check_in.id, ticket=check_in.ticket, at=core.calendar.now(), by=by))
    with refusing():
        make_private(core.receipts_folder)
        receipt = encode(Erased(day=day.date, people=people))
        replace(core.receipts_folder / f"{day.date}.erased.json", receipt)
