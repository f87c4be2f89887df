"""An appointment that staff have confirmed: until then its time is only what somebody said."""

from datetime import UTC, datetime
from typing import Any

from db.checkin import OPEN, CheckIn, check_text
from db.core import StoreCore
from db.desk.editing import edit, find
from db.desk.errors import IllegalTransition
from db.kinds import EventKind


def confirm(
    core: StoreCore,
    id: str,
    by: str,
    due_at: datetime,
    practitioner: str | None = None,
    expected_revision: int | None = None,
    booking: str | None = None,
) -> CheckIn:
    """Note that somebody who is still here has an appointment at a moment of today.

    `practitioner` is whom with, None: nobody in particular. `booking` is who of today's list they
    are, None: as it was. Raises TypeError for what is no aware
    moment, ValueError for one of another service day, and InvalidArrival for a name that cannot be
    shown.
    """
    if due_at.tzinfo is None:
        raise TypeError("An appointment is an aware moment.")
    check_text("practitioner", practitioner or "")
    with core.writing() as day:
        check_in = find(day, id, expected_revision)
        if check_in.status not in OPEN:
            raise IllegalTransition(check_in.ticket, check_in.status, EventKind.confirmed)
        if core.calendar.day_of(due_at) != day.date:
            raise ValueError("An appointment is on the day of its check-in.")
        said: dict[str, Any] = {
            "appointment": True,
            "appointment_time": f"{core.calendar.local(due_at):%H:%M}",
            "practitioner": practitioner or check_in.practitioner,
            "due_at": due_at.astimezone(UTC),
            "booking": booking or check_in.booking,
        }
        step = edit(core, day, check_in, EventKind.confirmed, by, **said)
        return core.commit(day, [step])[0]
