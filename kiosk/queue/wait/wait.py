"""How long somebody will wait until they are called, as a range; pure.

The queue is played through from now on, some hundred times, with what past days and today say of
visits, no-shows and rooms. Eight in ten of the plays lie within the range.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from math import ceil, exp, floor, inf, sqrt
from random import Random

from msgspec import Struct

from db import QUARTER, CheckIn, Status, Stay
from kiosk.queue.wait.history import POINTS, History, Law
from kiosk.queue.wait.rooms_now import NOBODY, Room, minutes_since, working_rooms

PLAYS = 200
"""Enough for the ends of the range to be known to some two per cent of people."""

MOST_AHEAD = 60
"""People ahead beyond which nobody can tell: hours, and a play takes as long as they are many."""

NEW = 5
"""Minutes after their arrival in which staff give people priority, if they do."""

SHARED = 0.7
"""Correlation of a room's pace with the day's: half of what makes it unlike is common to all."""

STEP = 5
"""Minutes to which a range is shown."""


class Wait(Struct, frozen=True):
    """Minutes from now until the call: eight in ten people wait between `low` and `high`."""

    low: float
    middle: float
    high: float

    @property
    def shown(self) -> tuple[int, int]:
        """The range to say aloud: rounded outward to five minutes."""
        low = floor(self.low / STEP) * STEP
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
) -> Wait | None:
    """Estimate the wait of one who is waiting; None where nobody can tell.

    `queue` is in calling order and they are in it, `stays` are today's, `rooms` the services
    each room offers (empty: all), `minute` is `now` in minutes after the clinic's midnight,
    `paused` are the minutes until rooms come back from a break that staff have said.
    Nobody can tell when more than one play in ten ends without a call: no room for the service
    works, or will.
    """
    before_me = takewhile(lambda one: one.number != check_in.number, queue)
    ahead = [one for one in before_me if one.status is Status.waiting]
    if len(ahead) > MOST_AHEAD:
        return None
    line = [*ahead, check_in]
    working = working_rooms(rooms, line, stays, history, now, minute, paused)
    if not any(room.suits(check_in) for room in working):
        return None
    people = [
        (
            sum(room.suits(one) << n for n, room in enumerate(working)),
            history.visit(one.service).minutes,
            minutes_since(now, one.arrived_at),
        )
        for one in line
    ]
    coming = preferred = 0.0
    if not check_in.urgent and check_in.priority <= 0:
        offered = {slug for room in working for slug in room.services or history.arrivals}
        share = sum(n for slug, n in history.arrivals.items() if slug in offered)
        coming = history.out_of_turn[int(minute // 60) % 24]
        coming *= share / max(1, sum(history.arrivals.values()))
        preferred = history.preferred if minutes_since(now, check_in.arrived_at) < NEW else 0.0
    before = sum(one.urgent or one.priority > 0 for one in ahead)
    in_front = [*people[:before], people[-1]]
    random = Random(1)  # noqa: S311 - the same question has the same answer
    plays = []
    for _ in range(PLAYS):
        queued = in_front if random.random() < preferred else people
        plays.append(_play(random, working, queued, history, coming))
    plays.sort()
    low, middle, high = (plays[round(PLAYS * part)] for part in (0.1, 0.5, 0.9))
    return None if high == inf else Wait(low, middle, high)


def _play(
    random: Random,
    rooms: Sequence[Room],
    people: Sequence[tuple[int, Sequence[float], float]],
    history: History,
    coming: float,
) -> float:
    """Play the queue through once: minutes until the last in line is called, or infinity.

    `people` have a bit for each room that suits them, equally likely visits, and the minutes they
    have waited; `coming` is the rate of those who come and are called out of turn.
    """
    chance = random.random
    missing, turnover = history.missing.minutes, history.turnover.minutes
    gave_up, missed = history.gave_up, history.missed
    paces, ready, hours = [], [], []
    notices = chance()  # whoever looks up calls to any room that is free
    whole_day = random.gauss(0, SHARED)
    for room in rooms:
        pace = exp(room.pace + room.unsure * random.gauss(whole_day, sqrt(1 - SHARED**2)))
        stops, starts = (
            minutes + (chance() - 0.5) * QUARTER if minutes else 0.0
            for minutes in room.hours[int(chance() * len(room.hours))]
        )
        at = 0.0
        for law, taken in room.busy:
            at += pace * _left(law, taken / pace, chance()) + turnover[int(chance() * POINTS)]
        if room.gap is not None:
            law, taken = room.gap
            at = _left(law, taken, notices)
            at += room.paused
        at = max(at, room.paused)
        paces.append(pace)
        ready.append(at if at < stops else max(at, starts))
        hours.append((stops, starts) if at < stops else (inf, inf))
    line = list(people)
    anybody = (1 << len(rooms)) - 1, history.anybody.minutes, 0.0
    comes = random.expovariate(coming) if coming else inf
    while (at := min(ready)) < inf:
        while comes <= at:
            line.insert(0, anybody)
            comes += random.expovariate(coming)
        n = ready.index(at)
        mine = 1 << n
        for place, (suits, takes, waited) in enumerate(line):  # noqa: B007 - it is used
            if suits & mine:
                break
        else:
            ready[n] = inf
            continue
        if place == len(line) - 1:
            return at
        del line[place]
        what, pace = chance() - gave_up * (waited + at), paces[n]
        if what < 0:
            continue
        if what < missed:
            takes, pace = missing, 1.0
        at += pace * takes[int(chance() * POINTS)] + turnover[int(chance() * POINTS)]
        stops, starts = hours[n]
        if at >= stops:
            at, hours[n] = max(at, starts), (inf, inf)
        ready[n] = at
    return inf


def _left(law: Law, taken: float, chance: float) -> float:
    """Draw how many more minutes something takes that has taken some already."""
    shorter = bisect_right(law.minutes, taken)
    if shorter == POINTS:  # longer than anything known: forgotten, or about to end
        return chance * law.minutes[POINTS // 2]
    return law.minutes[shorter + int(chance * (POINTS - shorter))] - taken
