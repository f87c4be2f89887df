"""The order in which people are called, and what follows from it; pure."""

from collections.abc import Collection, Iterable
from datetime import datetime

from db.checkin import CheckIn, Status


def order(check_in: CheckIn) -> tuple[bool, int, datetime, int]:
    """Sort key: urgent first, then priority, then arrival; the ticket's number never counts."""
    return not check_in.urgent, -check_in.priority, check_in.arrived_at, check_in.number


def is_queued(check_in: CheckIn) -> bool:
    """Say whether the check-in stands in the queue: waiting or called."""
    return check_in.status in (Status.waiting, Status.called)


def position(check_in: CheckIn, queue: Iterable[CheckIn]) -> int:
    """Count the people in `queue` who are waiting and will be called before `check_in`."""
    if check_in.status is not Status.waiting:
        return 0
    own = order(check_in)
    return sum(other.status is Status.waiting and order(other) < own for other in queue)


def next_in_line(
    queue: Iterable[CheckIn], service: str | None = None, services: Collection[str] = ()
) -> CheckIn | None:
    """Pick whom to call next from `queue`, which is in calling order.

    `service` asks for one service; `services` are those the room offers, empty for all. An
    urgent check-in suits every room, whatever its service.
    """
    for check_in in queue:
        suits = not services or check_in.service in services
        if check_in.status is Status.waiting and (
            check_in.urgent or (suits and service in (None, check_in.service))
        ):
            return check_in
    return None
