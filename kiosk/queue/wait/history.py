"""What the figures of past days say of visits, no-shows and rooms, pooled; pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from math import exp, fsum, log, sqrt

from msgspec import Struct

from db import FEWEST, QUARTER, Figures, Span, Times

ENOUGH_DAYS = 5
"""Past days with figures before they say anything: fewer do not show how much days differ."""

ENOUGH_VISITS = 30
"""Timed visits before they say anything: their mean is then known to about a tenth."""

POINTS = 512
"""How finely a law is told; the longest of so many lies at 99.9 per cent."""

MISSED = Times(0, 4.0, 0.5)
TURNOVER = REACTION = Times(0, 1.0, 0.8)
"""What is taken for granted while no day had five of them: a few minutes of waiting for somebody
who does not come, about one until the next is called."""

NOT_EARLY = Times(1, 0.0, 0.0)
"""What is taken for how early booked people come, where no day had five of them."""

FEW = 0.05
"""Share of people that a count too small to be told stands for, up to two people a day: one in
twenty is usual for those who do not come, and for those who are preferred."""

NEVER = 48 * 60
"""Minutes after midnight at which a room closes of which nobody knows that it does."""

DIFFER = 0.15, 0.4
"""Bounds for how much practitioners differ, should the figures say less or more."""


@cache
def _normal() -> list[float]:
    """Give POINTS equally likely values of the normal distribution, in order."""
    from statistics import NormalDist  # slow to import, and not needed to start

    return [NormalDist().inv_cdf((n + 0.5) / POINTS) for n in range(POINTS)]


class Law:
    """How long something takes (lognormal, keeping the mean)."""

    def __init__(self, times: Times) -> None:
        self.spread = max(times.spread, 0.05)
        self.middle = log(max(times.mean, 0.1)) - self.spread**2 / 2
        """Logarithm of the median, in minutes."""
        self.minutes = [exp(self.middle + self.spread * point) for point in _normal()]
        """POINTS equally likely values, in order."""


class History(Struct, frozen=True, kw_only=True):
    """Past days, pooled."""

    visits: dict[str, Law]
    """From call to end, by service; "other" holds rare ones."""
    anybody: Law
    """From call to end, whatever for."""
    arrivals: dict[str, int]
    """People by service."""
    gave_up: float
    """Who leaves before their call, and tells: people a minute of waiting."""
    missed: float
    """Share of calls that nobody comes to."""
    missing: Law
    """How long a room waits for them."""
    turnover: Law
    reaction: Law
    out_of_turn: list[float]
    """Urgent and priority arrivals a minute, by hour of the day."""
    booked: list[float]
    """Arrivals with a confirmed appointment a minute, by hour of the day."""
    early: float
    """Minutes before it that they come."""
    confirmed: float
    """Share of appointments that people say they have which staff confirm."""
    preferred: float
    """Share of people whom staff give priority."""
    differ: float
    """How much the pace of practitioners differs: standard deviation of its logarithm."""
    rooms: dict[str, list[list[Span]]]
    """When each room worked, day by day, and would have with people waiting; empty: it did not."""
    idle_rooms: dict[str, list[list[Span]]]
    """The same, nobody waiting for it."""

    def visit(self, service: str) -> Law:
        """Say how long a visit takes; one unheard of takes as long as the rare ones, or any."""
        return self.visits.get(service) or self.visits.get("other") or self.anybody


def history_of(figures: Sequence[Figures]) -> History | None:
    """Pool the figures of past days; None while there is too little for an honest number."""
    timed = [day for day in figures if any(one.visits for one in day.by_service.values())]
    by_service: dict[str, list[Times]] = defaultdict(list)
    arrivals: dict[str, int] = defaultdict(int)
    for day in timed:
        for slug, service in day.by_service.items():
            arrivals[slug] += service.arrivals
            if service.visits is not None:
                by_service[slug].append(service.visits)
    everyone = [one for some in by_service.values() for one in some]
    if len(timed) < ENOUGH_DAYS or sum(one.people for one in everyone) < ENOUGH_VISITS:
        return None
    rooms = {
        room: [day.rooms[room].worked if room in day.rooms else [] for day in timed]
        for room in {room for day in timed for room in day.rooms}
    }
    came = max(1, sum(day.arrivals for day in timed))
    waited = fsum(day.waited.people * day.waited.mean for day in timed if day.waited)
    booked = [(day.booked.people if day.booked else None, day.arrivals) for day in timed]
    said = [(day.said_booked, day.arrivals) for day in timed]
    return History(
        visits={slug: Law(pooled(some)) for slug, some in by_service.items()},
        anybody=Law(pooled(everyone)),
        arrivals=arrivals,
        gave_up=_people((day.gave_up, day.arrivals) for day in timed) / max(15 * came, waited),
        missed=_people((day.missed.people if day.missed else None, day.arrivals) for day in timed)
        / came,
        missing=Law(pooled([day.missed for day in timed if day.missed] or [MISSED])),
        turnover=Law(pooled([day.turnover for day in timed if day.turnover] or [TURNOVER])),
        reaction=Law(pooled([day.reaction for day in timed if day.reaction] or [REACTION])),
        out_of_turn=_a_minute(timed, ((day.out_of_turn, day.arrivals) for day in timed)),
        booked=_a_minute(timed, booked),
        confirmed=min(1.0, _people(booked) / max(1.0, _people(said))),
        early=pooled([day.booked for day in timed if day.booked] or [NOT_EARLY]).mean,
        preferred=_people((day.preferred, day.arrivals) for day in timed) / came,
        differ=_differ(by_service.values(), timed),
        rooms={room: _hours(days, idle=False) for room, days in rooms.items()},
        idle_rooms={room: _hours(days, idle=True) for room, days in rooms.items()},
    )


def _hours(days: list[list[Span]], *, idle: bool) -> list[list[Span]]:
    """Let a room that may have stayed open close as on a day on which it worked for longer.

    They take turns, so that closing times vary as they do. When it would have closed with people
    waiting nobody knows of the longest days (this is how Kaplan and Meier reckon); a room that
    has been idle is believed to be there for as long as it ever worked.
    """
    hours = list(days)
    later: list[int] = []
    by_end = sorted((n for n in range(len(days)) if days[n]), key=lambda n: days[n][-1].end)
    for n in reversed(by_end):
        *before, last = days[n]
        end = last.end
        if last.may_go_on:
            longest = last.end + QUARTER if idle else NEVER
            end = later[n % len(later)] if later else longest
            hours[n] = [*before, Span(last.start, end)]
        later.append(last.end if idle else end)
    return hours


def pooled(some: Sequence[Times]) -> Times:
    """Put several groups of people together, each with its own spread around its own mean."""
    people = sum(one.people for one in some)
    weights = [one.people / people if people else 1 / len(some) for one in some]
    mean = fsum(w * one.mean for w, one in zip(weights, some, strict=True))
    spread = sqrt(fsum(w * one.spread**2 for w, one in zip(weights, some, strict=True)))
    return Times(people, mean, spread)


def _people(counts: Iterable[tuple[int | None, int]]) -> float:
    """Add up counts, each with the day's arrivals; one too small to be told is taken as small."""
    return fsum(
        min((FEWEST - 1) / 2, FEW * arrivals) if count is None else count
        for count, arrivals in counts
    )


def _a_minute(figures: Sequence[Figures], counts: Iterable[tuple[int | None, int]]) -> list[float]:
    """Spread people, counted as in `_people`, over the hours as all arrivals are."""
    share = _people(counts) / max(1, sum(day.arrivals for day in figures))
    return [share * each / len(figures) / 60 for each in _by_hour(figures)]


def _by_hour(figures: Sequence[Figures]) -> list[float]:
    """Give the arrivals of all days by hour; a merged cell is spread over its hours."""
    hours = [0.0] * 24
    for day in figures:
        for cell in day.by_hour:
            for hour in range(cell.start, cell.end):
                hours[hour % 24] += cell.people / (cell.end - cell.start)
    return hours


def _differ(services: Collection[Sequence[Times]], figures: Sequence[Figures]) -> float:
    """Estimate how much the pace differs, from room to room in a day and from day to day.

    What the chance of a few visits alone would bring about is taken off.
    """
    # What says little, because few came or all sorts of visits are one cell, weighs little.
    days = [_between_days(some) for some in services if len(some) >= ENOUGH_DAYS]
    weight = fsum(1 / chance**2 for _, chance in days)
    between = max(0.0, fsum(one / chance**2 for one, chance in days) / weight) if days else 0.0
    spread = pooled([one for some in services for one in some]).spread
    rooms = [room for day in figures for room in day.rooms.values() if len(day.rooms) > 1]
    if len(rooms) >= ENOUGH_DAYS:
        beyond = (log(room.pace) ** 2 - spread**2 / room.people for room in rooms)
        between += max(0.0, fsum(beyond) / len(rooms))
    least, most = DIFFER
    return min(max(sqrt(between), least), most)


def _between_days(some: Sequence[Times]) -> tuple[float, float]:
    """Give the variance of a service's mean from day to day (of the logarithm), and by chance."""
    logs = [log(max(one.mean, 0.1)) for one in some]
    middle = fsum(logs) / len(logs)
    chance = fsum(one.spread**2 / one.people for one in some) / len(some)
    variance = fsum((one - middle) ** 2 for one in logs) / (len(logs) - 1)
    return variance - chance, max(chance, 1e-6)
