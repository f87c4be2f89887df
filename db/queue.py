"""Who stands in the queue, and the order in which they are called; pure."""

from bisect import insort
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from db.checkin import CheckIn, Status


class Order(StrEnum):
    """What counts among those who are neither urgent nor put first."""

    arrival = "arrival"
    appointment = "appointment"
    """Whose confirmed appointment has come is called before the others."""


def by_arrival(check_in: CheckIn) -> tuple[bool, int, datetime, int]:
    """Sort key: urgent first, then priority, then arrival; the ticket's number never counts."""
    return not check_in.urgent, -check_in.priority, check_in.arrived_at, check_in.number


def by_appointment(
    check_in: CheckIn, now: datetime
) -> tuple[bool, int, bool, datetime, datetime, int]:
    """Sort key: of equal priority those who are due come first, by appointment."""
    due = check_in.due_at if is_due(check_in, now) else None
    came = check_in.arrived_at
    return (
        not check_in.urgent,
        -check_in.priority,
        due is None,
        due or came,
        came,
        check_in.number,
    )


def is_due(check_in: CheckIn, now: datetime) -> bool:
    """Say whether an appointment that staff confirmed has come; who is urgent waits for none."""
    return check_in.due_at is not None and check_in.due_at <= now and not check_in.urgent


def in_turn(line: Sequence[CheckIn], order: Order, now: datetime) -> list[CheckIn]:
    """Give a line, which is in order of arrival, as it is called if nothing happens."""
    match order:
        case Order.arrival:
            return list(line)
        case Order.appointment:
            return sorted(line, key=lambda one: by_appointment(one, now))
    assert_never(order)


def queue_of(check_ins: Iterable[CheckIn], order: Order, now: datetime) -> list[CheckIn]:
    """Give those of `check_ins` who stand in the queue, in turn."""
    return in_turn(sorted(filter(is_queued, check_ins), key=by_arrival), order, now)


def put_in(line: list[CheckIn], one: CheckIn) -> None:
    """Put somebody into a line that is by arrival; hardly ever but at its end."""
    if not line or by_arrival(line[-1]) < by_arrival(one):
        line.append(one)
    else:
        insort(line, one, key=by_arrival)


def is_queued(check_in: CheckIn) -> bool:
    """Say whether the check-in stands in the queue: waiting or called."""
    return check_in.status in (Status.waiting, Status.called)
