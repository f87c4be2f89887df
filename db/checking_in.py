"""Checking in: an arrival gets its ticket, once."""

import logging
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec

from db.checkin import OPEN, Arrival, CheckIn, Said
from db.core import StoreCore
from db.day import Day
from db.due import is_due, is_of_list
from db.errors import DuplicateCheckIn, StoreCorrupt, StoreUnavailable
from db.kinds import EventKind
from db.numbers import next_number
from db.replay import Secret

log = logging.getLogger("clinic.store")


def check_in(
    core: StoreCore,
    arrival: Arrival,
    *,
    id: str | None = None,
    allow_same_phone: bool = False,
    by: str = "",
    due_at: datetime | None = None,
    booking: str | None = None,
) -> CheckIn:
    """Give an arrival its ticket; durable on return.

    `by`: who added a walk-in, if staff did. `due_at` is an appointment that staff confirm with
    that, raising as `confirm` does; `booking` who of today's list they are, by the id there; raises
    HasCome where they have a check-in.

    An `id` that is known, from today or yesterday, gives that first check-in again; with
    a different arrival it raises ValueError. The same name and phone as someone still
    here raise DuplicateCheckIn unless `allow_same_phone`. Raises KeyMissing where there is a
    name or phone, and no key for it can be made.
    """
    if id is not None and not re.fullmatch(r"[0-9A-Za-z_-]{1,64}", id):
        raise ValueError("An id has 1 to 64 letters, digits, hyphens or underlines.")
    person = core.people.person(arrival)  # before the lock: the first phone takes its time
    with core.writing() as day:
        if id is not None and (known := _known(core, day, id, arrival)) is not None:
            return known
        new = id or str(uuid4())
        key = core.people.key(day) if person.name or person.phone else None
        tagged = core.people.arrival_tag(day, arrival, key)
        fields, secret = core.people.sealed(day, new, person, tagged, key)
        if secret is None:
            fields["arrival_tag"] = tagged
        twins = [] if allow_same_phone else core.people.twins(day, secret, fields)
        for twin in twins:
            if twin.status in OPEN:
                raise DuplicateCheckIn(twin.ticket)
        if due_at is not None:
            fields |= is_due(core, day, due_at)
        if booking is not None:
            fields |= is_of_list(day, booking)
        return _add(core, day, new, arrival, fields, secret, by)


def _known(core: StoreCore, day: Day, id: str, arrival: Arrival) -> CheckIn | None:
    for earlier in (day, core.open_day(day.date - timedelta(days=1))):
        try:
            with earlier.journal.mutex:
                earlier.journal.refresh()
                number = earlier.ids.get(id)
        except (StoreCorrupt, StoreUnavailable) as trouble:
            if earlier is day:
                raise
            # An unreadable yesterday must not keep people from checking in today.
            log.warning("%s was not looked at: %s", earlier.date, trouble)
            continue
        if number is None:
            continue
        tagged = earlier.marks[number].arrival_tag
        if tagged and not core.people.is_same(earlier, tagged, arrival):
            raise ValueError("This id belongs to another check-in.")
        earlier.journal.sync()
        return earlier.check_ins[number]
    return None


def _add(
    core: StoreCore,
    day: Day,
    id: str,
    arrival: Arrival,
    fields: dict[str, Any],
    secret: Secret | None,
    by: str,
) -> CheckIn:
    number, ticket, counts = next_number(day, core.series)
    check_in = CheckIn(
        number=number,
        id=id,
        ticket=ticket,
        location=core.location,
        day=day.date,
        arrived_at=core.now_in(day),
        device=core.device,
        has_name=fields["has_name"],
        has_phone=fields["has_phone"],
        same_phone_as=fields["same_phone_as"],
        **{name: getattr(arrival, name) for name in Said.__struct_fields__},
    )
    document = msgspec.structs.asdict(check_in) | fields
    event = core.new_event(EventKind.checked_in, by, day, check_in=number)
    if day.journal.format > 1:
        event = msgspec.structs.replace(event, check_in_id=id)
    up = core.uptime()
    told = up and up.told()
    edits, at = [(document, event)], check_in.arrived_at
    return core.commit(day, edits, counts, at=at, up=told, secret=secret)[0]
