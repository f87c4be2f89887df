"""What a check-in says whose appointment staff confirmed: it has one, and when."""

from datetime import UTC, datetime
from typing import Any

from db.core import StoreCore
from db.day import Day


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
