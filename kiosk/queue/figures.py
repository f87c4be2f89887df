"""The figures of a day or of many: arrivals, waits, visits, no-shows and rooms."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from db import (
    DAY_CLOSED,
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
from kiosk.queue.few import OTHER, put_together
from kiosk.queue.seen_by import seen_by
from kiosk.queue.took import Sample, Took, took


class ServicePart(msgspec.Struct, frozen=True, kw_only=True):
    """What came for one service; the times are None until there are any."""

    arrivals: int
    wait: Took | None
    visit: Took | None


class RoomPart(msgspec.Struct, frozen=True, kw_only=True):
    """What one room did, or one practitioner."""

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
    from histograms, and of few people they tell nothing."""
    arrivals: int
    by_status: Mapping[str, int]
    """Of those of whom it is known, see `recorded`."""
    by_hour: Mapping[str, int]
    """Arrivals by hour of the clinic's time, "09" and so on, hours without any left out."""
    by_weekday: Mapping[str, Mapping[str, int]]
    """The same for each weekday, Monday being "1"."""
    recorded: int
    """Arrivals of whom it is known how it ended: on days on disk, and purged ones that kept it."""
    left: int
    """Who went before their visit, as somebody noted; whom the end of a day found here is none."""
    first_visits: int
    returning: int
    """Who said that they are here for the first time, or not; others were not asked."""
    wait: Took | None
    """Until the first call, from arrival or a later appointment; without time elsewhere."""
    visit: Took | None
    by_service: Mapping[str, ServicePart]
    """By slug, the most wanted first; the empty slug stands for "not sure"."""
    rooms: Mapping[str, RoomPart]
    """By name; a visit is from the call to its end."""
    practitioners: Mapping[str, RoomPart] = {}
    """By name, of those who were asked for: whom they saw on days that are on disk."""


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
    *,
    fewest: int = 1,
    practitioners: Collection[str] = (),
) -> Period:
    """The figures from `first` to `last` as they are on disk; raises StoreError.

    It takes some milliseconds a day. A day that cannot be read is left out, and among the
    `troubles` of who gives room for them; its figures are taken if it has any. `fewest` and
    `practitioners` are as in `figures_of_days`.
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
    return figures_of_days(
        first, last, days, kept, zone, fewest=fewest, practitioners=practitioners
    )


class _Sums:
    """What is added up day by day."""

    def __init__(self) -> None:
        self.statuses: Counter[Status] = Counter()
        self.hours: dict[int, Counter[int]] = defaultdict(Counter)
        """By weekday, Monday being 1."""
        self.services: Counter[str] = Counter()
        self.waits: dict[str, list[Sample]] = defaultdict(list)
        self.visits: dict[str, list[Sample]] = defaultdict(list)
        self.rooms: dict[str, list[Sample]] = defaultdict(list)
        self.seen: dict[str, list[Sample]] = defaultdict(list)
        self.all_waits: list[Sample] = []
        self.people: Counter[str] = Counter()
        self.seen_people: Counter[str] = Counter()
        self.recorded = self.left = self.first = self.returning = 0


def figures_of_days(
    first: date,
    last: date,
    records: Iterable[Records],
    kept: Iterable[Figures],
    zone: ZoneInfo,
    *,
    fewest: int = 1,
    practitioners: Collection[str] = (),
) -> Period:
    """The figures of the days from `first` to `last`, hours being those of `zone`.

    `records` are those of the days still on disk, `kept` the figures of days purged since.
    Services, rooms and practitioners with fewer people than `fewest` are told together, and of
    fewer people there are no times. `practitioners` are the names of those who are told of.
    """
    sums, days, rough = _Sums(), 0, 0
    for day in records:
        days += any(c.status is not Status.void for c in day.check_ins)
        _add(sums, day, zone, practitioners)
    for figures in kept:
        rough += 1
        _add_rough(sums, figures)
    hours = sum(sums.hours.values(), Counter[int]())
    return Period(
        day=first,
        last=last,
        days=days + rough,
        rough_days=rough,
        arrivals=sum(sums.services.values()),
        by_status={s.value: sums.statuses[s] for s in Status if sums.statuses[s]},
        by_hour=_hours(hours),
        by_weekday={str(day): _hours(some) for day, some in sorted(sums.hours.items())},
        recorded=sums.recorded,
        left=sums.left,
        first_visits=sums.first,
        returning=sums.returning,
        wait=took(sums.all_waits, fewest),
        visit=took([one for some in sums.visits.values() for one in some], fewest),
        by_service=_services(sums, fewest),
        rooms=_parts(sums.people, sums.rooms, fewest),
        practitioners=_parts(sums.seen_people, sums.seen, fewest),
    )


def _hours(hours: Mapping[int, int]) -> dict[str, int]:
    return {f"{hour:02d}": n for hour, n in sorted(hours.items())}


def _services(sums: _Sums, fewest: int) -> dict[str, ServicePart]:
    told = put_together(sums.services, fewest)
    counts = Counter[str]()
    waits: dict[str, list[Sample]] = defaultdict(list)
    visits: dict[str, list[Sample]] = defaultdict(list)
    for slug, n in sums.services.most_common():
        counts[told[slug]] += n
        waits[told[slug]] += sums.waits[slug]
        visits[told[slug]] += sums.visits[slug]
    in_order = sorted(counts, key=lambda slug: (slug == OTHER, -counts[slug]))
    return {
        slug: ServicePart(
            arrivals=counts[slug],
            wait=took(waits[slug], fewest),
            visit=took(visits[slug], fewest),
        )
        for slug in in_order
    }


def _parts(
    people: Mapping[str, int], samples: Mapping[str, list[Sample]], fewest: int
) -> dict[str, RoomPart]:
    told = put_together(people, fewest)
    counts = Counter[str]()
    together: dict[str, list[Sample]] = defaultdict(list)
    for name, n in people.items():
        counts[told[name]] += n
        together[told[name]] += samples.get(name, [])
    return {
        name: RoomPart(people=counts[name], visit=took(together[name], fewest))
        for name in sorted(counts, key=lambda name: (name == OTHER, name))
        if counts[name] >= fewest
    }


def _add(sums: _Sums, day: Records, zone: ZoneInfo, practitioners: Collection[str]) -> None:
    sums.statuses.update(c.status for c in day.check_ins)
    arrived = [c for c in day.check_ins if c.status is not Status.void]
    sums.recorded += len(arrived)
    sums.first += sum(c.first_visit is True for c in arrived)
    sums.returning += sum(c.first_visit is False for c in arrived)
    for one in arrived:
        sums.hours[one.day.isoweekday()][one.arrived_at.astimezone(zone).hour] += 1
    sums.services.update(c.service for c in arrived)
    stays = stays_of(arrived, day.events)
    waited = waits_until_called(arrived, day.events)
    for one in arrived:
        if one.number in waited:
            wait = waited[one.number].total_seconds() / 60
            sums.waits[one.service].append((wait, 1))
            sums.all_waits.append((wait, 1))
    closed = {event.check_in for event in day.events if event.reason == DAY_CLOSED}
    sums.left += sum(c.status is Status.left and c.number not in closed for c in arrived)
    by = seen_by(stays, day.events, practitioners)
    for stay in stays:
        who = by.get(stay)
        if stay.outcome in (Status.done, None):
            sums.people[stay.room] += 1
            if who is not None:
                sums.seen_people[who] += 1
        if stay.outcome is Status.done and stay.ended and stay.minutes <= FORGOTTEN:
            sums.visits[stay.service].append((stay.minutes, 1))
            sums.rooms[stay.room].append((stay.minutes, 1))
            if who is not None:
                sums.seen[who].append((stay.minutes, 1))


def _add_rough(sums: _Sums, kept: Figures) -> None:
    """Add what outlives a purged day, each person in the middle of their cell."""
    for cell in kept.by_hour:
        hours = range(cell.start, cell.end)
        for place, hour in enumerate(hours):
            spread = cell.people // len(hours) + (place < cell.people % len(hours))
            if spread:
                sums.hours[kept.day.isoweekday()][hour] += spread
    told: Counter[str] = Counter({slug: part.arrivals for slug, part in kept.by_service.items()})
    if ends := kept.ends:
        sums.recorded += kept.arrivals
        sums.left += ends.left
        sums.statuses[Status.done] += ends.done
        sums.statuses[Status.no_show] += ends.no_show
        sums.statuses[Status.left] += ends.left + ends.day_over
    untold = kept.arrivals - told.total()
    sums.services.update(told)
    if untold:
        sums.services[OTHER] += untold
    sums.all_waits += [((c.start + c.end) / 2, c.people) for c in kept.waits]
    for slug, part in kept.by_service.items():
        sums.waits[slug] += [((c.start + c.end) / 2, c.people) for c in part.waits]
        if part.visits:
            sums.visits[slug].append((part.visits.mean, part.visits.people))
    sums.people.update({room: part.people for room, part in kept.rooms.items()})
