"""How well the expected wait held: what people would have been told on arriving, and the truth.

What was told is written down nowhere. It is reckoned again, from the day's journal as it stood
at their arrival, with the days before that and the rooms of now. Both count from the later of
arrival and the appointment that was confirmed by then, and time elsewhere counts in neither.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from db import (
    FEWEST,
    CheckIn,
    CheckInStore,
    Event,
    Figures,
    Order,
    Status,
    Trouble,
    cells_of,
    queue_of,
    stays_of,
    waits_until_called,
)
from kiosk.queue.took import Took, took
from kiosk.queue.wait.expected import LONG_AGO, PAST_DAYS
from kiosk.queue.wait.history import history_of
from kiosk.queue.wait.wait import Wait, expected_wait

MOST = 400
"""People who are looked at, spread over the days: each takes some milliseconds."""

BOUNDS = (0, 10, 20, 30, 45, 60, 90, 24 * 60)
"""Where the cells of told minutes begin, and where the last one ends."""


class Look(msgspec.Struct, frozen=True):
    """One person on arriving: what they would have been told, None if nothing, and the truth."""

    wait: Wait | None
    minutes: float


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """People whose middle expectation lay from `start` to before `end` minutes."""

    start: int
    end: int
    waited: Took


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """How well it held; shares are of those who would have been told a range."""

    people: int
    told: int
    within: float
    """Eight in ten are meant to be called within the range."""
    sooner: float
    later: float
    by_told: Sequence[Told]


def read_calibration(
    store: CheckInStore,
    first: date,
    last: date,
    zone: ZoneInfo,
    rooms: Mapping[str, Collection[str]],
) -> Calibration | None:
    """Look at the days that are on disk; None for too few people. Raises StoreError."""
    days = [day for day in store.days.on_disk() if first <= day <= last]
    if not days:
        return None
    figures = store.days.figures(days[0] - LONG_AGO, last)
    records: list[tuple[date, list[CheckIn], list[Event]]] = []
    nobody_asks: list[Trouble] = []  # the figures name the days that cannot be read
    for day in days:
        if (found := store.days.readable(day, nobody_asks)) is not None:
            records.append((day, *found))
    every = 1 + sum(len(check_ins) for _, check_ins, _ in records) // MOST
    looks: list[Look] = []
    for day, check_ins, events in records:
        looks += looks_on(check_ins, events, _before(figures, day), rooms, zone, every, store.order)
    return calibration_of(looks)


def _before(figures: Sequence[Figures], day: date) -> Sequence[Figures]:
    return [one for one in figures if day - LONG_AGO <= one.day < day][-PAST_DAYS:]


def looks_on(
    check_ins: Sequence[CheckIn],
    events: Sequence[Event],
    past: Sequence[Figures],
    rooms: Mapping[str, Collection[str]],
    zone: ZoneInfo,
    every: int = 1,
    order: Order = Order.arrival,
) -> Iterator[Look]:
    """Give a look at one in `every` person who was called; none with too little `past`."""
    history = history_of(past)
    if history is None:
        return
    # As it was told when nobody had confirmed anything yet: from arrival.
    from_arrival = [msgspec.structs.replace(one, due_at=None) for one in check_ins]
    waited = waits_until_called(from_arrival, events)
    for one in [one for one in check_ins if one.number in waited][::every]:
        at = one.arrived_at
        then = as_at(check_ins, events, at)
        me = next(other for other in then if other.number == one.number)
        wait = None
        if me.status is Status.waiting:
            queue = queue_of(then, order, at)
            stays = stays_of(then, [event for event in events if event.at <= at])
            local = at.astimezone(zone)
            minute = local.hour * 60 + local.minute
            wait = expected_wait(me, queue, stays, rooms, history, local, minute, order=order)
        early = (me.waits_from - at).total_seconds() / 60
        yield Look(
            wait and Wait(*(max(0.0, told - early) for told in (wait.low, wait.middle, wait.high))),
            max(0.0, waited[one.number].total_seconds() / 60 - early),
        )


def as_at(check_ins: Sequence[CheckIn], events: Sequence[Event], moment: datetime) -> list[CheckIn]:
    """The check-ins as they stood then, told back from how they ended; in order of arrival."""
    before: dict[int, dict[str, object]] = {}
    for event in reversed(events):
        if event.at <= moment:
            break
        if event.check_in is not None and event.before:
            before.setdefault(event.check_in, {}).update(event.before)
    return [
        msgspec.convert(msgspec.to_builtins(one) | before[one.number], CheckIn)
        if one.number in before
        else one
        for one in check_ins
        if one.arrived_at <= moment and one.status is not Status.void
    ]


def calibration_of(looks: Sequence[Look]) -> Calibration | None:
    """Sum up; None where fewer than FEWEST would have been told anything."""
    told = [(look.wait, look.minutes) for look in looks if look.wait is not None]
    if len(told) < FEWEST:
        return None
    middles = [max(start for start in BOUNDS[:-1] if start <= wait.middle) for wait, _ in told]
    counts = {start: middles.count(start) for start in middles}
    parts = []
    for cell in cells_of(counts, BOUNDS):
        there = [
            (minutes, 1)
            for (_, minutes), start in zip(told, middles, strict=True)
            if cell.start <= start < cell.end
        ]
        if (waited := took(there, FEWEST)) is not None:
            parts.append(Told(start=cell.start, end=cell.end, waited=waited))
    shares = [
        sum(test) / len(told)
        for test in (
            [wait.low <= minutes <= wait.high for wait, minutes in told],
            [minutes < wait.low for wait, minutes in told],
        )
    ]
    within, sooner = (round(share, 3) for share in shares)
    return Calibration(
        people=len(looks),
        told=len(told),
        within=within,
        sooner=sooner,
        later=round(max(0.0, 1 - within - sooner), 3),
        by_told=parts,
    )
