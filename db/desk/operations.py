"""What staff do with a check-in: each operation is atomic and writes its event with it.

These, and those in the files beside it, take the id of a check-in of today, who does it (`by`, an
account's name) and, where someone looked before they acted, the revision they saw. They return
the check-in as it is then. All raise UnknownCheckIn, StaleCheckIn if `expected_revision` is not
the current one, and IllegalTransition, besides what any writing operation raises.
"""

from datetime import datetime
from typing import Any

from db.checkin import OPEN, CheckIn, Status, check_text
from db.core import StoreCore
from db.desk.editing import back_in_line, change, edit, find
from db.desk.errors import IllegalTransition
from db.kinds import EventKind


def begin(core: StoreCore, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
    """Note that one who was called has come in."""
    return change(
        core,
        id,
        by,
        expected_revision,
        EventKind.began,
        Status.in_service,
        lambda _, at: {"began_at": at},
    )


def complete(core: StoreCore, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
    """Note that one in service, or called and seen, is done."""

    def ended(one: CheckIn, at: datetime) -> dict[str, Any]:
        return {"began_at": one.began_at or at, "ended_at": at}

    return change(core, id, by, expected_revision, EventKind.completed, Status.done, ended)


def no_show(core: StoreCore, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
    """Note that one who was called did not come."""
    return change(core, id, by, expected_revision, EventKind.no_show, Status.no_show, _ended)


def leave(core: StoreCore, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
    """Note that one who was waiting, called or parked has gone."""
    return change(core, id, by, expected_revision, EventKind.left, Status.left, _ended)


def return_to_queue(
    core: StoreCore, id: str, by: str, expected_revision: int | None = None
) -> CheckIn:
    """Put one who was called, did not come or was parked back among those waiting.

    The place is by arrival, as before; one who was parked is next in line, by a higher
    priority. Calls that they did not answer stay counted.
    """

    def back(one: CheckIn, _: datetime) -> dict[str, Any]:
        return back_in_line(one) | {"priority": one.priority + (one.status is Status.parked)}

    return change(core, id, by, expected_revision, EventKind.returned, Status.waiting, back)


def park(
    core: StoreCore, id: str, by: str, expected_revision: int | None = None, place: str = ""
) -> CheckIn:
    """Note that one has gone elsewhere, to the laboratory say, and is coming back.

    Who was called to be sent there has answered the calls. `place` says where, as the event's
    reason. Raises InvalidArrival for one that cannot be shown.
    """
    check_text("place", place)

    def gone(one: CheckIn, _: datetime) -> dict[str, Any]:
        return {"room": None, "calls": one.calls if one.status is Status.waiting else 0}

    return change(
        core,
        id,
        by,
        expected_revision,
        EventKind.parked,
        Status.parked,
        gone,
        reason=place or None,
    )


def transfer(
    core: StoreCore, id: str, service: str, by: str, expected_revision: int | None = None
) -> CheckIn:
    """Send one who is still here to another service (slug); ticket and status stay."""
    return change(
        core, id, by, expected_revision, EventKind.transferred, among=OPEN, service=service
    )


def set_priority(
    core: StoreCore, id: str, priority: int, by: str, expected_revision: int | None = None
) -> CheckIn:
    """Set the priority, 0 unless staff raise it, of one who is still here."""
    return change(
        core, id, by, expected_revision, EventKind.priority_set, among=OPEN, priority=priority
    )


def set_room(
    core: StoreCore, id: str, room: str, by: str, expected_revision: int | None = None
) -> CheckIn:
    """Send one who was called or is in service to another room; who was called is called there."""

    def there(one: CheckIn, at: datetime) -> dict[str, Any]:
        return {"called_at": at} if one.status is Status.called else {}

    among = {Status.called, Status.in_service}
    return change(
        core, id, by, expected_revision, EventKind.room_set, None, there, among, room=room
    )


def answer_urgent(core: StoreCore, id: str, by: str) -> CheckIn:
    """Note that `by` is going to an urgent check-in; the first to answer stays the one."""
    with core.writing() as day:
        check_in = find(day, id)
        if check_in.number in day.steps().answered:
            return check_in
        if check_in.status not in OPEN:
            raise IllegalTransition(check_in.ticket, check_in.status, EventKind.answered)
        return core.commit(day, [edit(core, day, check_in, EventKind.answered, by)])[0]


def answered_by(core: StoreCore, id: str) -> str | None:
    """Say who is going to an urgent check-in; None if nobody has said so."""
    with core.reading() as day:
        return day.steps().answered.get(day.ids.get(id, 0))


def _ended(_: CheckIn, at: datetime) -> dict[str, Any]:
    return {"ended_at": at}
