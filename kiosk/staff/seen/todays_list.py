"""Who of today's list is expected, late or missing, and who has come; pure."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import assert_never

import msgspec

from db import OPEN, Booking, CheckIn, Person, Status
from kiosk.languages.language import Language
from kiosk.staff.seen.rows import Row, View, name_text
from kiosk.staff.seen.shown import finds, is_found
from kiosk.staff.seen.snapshot import Snapshot


class Coming(Enum):
    """How it stands with somebody who is booked."""

    MISSING = "missing"
    LATE = "late"
    EXPECTED = "expected"
    COME = "come"


class Listed(msgspec.Struct, frozen=True):
    """Somebody of the list, and their check-in if they have come."""

    booking: Booking
    person: Person | None
    check_in: CheckIn | None
    coming: Coming
    minutes_late: int = 0
    """How long their time is over, while they have not come."""


class ListCounts(msgspec.Struct, frozen=True):
    """How many of the list stand where."""

    expected: int = 0
    late: int = 0
    missing: int = 0
    come: int = 0

    @property
    def overdue(self) -> int:
        """How many have not come though their time is over."""
        return self.late + self.missing


def todays_list(snapshot: Snapshot, view: View) -> list[Listed]:
    """Everybody of the list: first who has not come, by time, then who has."""
    listed = [_listed(one, snapshot, view) for one in snapshot.moment.bookings]
    return sorted(listed, key=lambda one: (one.coming is Coming.COME, one.booking.due_at))


def found_in(listed: Sequence[Listed], words: str, view: View) -> list[Listed]:
    """Those whom words find, by name, phone or ticket; while names are hidden by ticket alone."""
    if not words.strip():
        return list(listed)
    return [one for one in listed if _finds(one, words, view)]


def _finds(one: Listed, words: str, view: View) -> bool:
    if one.check_in and finds(one.check_in, None, words):
        return True
    return one.person is not None and not view.names_hidden and is_found(one.person, words)


def _listed(booking: Booking, snapshot: Snapshot, view: View) -> Listed:
    person = snapshot.booked.get(booking.id)
    if check_in := snapshot.moment.come.get(booking.id):
        return Listed(booking, person, check_in, Coming.COME)
    late = int((view.now - booking.due_at).total_seconds() // 60)
    if late >= view.settings.missing_minutes:
        return Listed(booking, person, None, Coming.MISSING, late)
    return Listed(booking, person, None, Coming.LATE if late > 0 else Coming.EXPECTED, max(0, late))


def list_counts(snapshot: Snapshot, view: View) -> ListCounts:
    """How many stand where."""
    stand = [one.coming for one in todays_list(snapshot, view)]
    return ListCounts(
        expected=stand.count(Coming.EXPECTED),
        late=stand.count(Coming.LATE),
        missing=stand.count(Coming.MISSING),
        come=stand.count(Coming.COME),
    )


def overdue_note(snapshot: Snapshot, view: View) -> list[str]:
    """How many have not come though their time is over, in words; nothing where nobody has."""
    count = list_counts(snapshot, view).overdue
    return [view.lang("appt late: {n}", n=count)] if count else []


def list_row(one: Listed, view: View) -> Row:
    """The line of somebody in the table."""
    come = one.coming is Coming.COME
    return Row(
        ticket=local_time(one.booking.due_at, view),
        name=name_text(one.person, view),
        service=booked_service(one.booking, view),
        appointment=one.check_in.ticket if one.check_in else "",
        wait=str(one.minutes_late) if one.minutes_late else "",
        status=state_text(one, view.lang),
        flags=tuple(filter(None, [_whom(one, view)])),
        urgent=one.coming is Coming.MISSING,
        late=one.coming is Coming.LATE,
        quiet=one.coming is Coming.EXPECTED,
        called=False,
        gone=come,
    )


def _whom(one: Listed, view: View) -> str:
    return one.booking.practitioner or ""


def local_time(moment: datetime, view: View) -> str:
    """A time by the clinic's clocks."""
    return view.lang.clock(moment.astimezone(view.now.tzinfo))


def booked_service(booking: Booking, view: View) -> str:
    """What somebody is booked for, in the reader's language."""
    service = view.clinic.service(booking.service)
    if service:
        return view.lang.pick(service.title)
    return booking.service or view.lang("Not sure")


def state_text(one: Listed, lang: Language) -> str:
    """How it stands with somebody, in a word or two."""
    match one.coming:
        case Coming.MISSING:
            return lang("missing")
        case Coming.LATE:
            return lang("late")
        case Coming.EXPECTED:
            return lang("expected")
        case Coming.COME:
            check_in = one.check_in
            if check_in and check_in.status is Status.in_service:
                return lang("with staff")
            return lang("is here") if check_in and check_in.status in OPEN else lang("was here")
    assert_never(one.coming)
