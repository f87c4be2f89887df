"""A visit that ended goes on: as it was, or by waiting once more."""

from typing import Any

from db.checkin import OPEN, CheckIn, Event, Status
from db.core import StoreCore
from db.day import Day
from db.desk.editing import QUEUED_AGAIN, edit, find
from db.desk.errors import IllegalTransition
from db.kinds import EventKind

ENDED = ("status", "room", "began_at", "ended_at")
"""What the end of a visit changes of a check-in."""


def reopen(
    core: StoreCore,
    id: str,
    by: str,
    reason: str,
    expected_revision: int | None = None,
    *,
    waits: bool = False,
) -> CheckIn:
    """Let one whose visit ended, whoever ended it, stand where they stood before.

    With `waits` they join the queue again instead, next in line. Raises ValueError without a
    reason, and IllegalTransition for one who is still here or was merged into another check-in.
    """
    if not reason.strip():
        raise ValueError("A visit is reopened for a reason.")
    with core.writing() as day:
        check_in = find(day, id, expected_revision)
        end = _end_of(day, check_in)
        if end is None:
            raise IllegalTransition(check_in.ticket, check_in.status, EventKind.reopened)
        before = end.before or {}
        back: dict[str, Any] = {name: before[name] for name in ENDED if name in before}
        if waits:
            back = {"status": Status.waiting, "priority": check_in.priority + 1} | QUEUED_AGAIN
        step = edit(core, day, check_in, EventKind.reopened, by, reason=reason, **back)
        return core.commit(day, [step])[0]


def _end_of(day: Day, check_in: CheckIn) -> Event | None:
    """Give what ended a visit, None for one that goes on or cannot go on any more."""
    if check_in.status in OPEN:
        return None
    gone = day.steps().taken_back
    for event in reversed(day.events_of(check_in.number)):
        if event.id in gone or event.what is EventKind.undone:
            continue
        if event.what is EventKind.merged:
            return None
        if (event.before or {}).get("status") in OPEN:
            return event
    return None
