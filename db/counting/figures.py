"""The figures of a closed day: counts and histograms without a ticket or an id; pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import fsum, log, sqrt
from typing import Annotated

from msgspec import Meta, Struct

from db.checkin import CheckIn, Event, Status
from db.counting.stays import DAY_CLOSED, Stay, gaps_of, shifts_of, stays_of
from db.counting.waiting import waits_until_called
from db.kinds import EventKind

FEWEST = 5
"""Fewer people than this might be recognised: their cell is merged with the one beside it."""

MANY = 20
"""People on one day among whom nobody is recognised by how it ended for how many of them."""

MINUTES = (0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 24 * 60)
"""Where the cells of waits and of times in service begin, and where the last one ends."""

FORGOTTEN = 180
"""Minutes in a room beyond which somebody forgot to say that the visit was over."""

QUARTER = 15
"""Minutes to which the hours of a room are rounded: they tell of the room, not of one visit."""


NotNegative = Annotated[float, Meta(ge=0)]
Count = Annotated[int, Meta(ge=0)]


class Cell(Struct, frozen=True):
    """`people` from `start` to before `end`: minutes, or hours of the clinic's day."""

    start: Count
    end: Count
    people: Count


class Times(Struct, frozen=True):
    """How long something took for `people`: minutes on average, and how much it varied."""

    people: Annotated[int, Meta(ge=1)]
    mean: NotNegative
    spread: NotNegative
    """Standard deviation of the natural logarithm; times under six seconds count as that."""


class Span(Struct, frozen=True):
    """When a room worked, in minutes after midnight, to the nearest quarter of an hour."""

    start: int
    end: int
    may_go_on: bool = False
    """Whether it may have stayed open: nobody was left waiting for what it does."""


class RoomFigures(Struct, frozen=True, kw_only=True):
    """What one room did; one with too few people is left out."""

    people: Annotated[int, Meta(ge=1)]
    pace: Annotated[float, Meta(gt=0)]
    """How long visits took here beside what is usual that day for their services: 1.1 is a tenth
    longer."""
    worked: list[Span]


class ServiceFigures(Struct, frozen=True, kw_only=True):
    """What came for one service; the histograms are in minutes."""

    arrivals: Count
    waits: list[Cell]
    """Until the first call, as `waited`."""
    in_service: list[Cell]
    visits: Times | None = None
    """From the call to the end: how long one person takes up a room."""


class Ends(Struct, frozen=True, kw_only=True):
    """What became of all who came on a day of at least MANY, by nothing but how many."""

    done: Count
    no_show: Count
    left: Count
    """Who went before their visit, as somebody noted."""
    day_over: Count
    """Whom the end of the day found still waiting."""


class Figures(Struct, frozen=True, kw_only=True):
    """One day; what was entered in error (void) is left out."""

    day: date
    arrivals: Count
    by_hour: list[Cell]
    """Arrivals by hour of the clinic's time."""
    waits: list[Cell]
    by_service: dict[str, ServiceFigures]
    """By slug; "other" holds the services too few people came for."""
    waited: Times | None = None
    """Until the first call, from arrival or a later appointment; without time elsewhere."""
    missed: Times | None = None
    """Calls that nobody came to: until staff noted a no-show or put them back."""
    gave_up: Count | None = None
    """Who left while waiting; None, here and below: fewer than five, or an older file."""
    out_of_turn: Count | None = None
    """Who was urgent, given priority, or next in line on coming back."""
    preferred: Count | None = None
    """Whose priority staff set."""
    said_booked: Count | None = None
    """Who said that they have an appointment, or of whom staff know it."""
    booked: Times | None = None
    """Whose appointment was confirmed, and how long before it they came."""
    turnover: Times | None = None
    """From the end of a visit to the next call in the room, somebody being there to call."""
    reaction: Times | None = None
    """From an arrival to the call, a room standing empty."""
    rooms: dict[str, RoomFigures] = {}
    ends: Ends | None = None
    """None: fewer than MANY came, or an older file."""


def figures_of(
    day: date,
    check_ins: Iterable[CheckIn],
    events: Collection[Event],
    local: Callable[[datetime], datetime],
) -> Figures:
    """Count a day; `local` turns a moment into the clinic's time."""
    arrived = [one for one in check_ins if one.status is not Status.void]
    stays = stays_of(arrived, events)
    called: dict[int, datetime] = {}
    for stay in stays:
        called.setdefault(stay.number, stay.called)
    waited = waits_until_called(arrived, events)
    undone = {event.undoes for event in events}
    guessed = {e.check_in for e in events if e.reason == DAY_CLOSED and e.id not in undone}
    preferred = {
        e.check_in for e in events if e.what is EventKind.priority_set and e.id not in undone
    }
    sizes = Counter(one.service for one in arrived)

    def cell_of(service: str) -> str:
        return service if sizes[service] >= FEWEST else "other"

    by_service: dict[str, list[CheckIn]] = defaultdict(list)
    for one in arrived:
        by_service[cell_of(one.service)].append(one)
    visits: dict[str, list[Stay]] = defaultdict(list)
    for stay in stays:
        if stay.outcome is Status.done and stay.ended is not None and stay.minutes <= FORGOTTEN:
            visits[cell_of(stay.service)].append(stay)
    usual = {slug: times(stay.minutes for stay in some) for slug, some in visits.items()}
    paces: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for slug, some in visits.items():
        for stay in some:
            if (known := usual[slug]) is not None:
                paces[stay.room].append((stay.minutes, known.mean))
    gaps = gaps_of(stays, arrived)
    stayed = guessed | called.keys()

    def waits(some: Iterable[CheckIn]) -> list[Cell]:
        known = (waited[one.number] for one in some if one.number in called)
        return cells_of(Counter(map(_cell, known)), MINUTES)

    def in_service(some: Iterable[CheckIn]) -> list[Cell]:
        known = (
            one.ended_at - one.began_at
            for one in some
            if one.status is Status.done and one.began_at and one.ended_at
            if one.number not in guessed and one.began_at < one.ended_at
        )
        return cells_of(Counter(map(_cell, known)), MINUTES)

    def minutes(moment: datetime) -> float:
        there = local(moment)
        return (there.date() - day).days * 1440 + there.hour * 60 + there.minute

    return Figures(
        day=day,
        arrivals=len(arrived),
        by_hour=cells_of(Counter(local(one.arrived_at).hour for one in arrived), range(25)),
        waits=waits(arrived),
        by_service={
            slug: ServiceFigures(
                arrivals=len(some),
                waits=waits(some),
                in_service=in_service(some),
                visits=usual.get(slug),
            )
            for slug, some in sorted(by_service.items())
            if len(some) >= FEWEST
        },
        waited=times(
            waited[one.number].total_seconds() / 60 for one in arrived if one.number in called
        ),
        missed=times(
            stay.minutes
            for stay in stays
            if stay.ended and stay.outcome in (Status.no_show, Status.waiting)
        ),
        gave_up=_count(one.status is Status.left and one.number not in stayed for one in arrived),
        out_of_turn=_count(one.urgent or one.priority > 0 for one in arrived),
        preferred=_count(one.number in preferred for one in arrived),
        said_booked=_count(one.appointment for one in arrived),
        booked=times(
            (one.waits_from - one.arrived_at).total_seconds() / 60 for one in arrived if one.due_at
        ),
        turnover=times(gap.minutes for gap in gaps if not (gap.was_idle or gap.is_break)),
        reaction=times(gap.minutes for gap in gaps if gap.was_idle and not gap.is_break),
        rooms={
            room: RoomFigures(
                people=len(timed),
                pace=round(
                    max(0.01, fsum(took for took, _ in timed)) / fsum(mean for _, mean in timed), 3
                ),
                worked=[
                    Span(_quarter(minutes(one.start)), _quarter(minutes(one.end)), one.may_go_on)
                    for one in shifts_of(room, stays, gaps, arrived)
                ],
            )
            for room, timed in sorted(paces.items())
            if len(timed) >= FEWEST and fsum(mean for _, mean in timed)
        },
        ends=_ends(arrived, guessed),
    )


def _ends(arrived: Collection[CheckIn], day_over: Collection[int | None]) -> Ends | None:
    if len(arrived) < MANY:
        return None
    ended = Counter(one.status for one in arrived)
    found = sum(one.status is Status.left and one.number in day_over for one in arrived)
    return Ends(
        done=ended[Status.done],
        no_show=ended[Status.no_show],
        left=ended[Status.left] - found,
        day_over=found,
    )


def times(minutes: Iterable[float]) -> Times | None:
    """Say how long something took; None where it was fewer than five people."""
    known = sorted(max(0.0, one) for one in minutes)  # so that the sums do not depend on the order
    if len(known) < FEWEST:
        return None
    logs = [_log(one) for one in known]
    middle = fsum(logs) / len(logs)
    spread = sqrt(fsum((one - middle) ** 2 for one in logs) / (len(logs) - 1))
    return Times(len(known), round(fsum(known) / len(known), 2), round(spread, 3))


def _log(minutes: float) -> float:
    return log(max(minutes, 0.1))


def _count(people: Iterable[bool]) -> int | None:
    return n if (n := sum(people)) >= FEWEST else None


def _quarter(minutes: float) -> int:
    return round(minutes / QUARTER) * QUARTER


def _cell(time: timedelta) -> int:
    """Give the start of the cell that a time falls into."""
    minutes = max(0.0, time.total_seconds() / 60)
    return max(start for start in MINUTES[:-1] if start <= minutes)


def cells_of(counts: Mapping[int, int], bounds: Collection[int]) -> list[Cell]:
    """Merge neighbours until nobody stands in a cell of fewer than FEWEST; none if all are few."""
    cells: list[Cell] = []
    edges = sorted(bounds)
    start, people = None, 0
    for here, end in pairwise(edges):
        if not counts.get(here) and start is None:
            continue
        start = here if start is None else start
        people += counts.get(here, 0)
        if people >= FEWEST:
            cells.append(Cell(start, end, people))
            start, people = None, 0
    if people and cells:
        last = cells.pop()
        end = max(edge for edge in edges if counts.get(edge))
        cells.append(Cell(last.start, edges[edges.index(end) + 1], last.people + people))
    return cells
