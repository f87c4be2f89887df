"""How long somebody will wait until they are called, as a range; pure.

The queue is played through from now on, some hundred times, with what past days and today say of
visits, no-shows and rooms. Eight in ten of the plays lie within the range.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
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

AWAY = 3, 15
"""Least and most minutes a room may let people wait before it counts as not working now."""

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
        (sum(room.suits(one) << n for n, room in enumerate(working)), _visits(history, one.service))
        for one in line
    ]
    coming = 0.0
    if not check_in.urgent and check_in.priority <= 0:
        offered = {slug for room in working for slug in room.services or history.arrivals}
        share = sum(n for slug, n in history.arrivals.items() if slug in offered)
        coming = history.out_of_turn[int(minute // 60) % 24]
        coming *= share / max(1, sum(history.arrivals.values()))
    random = Random(1)  # noqa: S311 - the same question has the same answer
    plays = sorted(_play(random, working, people, history, coming) for _ in range(PLAYS))
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
    going_on = [stay for stay in mine if stay.outcome is None]
    ended = [stay.ended for stay in mine if stay.ended]
    _learn_pace(room, mine, history)
    room.busy = [
        (_visits(history, stay.service), (now - stay.called).total_seconds() / 60 if n == 0 else 0)
        for n, stay in enumerate(going_on)
    ]
    works: bool | None = bool(going_on)
    if not going_on:
        left = {stay.number: stay.ended for stay in stays if stay.ended}
        came = min(
            max(one.arrived_at, left.get(one.number, one.arrived_at))
            for one in line
            if room.suits(one)
        )
        free = max([came, *ended])
        law = history.reaction if free == came else history.turnover
        empty = max(0.0, (now - free).total_seconds() / 60)
        room.gap = law, empty
        least, most = AWAY
        if empty > min(max(law.minutes[POINTS * 98 // 100], least), most):
            works = False
        else:
            works = bool(ended) or None
    return _guess_hours(room, works, history.rooms.get(room.name, []), minute)


def _learn_pace(room: _Room, mine: Sequence[Stay], history: History) -> None:
    """Weigh what the room's visits of today say of its pace against how much rooms differ."""
    said, weight = 0.0, 1 / history.differ**2
    for stay in mine:
        if stay.outcome is Status.done and stay.ended and stay.minutes <= FORGOTTEN:
            law = _visits(history, stay.service)
            said += (log(max(stay.minutes, 0.1)) - law.middle) / law.spread**2
            weight += 1 / law.spread**2
    room.pace, room.unsure = said / weight, sqrt(1 / weight)


def _guess_hours(
    room: _Room, works: bool | None, days: Sequence[Sequence[Span]], minute: float
) -> bool:
    """Let the room go on as it did on the past days on which it stood as it does now."""
    hours = []
    for spans in days:
        now = [span for span in spans if span.start <= minute < (span.end or inf)]
        later = [span.start - minute for span in spans if span.start > minute]
        if works in (None, bool(now)):
            stops = (now[0].end or inf) - minute if now else 0.0
            hours.append((stops, later[0] if later else inf))
    if len(hours) >= ALIKE:
        room.hours = hours
        return any(stops > 0 or starts < inf for stops, starts in hours)
    return works is not False


def _play(
    random: Random,
    rooms: Sequence[_Room],
    people: Sequence[tuple[int, Law]],
    history: History,
    coming: float,
) -> float:
    """Play the queue through once: minutes until the last in line is called, or infinity.

    `people` have a bit for each room that suits them; `coming` is the rate of those out of turn.
    """
    chance = random.random
    missing, turnover = history.missing.minutes, history.turnover.minutes
    gone, seen = history.gave_up, history.gave_up + history.missed
    paces, ready, hours = [], [], []
    for room in rooms:
        pace = exp(room.pace + room.unsure * random.gauss(0, 1))
        stops, starts = (
            minutes + (chance() - 0.5) * QUARTER if minutes else 0.0
            for minutes in room.hours[int(chance() * len(room.hours))]
        )
        at = 0.0
        for law, taken in room.busy:
            at += pace * _left(law, taken / pace, chance()) + turnover[int(chance() * POINTS)]
        if room.gap is not None:
            law, taken = room.gap
            at = _left(law, taken, chance())
        paces.append(pace)
        ready.append(at if at < stops else max(at, starts))
        hours.append((stops, starts) if at < stops else (inf, inf))
    line = [(suits, law.minutes) for suits, law in people]
    everybody, anyone = (1 << len(rooms)) - 1, history.visits[""].minutes
    comes = random.expovariate(coming) if coming else inf
    while (at := min(ready)) < inf:
        while comes <= at:
            line.insert(0, (everybody, anyone))
            comes += random.expovariate(coming)
        n = ready.index(at)
        place = next((place for place, (suits, _) in enumerate(line) if suits >> n & 1), None)
        if place is None:
            ready[n] = inf
            continue
        if place == len(line) - 1:
            return at
        _, visit = line.pop(place)
        what = chance()
        if what < gone:
            continue
        takes = missing if what < seen else visit
        pace = 1.0 if what < seen else paces[n]
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
