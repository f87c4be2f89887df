"""The figures of a closed day: counts and histograms without a ticket or an id; pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise

from msgspec import Struct

from db.checkin import CheckIn, Event, Status

DAY_CLOSED = "day-closed"
"""Figures leave out what ended for this reason: nobody knows when these people went."""

FEWEST = 5
"""Fewer people than this might be recognised: their cell is merged with the one beside it."""

MINUTES = (0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 24 * 60)
"""Where the cells of waits and of times in service begin, and where the last one ends."""


class Cell(Struct, frozen=True):
    """`people` from `start` to before `end`: minutes, or hours of the clinic's day."""

    start: int
    end: int
    people: int


class ServiceFigures(Struct, frozen=True, kw_only=True):
    """What came for one service; the histograms are in minutes."""

    arrivals: int
    waits: list[Cell]
    """From arrival to the first call."""
    in_service: list[Cell]


class Figures(Struct, frozen=True, kw_only=True):
    """One day; what was entered in error (void) is left out."""

    day: date
    arrivals: int
    by_hour: list[Cell]
    """Arrivals by hour of the clinic's time."""
    waits: list[Cell]
    by_service: dict[str, ServiceFigures]
    """By slug; "other" holds the services too few people came for."""


def figures_of(
    day: date,
    check_ins: Iterable[CheckIn],
    events: Collection[Event],
    local: Callable[[datetime], datetime],
) -> Figures:
    """Count a day; `local` turns a moment into the clinic's time."""
    arrived = [one for one in check_ins if one.status is not Status.void]
    undone = {event.undoes for event in events}
    called: dict[int, datetime] = {}
    guessed = set()
    for event in events:
        if event.check_in is not None and event.id not in undone:
            if event.kind == "called":
                called.setdefault(event.check_in, event.at)
            elif event.reason == DAY_CLOSED:
                guessed.add(event.check_in)
    by_service: dict[str, list[CheckIn]] = defaultdict(list)
    sizes = Counter(one.service for one in arrived)
    for one in arrived:
        by_service[one.service if sizes[one.service] >= FEWEST else "other"].append(one)

    def waits(some: Iterable[CheckIn]) -> list[Cell]:
        known = ((one.arrived_at, called[one.number]) for one in some if one.number in called)
        return _cells(Counter(_cell(end - start) for start, end in known), MINUTES)

    def in_service(some: Iterable[CheckIn]) -> list[Cell]:
        known = (
            one.ended_at - one.began_at
            for one in some
            if one.status is Status.done and one.began_at and one.ended_at
            if one.number not in guessed and one.began_at < one.ended_at
        )
        return _cells(Counter(map(_cell, known)), MINUTES)

    return Figures(
        day=day,
        arrivals=len(arrived),
        by_hour=_cells(Counter(local(one.arrived_at).hour for one in arrived), range(25)),
        waits=waits(arrived),
        by_service={
            slug: ServiceFigures(arrivals=len(some), waits=waits(some), in_service=in_service(some))
            for slug, some in sorted(by_service.items())
            if len(some) >= FEWEST
        },
    )


def _cell(time: timedelta) -> int:
    """Give the start of the cell that a time falls into."""
    minutes = max(0.0, time.total_seconds() / 60)
    return max(start for start in MINUTES[:-1] if start <= minutes)


def _cells(counts: Mapping[int, int], bounds: Collection[int]) -> list[Cell]:
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
