"""Correcting what was said on arriving, and check-ins that should not be."""

from datetime import UTC, datetime
from typing import Any

from db.checkin import OPEN, Arrival, CheckIn, Person, Status
from db.closed_sets import Whom
from db.core import StoreCore
from db.day import Day
from db.desk.booked import erase_booking
from db.desk.editing import edit, find
from db.desk.errors import IllegalTransition, ImpossibleArrival
from db.due import is_due
from db.errors import KeyMissing
from db.kinds import EventKind
from db.replay import Secret


def void(
    core: StoreCore, id: str, by: str, reason: str, expected_revision: int | None = None
) -> CheckIn:
    """Mark a check-in as entered in error; raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("A check-in is voided for a reason.")
    with core.writing() as day:
        check_in, at = find(day, id, expected_revision), core.now_in(day)
        voided = edit(core, day, check_in, EventKind.voided, by, Status.void, reason, ended_at=at)
        return core.commit(day, [voided])[0]


def merge(
    core: StoreCore, id: str, into: str, by: str, expected_revision: int | None = None
) -> CheckIn:
    """Join a duplicate to the check-in `into` (its id, or ticket): it is void from then on.

    The other must be somebody still here. They take the higher priority, the earlier
    arrival, and every answer that they lack, name and phone among them. That cannot be
    undone. Raises ValueError if both are the same.
    """
    with core.writing() as day:
        gone, at = find(day, id, expected_revision), core.now_in(day)
        kept = find(day, _id_of(day, into))
        if kept.number == gone.number:
            raise ValueError("A duplicate needs another check-in of today to go into.")
        if kept.status not in OPEN:
            raise IllegalTransition(kept.ticket, kept.status, "absorbed")
        reason = f"duplicate of {kept.ticket}"
        merged = edit(core, day, gone, EventKind.merged, by, Status.void, reason, ended_at=at)
        taken = _taken(gone, kept)
        person, secret = _joined(core, day, gone, kept)
        taken |= person
        if taken.get("same_phone_as", kept.same_phone_as) == gone.ticket:
            taken["same_phone_as"] = None
        edits = [merged, edit(core, day, kept, EventKind.absorbed, by, reason=gone.ticket, **taken)]
        return core.commit(day, edits, secret=secret)[0]


def _id_of(day: Day, text: str) -> str:
    number = day.tickets.get(text)
    return text if text in day.ids or number is None else day.check_ins[number].id


def _joined(
    core: StoreCore, day: Day, gone: CheckIn, kept: CheckIn
) -> tuple[dict[str, Any], Secret | None]:
    """Seal for one check-in what it lacks and another has; nothing where no key opens it."""
    lacks = (gone.has_name and not kept.has_name) or (gone.has_phone and not kept.has_phone)
    if not lacks:
        return {}, None
    try:
        theirs, own = core.people.unseal(day, gone), core.people.unseal(day, kept)
        person = Person(own.name or theirs.name, own.phone or theirs.phone)
        return core.people.sealed(day, kept.id, person, day.marks[kept.number].arrival_tag)
    except KeyMissing:
        return {}, None


def amend(
    core: StoreCore, id: str, by: str, expected_revision: int | None = None, **changes: Any
) -> CheckIn:
    """Correct what was said on arriving: any field of Arrival, by name, `arrived_at` and `due_at`.

    `arrived_at` is when somebody truly came whose ticket was given later; raises ImpossibleArrival
    for a moment before the day began or after the ticket, and TypeError for what is no aware
    moment. `due_at` is the appointment as staff confirm it with that (confirming.py); without it
    one whose time is corrected is no longer a confirmed one.
    Emptying name or phone destroys what was there, for good. Raises InvalidArrival as
    Arrival does, TypeError for a field it does not have, and KeyMissing when there is a
    name or phone to seal and no key for it. What no key opens any more is left out.
    """
    with core.writing() as day:
        check_in = find(day, id, expected_revision)
        if check_in.status is Status.void:
            raise IllegalTransition(check_in.ticket, check_in.status, "amended")
        said: dict[str, Any] = {
            name: getattr(check_in, name, "") for name in Arrival.__struct_fields__
        }
        edited = dict[str, Any]()
        if "arrived_at" in changes:
            edited["arrived_at"] = _came(core, day, check_in, changes.pop("arrived_at"))
        who = changes.keys() & {"name", "phone"}
        if who:
            said |= _who(core, day, check_in)
        if "due_at" in changes:
            edited |= is_due(core, day, changes.pop("due_at"))
        arrival = Arrival(**(said | changes))
        due = edited.keys() & {"due_at"}
        edited = {name: value for name, value in changes.items() if name not in who} | edited
        if check_in.due_at and not due and changes.keys() & {"appointment", "appointment_time"}:
            edited["due_at"] = None  # what was confirmed is not so any more
        secret, forget = None, None
        if who:
            tagged = day.marks[check_in.number].arrival_tag
            fields, secret = core.people.sealed(day, id, core.people.person(arrival), tagged)
            edited |= fields
            if _is_emptied(check_in, fields) and day.journal.format > 1:
                forget = id
        kind = EventKind.amended if forget is None else EventKind.erased
        if forget is not None:
            erase_booking(core, day, check_in, by)
        step = edit(core, day, check_in, kind, by, **edited)
        [amended] = core.commit(day, [step], secret=secret, forget=forget)
        core.destroy_secrets(day)
        if forget is not None:
            core.note_erased(day, amended, by)
        return amended


def _came(core: StoreCore, day: Day, check_in: CheckIn, came: object) -> datetime:
    """Give a moment of arrival as it is kept; raises if it cannot be one."""
    if not isinstance(came, datetime) or came.tzinfo is None:
        raise TypeError("An arrival is an aware moment.")
    given = [event.at for event in day.events_of(check_in.number)[:1]]
    called = [check_in.called_at] if check_in.called_at else []  # put there through TinyDB
    earliest, latest = core.calendar.begins(day.date), min([core.now_in(day), *given, *called])
    if not earliest <= came <= latest:
        raise ImpossibleArrival(earliest, latest)
    return came.astimezone(UTC)


def _who(core: StoreCore, day: Day, check_in: CheckIn) -> dict[str, str]:
    try:
        known = core.people.unseal(day, check_in)
    except KeyMissing:
        known = Person("", "")
    return {"name": known.name, "phone": known.phone}


def _is_emptied(before: CheckIn, after: dict[str, Any]) -> bool:
    return (before.has_name and not after["has_name"]) or (
        before.has_phone and not after["has_phone"]
    )


def _taken(gone: CheckIn, kept: CheckIn) -> dict[str, Any]:
    """Give what one check-in takes over from its duplicate."""
    taken: dict[str, Any] = {
        "urgent": kept.urgent or gone.urgent,
        "priority": max(kept.priority, gone.priority),
        "arrived_at": min(kept.arrived_at, gone.arrived_at),
        "guardian": kept.guardian or gone.guardian,
    }
    lacking = ["service", "practitioner", "consent", "first_visit", "appointment_time", "booking"]
    if gone.appointment and not kept.appointment:
        taken["appointment"] = True
    if gone.due_at and not kept.due_at:  # a confirmed time is worth more than one that was said
        taken |= {"due_at": gone.due_at, "appointment_time": gone.appointment_time}
    if gone.party != kept.id:
        lacking.append("party")
    for name in lacking:
        if getattr(kept, name) in (None, "") and getattr(gone, name) not in (None, ""):
            taken[name] = getattr(gone, name)
    if kept.whom == Whom.oneself and gone.whom != Whom.oneself:
        taken["whom"] = gone.whom
    return taken
