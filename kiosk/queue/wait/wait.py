"""How long somebody will wait until they are called, as a range; pure.

The queue is played through from now on, some hundred times, with what past days and today say of
visits, no-shows and rooms. Eight in ten of the plays lie within the range.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from math import ceil, floor, inf
from random import Random
from typing import assert_never

from msgspec import Struct, structs

from db import CheckIn, Order, Status, Stay
from kiosk.queue.wait.history import History
from kiosk.queue.wait.play import Coming, Person, line_of, play
from kiosk.queue.wait.rooms_now import NOBODY, Room, minutes_since, working_rooms

PLAYS = 200
"""Enough for the ends of the range to be known to some two per cent of people."""

MOST_AHEAD = 60
"""People ahead beyond which nobody can tell: hours, and a play takes as long as they are many."""

NEW = 5
"""Minutes after their arrival in which staff put people first, or confirm what they said."""

STEP = 5
"""Minutes to which a range is shown."""


class Wait(Struct, frozen=True):
    """Minutes from now until the call: eight in ten people wait between `low` and `high`."""

    low: float
    middle: float
    high: float
    due: float = 0.0
    """Minutes until their confirmed appointment, before which no call is promised."""

    @property
    def shown(self) -> tuple[int, int]:
        """The range to say aloud: rounded outward to five minutes, never to before they are due."""
        low = max(floor(self.low / STEP), ceil(self.due / STEP)) * STEP
        return low, max(ceil(self.high / STEP) * STEP, low + STEP)


def expected_wait(
    check_in: CheckIn,
    queue: Sequence[CheckIn],
    stays: Sequence[Stay],
    rooms: Mapping[str, Collection[str]],
    history: History,
    now: datetime,
    minute: float,
    paused: Mapping[str, float] = NOBODY,
    order: Order = Order.arrival,
) -> Wait | None:
    """Estimate the wait of one who is waiting; None where nobody can tell.

    `queue` is in calling order, which is by `order`, and they are in it, `stays` are today's,
    `rooms` the services each room offers (empty: all), `minute` is `now` in minutes after the
    clinic's midnight, `paused` are the minutes until rooms come back from a break that staff have
    said. Nobody can tell when more than one play in ten ends without a call: no room for the
    service works, or will.
    """
    waiting = [one for one in queue if one.status is Status.waiting]
    ahead = list(takewhile(lambda one: one.number != check_in.number, waiting))
    if len(ahead) > MOST_AHEAD:
        return None
    line = [*ahead, check_in]
    working = working_rooms(rooms, line, stays, history, now, minute, paused)
    if not any(room.suits(check_in) for room in working):
        return None
    people = [_person(one, working, history, now, order) for one in line]
    me = people[-1]
    overtaking = [one for one in waiting[len(line) :] if _overtakes(one, order)]
    people += [_person(one, working, history, now, order) for one in overtaking]
    me_first = _person(structs.replace(check_in, priority=1), working, history, now, order)
    before = sum(one.urgent or one.priority > 0 for one in ahead)
    as_ever, put_first = line_of(people, me), line_of([*people[:before], me_first], me_first)
    confirmed_then, coming, preferred, confirmed = as_ever, Coming(), 0.0, 0.0
    if not check_in.urgent and check_in.priority <= 0:
        coming = _coming(working, history, minute, order)
        if minutes_since(now, check_in.arrived_at) < NEW:
            preferred = history.preferred
            if (said := _said(check_in, minute, order)) is not None:
                confirmed = preferred + (1 - preferred) * history.confirmed
                me_then = (*me[:-1], said)
                confirmed_then = line_of(
                    [one if one is not me else me_then for one in people], me_then
                )
    due = _minutes_until(check_in.due_at, now) if not check_in.urgent else 0.0
    random = Random(1)  # noqa: S311 - the same question has the same answer
    plays = []
    for _ in range(PLAYS):
        becomes = random.random()
        if becomes < preferred:
            queued = put_first
        else:
            queued = confirmed_then if becomes < confirmed else as_ever
        plays.append(max(due, play(random, working, queued, history, coming)))
    plays.sort()
    low, middle, high = (plays[round(PLAYS * part)] for part in (0.1, 0.5, 0.9))
    return None if high == inf else Wait(low, middle, high, due)


def _person(
    one: CheckIn, working: Sequence[Room], history: History, now: datetime, order: Order
) -> Person:
    suits = sum(room.suits(one) << n for n, room in enumerate(working))
    visits, waited = history.visit(one.service).minutes, minutes_since(now, one.waits_from)
    return one.number, suits, visits, waited, _first_from(one, now, order)


def _first_from(one: CheckIn, now: datetime, order: Order) -> float:
    """Give the minutes from now after which somebody is called before the line."""
    match order:
        case Order.arrival:
            return inf
        case Order.appointment if one.urgent or one.priority > 0:
            return -inf
        case Order.appointment:
            return inf if one.due_at is None else (one.due_at - now).total_seconds() / 60
    assert_never(order)


def _said(one: CheckIn, minute: float, order: Order) -> float | None:
    """Give the minutes until an appointment that staff may confirm, where that changes a turn."""
    match order:
        case Order.arrival:
            return None
        case Order.appointment:
            if one.due_at is not None or one.appointment_time is None:
                return None
            hours, minutes = one.appointment_time.split(":")
            return int(hours) * 60 + int(minutes) - minute
    assert_never(order)


def _overtakes(one: CheckIn, order: Order) -> bool:
    """Say whether somebody behind may be called first all the same: once they are due."""
    match order:
        case Order.arrival:
            return False
        case Order.appointment:
            return one.due_at is not None
    assert_never(order)


def _coming(working: Iterable[Room], history: History, minute: float, order: Order) -> Coming:
    """Give who will come and be called before others, by what the rooms offer."""
    offered = {slug for room in working for slug in room.services or history.arrivals}
    known = sum(n for slug, n in history.arrivals.items() if slug in offered)
    share = known / max(1, sum(history.arrivals.values()))
    hour = int(minute // 60) % 24
    match order:
        case Order.arrival:
            return Coming(out_of_turn=history.out_of_turn[hour] * share)
        case Order.appointment:
            return Coming(
                out_of_turn=history.out_of_turn[hour] * share,
                booked=history.booked[hour] * share,
                early=history.early,
            )
    assert_never(order)


def _minutes_until(then: datetime | None, now: datetime) -> float:
    return max(0.0, (then - now).total_seconds() / 60) if then else 0.0
