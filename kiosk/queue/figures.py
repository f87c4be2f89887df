"""The figures of a day or of many: arrivals, waits, visits, no-shows and rooms."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from zoneinfo import ZoneInfo

import msgspec

from db import (
    FORGOTTEN,
    CheckIn,
    CheckInStore,
    Event,
    Figures,
    Status,
    Trouble,
    stays_of,
    waits_until_called,
)

Sample = tuple[float, int]
"""Minutes, and how many people took about so long."""


class Took(msgspec.Struct, frozen=True, kw_only=True):
    """How long something took `people` people, in minutes."""

    people: int
    mean_minutes: float
    """To a tenth."""
    p90_minutes: int
    """Nine in ten took at most so long: nearest rank, whole minutes rounded up."""


class ServicePart(msgspec.Struct, frozen=True, kw_only=True):
    """What came for one service; the times are None until there are any."""

    arrivals: int
    wait: Took | None
    visit: Took | None


class RoomPart(msgspec.Struct, frozen=True, kw_only=True):
    """What one room did."""

    people: int
    visit: Took | None


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of some days. What was entered in error (void) counts by status only."""

    day: date
    """The first day asked for."""
    last: date
    days: int
    """Days with anybody on them."""
    rough_days: int
    """How many of these are known only from what is kept of purged days: their times are taken
    from histograms, and of statuses, no-shows and few people they tell nothing."""
    arrivals: int
    by_status: Mapping[str, int]
    by_hour: Mapping[str, int]
    """Arrivals by hour of the clinic's time, "09" and so on, hours without any left out."""
    wait: Took | None
    """From arrival to the first call."""
    by_service: Mapping[str, ServicePart]
    """By slug, the most wanted first; the empty slug stands for "not sure"."""
    rooms: Mapping[str, RoomPart]
    """By name; a visit is from the call to its end."""


class Records(msgspec.Struct, frozen=True):
    """Everything recorded of one day that is still on disk."""

    check_ins: Sequence[CheckIn]
    events: Sequence[Event]


def read_figures(
    store: CheckInStore,
    first: date,
    last: date,
    zone: ZoneInfo,
    troubles: list[Trouble] | None = None,
) -> Period:
    """The figures from `first` to `last` as they are on disk; raises StoreError.

    It takes some milliseconds a day. A day that cannot be read is left out, and among the
    `troubles` of who gives room for them; its figures are taken if it has any.
    """
    left_out: list[Trouble] = []
    records = {
        day: found
        for day in store.days.on_disk()
        if first <= day <= last and (found := store.days.readable(day, left_out)) is not None
    }
    kept = [one for one in store.days.figures(first, last, left_out) if one.day not in records]
    if troubles is not None:
        troubles += {trouble.day: trouble for trouble in left_out}.values()
    days = [Records(*found) for found in records.values()]
    return figures_of_days(first, last, days, kept, zone)


class _Sums:
    """What is added up day by day."""

    def __init__(self) -> None:
        self.statuses: Counter[Status] = Counter()
        self.hours: Counter[int] = Counter()
        self.services: Counter[str] = Counter()
        self.waits: dict[str, list[Sample]] = defaultdict(list)
        self.visits: dict[str, list[Sample]] = defaultdict(list)
        self.rooms: dict[str, list[Sample]] = defaultdict(list)
        self.unsorted_waits: list[Sample] = []
        self.people: Counter[str] = Counter()


def figures_of_days(
    first: date,
    last: date,
    records: Iterable[Records],
    kept: Iterable[Figures],
    zone: ZoneInfo,
) -> Period:
    """The figures of the days from `first` to `last`, hours being those of `zone`.

    `records` are those of the days still on disk, `kept` the figures of days purged since.
    """
    sums, days, rough = _Sums(), 0, 0
    for day in records:
        days += any(c.status is not Status.void for c in day.check_ins)
        _add(sums, day, zone)
    for figures in kept:
        rough += 1
        _add_rough(sums, figures)
    return Period(
        day=first,
        last=last,
        days=days + rough,
        rough_days=rough,
        arrivals=sum(sums.services.values()),
        by_status={s.value: sums.statuses[s] for s in Status if sums.statuses[s]},
        by_hour={f"{hour:02d}": n for hour, n in sorted(sums.hours.items())},
        wait=_took([*sums.unsorted_waits, *(w for some in sums.waits.values() for w in some)]),
        by_service={
            slug: ServicePart(
                arrivals=n, wait=_took(sums.waits[slug]), visit=_took(sums.visits[slug])
            )
            for slug, n in sums.services.most_common()
        },
        rooms={
            room: RoomPart(people=n, visit=_took(sums.rooms[room]))
            for room, n in sorted(sums.people.items())
        },
    )


def _add(sums: _Sums, day: Records, zone: ZoneInfo) -> None:
    sums.statuses.update(c.status for c in day.check_ins)
    arrived = [c for c in day.check_ins if c.status is not Status.void]
    sums.hours.update(c.arrived_at.astimezone(zone).hour for c in arrived)
    sums.services.update(c.service for c in arrived)
    stays = stays_of(arrived, day.events)
    waited = waits_until_called(arrived, day.events)
    for one in arrived:
        if one.number in waited:
            wait = waited[one.number].total_seconds() / 60
            sums.waits[one.service].append((wait, 1))
    for stay in stays:
        if stay.outcome in (Status.done, None):
            sums.people[stay.room] += 1
        if stay.outcome is Status.done and stay.ended and stay.minutes <= FORGOTTEN:
            sums.visits[stay.service].append((stay.minutes, 1))
            sums.rooms[stay.room].append((stay.minutes, 1))


def _add_rough(sums: _Sums, kept: Figures) -> None:
    """Add what outlives a purged day, each person in the middle of their cell."""
    for cell in kept.by_hour:
        hours = range(cell.start, cell.end)
        for place, hour in enumerate(hours):
            spread = cell.people // len(hours) + (place < cell.people % len(hours))
            if spread:
                sums.hours[hour] += spread
    told: Counter[str] = Counter({slug: part.arrivals for slug, part in kept.by_service.items()})
    untold = kept.arrivals - told.total()
    sums.services.update(told)
    if untold:
        sums.services["other"] += untold
    sums.unsorted_waits += [((c.start + c.end) / 2, c.people) for c in kept.waits]
    for slug, part in kept.by_service.items():
        if part.visits:
            sums.visits[slug].append((part.visits.mean, part.visits.people))
    sums.people.update({room: part.people for room, part in kept.rooms.items()})


def _took(samples: Sequence[Sample]) -> Took | None:
    people = sum(n for _, n in samples)
    if not people:
        return None
    mean = sum(minutes * n for minutes, n in samples) / people
    rank, passed, p90 = ceil(0.9 * people), 0, 0.0
    for minutes, n in sorted(samples):
        passed += n
        if passed >= rank:
            p90 = minutes
            break
    return Took(people=people, mean_minutes=round(mean, 1), p90_minutes=ceil(p90))
