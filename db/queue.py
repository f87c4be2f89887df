"""Who stands in the queue, and the order in which they are called; pure."""

from bisect import insort
from datetime import datetime

from db.checkin import CheckIn, Status


def order(check_in: CheckIn) -> tuple[bool, int, datetime, int]:
    """Sort key: urgent first, then priority, then arrival; the ticket's number never counts."""
    return not check_in.urgent, -check_in.priority, check_in.arrived_at, check_in.number


def put_in(line: list[CheckIn], one: CheckIn) -> None:
    """Put somebody into a line that is in order; hardly ever but at its end."""
    if not line or order(line[-1]) < order(one):
        line.append(one)
    else:
        insort(line, one, key=order)


def is_queued(check_in: CheckIn) -> bool:
    """Say whether the check-in stands in the queue: waiting or called."""
    return check_in.status in (Status.waiting, Status.called)
