"""What a check-in says whose appointment staff confirmed: when, and who of the list they are."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from db.checkin import CheckIn, Status
from db.core import StoreCore
from db.day import Day
from db.errors import HasCome


def is_due(core: StoreCore, day: Day, due_at: datetime) -> dict[str, Any]:
    """Give what is so of somebody who has an appointment at a moment of a day.

    Raises TypeError for what is no aware moment, ValueError for one of another service day.
    """
    if not isinstance(due_at, datetime) or due_at.tzinfo is None:
        raise TypeError("An appointment is an aware moment.")
    if core.calendar.day_of(due_at) != day.date:
        raise ValueError("An appointment is on the day of its check-in.")
    return {
        "appointment": True,
        "appointment_time": f"{core.calendar.local(due_at):%H:%M}",
        "due_at": due_at.astimezone(UTC),
    }


def come(check_ins: Iterable[CheckIn]) -> dict[str, CheckIn]:
    """Give who of the list has come, by their id there."""
    return {one.booking: one for one in check_ins if one.booking and one.status is not Status.void}


def is_of_list(day: Day, booking: str, own: str = "") -> dict[str, Any]:
    """Give what is so of somebody who is this one of today's list.

    Raises HasCome where another check-in than `own` (its id) is theirs.
    """
    one = come(day.check_ins.values()).get(booking)
    if one is not None and one.id != own:
        raise HasCome(one.ticket)
    return {"booking": booking}
