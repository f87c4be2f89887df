"""How long somebody will wait until they are called, as a range; pure.

The queue is played through from now on, some hundred times, with what past days and today say of
visits, no-shows and rooms. Eight in ten of the plays lie within the range.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from math import ceil, exp, floor, inf, log, sqrt
from random import Random

from msgspec import Struct

from db.checkin import CheckIn, Status
from db.figures import FORGOTTEN, QUARTER, Span
from db.history import POINTS, History, Law
from db.queue import order
from db.stays import Stay

PLAYS = 200
"""Enough for the ends of the range to be known to some two per cent of people."""

NEW = 5
"""Minutes after their arrival in which staff give people priority, if they do."""

SHARED = 0.7
"""Correlation of a room's pace with the day's: half of what makes it unlike is common to all."""

ALIKE = 3
"""Past days on which a room stood as it does now, below which its hours are not guessed."""

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


class _Room:
    """A room as it stands now, and what may become of it."""

    def __init__(self, name: str, services: Collection[str]) -> None:
        self.name = name
        self.services = services
        self.pace = 0.0
        self.unsure = 0.0
        """Logarithm of the pace of whoever works there, and its standard deviation."""
        self.busy: list[tuple[Law, float]] = []
        """Visits that go on or are next, and the minutes they have taken."""
        self.gap: tuple[Law, float] | None = None
        """Until a free room calls, and the minutes that it has been free to."""
        self.hours: list[tuple[float, float]] = [(inf, inf)]
        """Equally likely: minutes from now until it stops, and until it goes on."""

    def suits(self, one: CheckIn) -> bool:
        return one.urgent or not self.services or one.service in self.services


def expected_wait(
    check_in: CheckIn,
    queue: Sequence[CheckIn],
    stays: Sequence[Stay],
    rooms: Mapping[str, Collection[str]],
    history: History,
    now: datetime,
    minute: float,
) -> Wait | None:
    """Estimate the wait of one who is waiting; None where nobody can tell.

    `queue` is in calling order, `stays` are today's, `rooms` the services each room offers
    (empty: all), `minute` is `now` in minutes after the clinic's midnight. Nobody can tell when
    more than one play in ten ends without a call: no room for the service works, or will.
    """
    own = order(check_in)
    ahead = [one for one in queue if one.status is Status.waiting and order(one) < own]
    line = [*ahead, check_in]
    known = dict(rooms) | {stay.room: () for stay in stays if stay.room not in rooms}
    working = []
    for name, services in known.items():
        room = _Room(name, services)
        if any(map(room.suits, line)) and _stands(room, line, stays, history, now, minute):
            working.append(room)
    if not any(room.suits(check_in) for room in working):
        return None
    people = [
        (
            sum(room.suits(one) << n for n, room in enumerate(working)),
            _visits(history, one.service).minutes,
            _minutes(now, one.arrived_at),
        )
        for one in line
    ]
    coming = 0.0
    if not check_in.urgent and check_in.priority <= 0:
        offered = {slug for room in working for slug in room.services or history.arrivals}
        share = sum(n for slug, n in history.arrivals.items() if slug in offered)
        coming = history.out_of_turn[int(minute // 60) % 24]
        coming *= share / max(1, sum(history.arrivals.values()))
    random = Random(1)  # noqa: S311 - the same question has the same answer
    new = coming and _minutes(now, check_in.arrived_at) < NEW
    before = sum(one.urgent or one.priority > 0 for one in ahead)
    plays = sorted(
        _play(
            random,
            working,
            [*people[:before], people[-1]]
            if new and random.random() < history.preferred
            else people,
            history,
            coming,
        )
        for _ in range(PLAYS)
    )
    low, middle, high = (plays[round(PLAYS * part)] for part in (0.1, 0.5, 0.9))
    return None if high == inf else Wait(low, middle, high)


def _visits(history: History, service: str) -> Law:
    visits = history.visits
    return visits.get(service) or visits.get("other") or visits[""]


def _stands(
    room: _Room,
    line: Sequence[CheckIn],
    stays: Sequence[Stay],
    history: History,
    now: datetime,
    minute: float,
) -> bool:
    """Find out how a room stands; False if it does not work and nothing says that it will."""
    mine = [stay for stay in stays if stay.room == room.name]
    _learn_pace(room, mine, history)
    going_on = [stay for stay in mine if stay.outcome is None]
    if going_on:
        taken = _minutes(now, going_on[0].called)
        room.busy = [(_visits(history, going_on[0].service), taken)]
        room.busy += [(_visits(history, stay.service), 0.0) for stay in going_on[1:]]
        room.hours = _hours(history.rooms.get(room.name, []), minute, minute - taken, lambda _: 1.0)
        return True
    left = {stay.number: stay.ended for stay in stays if stay.ended}
    there = min(
        max(one.arrived_at, left.get(one.number, one.arrived_at)) for one in line if room.suits(one)
    )
    ended = max((stay.ended for stay in mine if stay.ended), default=None)
    idle = ended is None or there > ended
    law = history.reaction if idle else history.turnover
    empty = _minutes(now, there if ended is None or idle else ended)
    room.gap = law, empty

    def patient(opened: float) -> float:
        """Give the chance that a room that opened then has called nobody until now."""
        since = min(empty, minute - opened)
        return 1 - bisect_left(law.minutes, since) / POINTS

    days = (history.idle_rooms if idle else history.rooms).get(room.name, [])
    last = None if ended is None else minute - _minutes(now, ended)
    room.hours = _hours(days, minute, last, patient)
    return any(stops > 0 or starts < inf for stops, starts in room.hours)


def _minutes(now: datetime, then: datetime) -> float:
    return max(0.0, (now - then).total_seconds() / 60)


def _learn_pace(room: _Room, mine: Sequence[Stay], history: History) -> None:
    """Weigh what the room's visits of today say of its pace against how much rooms differ."""
    said, weight = 0.0, 1 / history.differ**2
    for stay in mine:
        if stay.outcome is Status.done and stay.ended and stay.minutes <= FORGOTTEN:
            law = _visits(history, stay.service)
            said += (log(max(stay.minutes, 0.1)) - law.middle) / law.spread**2
            weight += 1 / law.spread**2
    room.pace, room.unsure = said / weight, sqrt(1 / weight)


def _hours(
    days: Sequence[Sequence[Span]],
    minute: float,
    last: float | None,
    likely: Callable[[float], float],
) -> list[tuple[float, float]]:
    """Let a room go on as on the past days on which it worked at `last`, when it did today.

    Gives as `_Room.hours`. A day on which it would be working now counts as far as it is `likely`
    that it has called nobody since it opened. `last` is None for a room that has not worked yet.
    """
    hours, alike = [], 0
    for spans in days:
        if last is not None and not any(
            span.start - QUARTER / 2 <= last <= span.end + QUARTER / 2 for span in spans
        ):
            continue
        alike += 1
        now = [span for span in spans if span.start <= minute < span.end]
        starts = min((span.start - minute for span in spans if span.start > minute), default=inf)
        if now:
            stops = now[0].end - minute
            hours += [(stops, starts)] * round(20 * likely(now[0].start))
        else:
            hours += [(0.0, starts)] * 20
    if alike >= ALIKE:
        return hours
    return [(inf, inf)] if likely(-inf) > 1 / 20 else [(0.0, inf)]


def _play(
    random: Random,
    rooms: Sequence[_Room],
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
        paces.append(pace)
        ready.append(at if at < stops else max(at, starts))
        hours.append((stops, starts) if at < stops else (inf, inf))
    line = list(people)
    anybody = (1 << len(rooms)) - 1, history.visits[""].minutes, 0.0
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
