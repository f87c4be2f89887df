"""Today's figures: arrivals by status, hour and service, and how long people wait; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from math import ceil
from zoneinfo import ZoneInfo

import msgspec

from db import CheckIn, Event, Status


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes from arrival to the first call, over `people` who were called."""

    people: int
    mean_minutes: float
    """To a tenth."""
    p90_minutes: int
    """Nine in ten waited at most so long: nearest rank, whole minutes rounded up."""


class ServiceFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What came for one service; `wait` is None until somebody was called."""

    arrivals: int
    wait: Wait | None


class DayFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a service day. What was entered in error (void) counts by status only."""

    day: date
    arrivals: int
    by_status: Mapping[str, int]
    by_hour: Mapping[str, int]
    """Arrivals by hour of the clinic's time, "09" and so on, hours without any left out."""
    wait: Wait | None
    by_service: Mapping[str, ServiceFigures]
    """By slug, the most wanted first; the empty slug stands for "not sure"."""


def day_figures(
    day: date, check_ins: Sequence[CheckIn], events: Iterable[Event], zone: ZoneInfo
) -> DayFigures:
    """The figures of `day` from its check-ins and events, hours being those of `zone`."""
    statuses = Counter(c.status for c in check_ins)
    arrived = [c for c in check_ins if c.status is not Status.void]
    hours = Counter(f"{c.arrived_at.astimezone(zone):%H}" for c in arrived)
    waits = _waits(arrived, events)
    services = Counter(c.service for c in arrived).most_common()
    return DayFigures(
        day=day,
        arrivals=len(arrived),
        by_status={status.value: statuses[status] for status in Status if statuses[status]},
        by_hour=dict(sorted(hours.items())),
        wait=_wait(waits.values()),
        by_service={
            slug: ServiceFigures(
                arrivals=n,
                wait=_wait(
                    waits[c.number] for c in arrived if c.service == slug and c.number in waits
                ),
            )
            for slug, n in services
        },
    )


def _waits(check_ins: Iterable[CheckIn], events: Iterable[Event]) -> dict[int, float]:
    """Seconds from arrival to the first call that was not undone, by number of the check-in.

    From the events, because a check-in itself remembers only its latest call.
    """
    events = list(events)
    undone = {event.undoes for event in events}
    first: dict[int, datetime] = {}
    for event in events:
        if event.kind == "called" and event.check_in is not None and event.id not in undone:
            first.setdefault(event.check_in, event.at)
    return {
        c.number: max(0.0, (first[c.number] - c.arrived_at).total_seconds())
        for c in check_ins
        if c.number in first
    }


def _wait(seconds: Iterable[float]) -> Wait | None:
    waits = sorted(seconds)
    if not waits:
        return None
    return Wait(
        people=len(waits),
        mean_minutes=round(sum(waits) / len(waits) / 60, 1),
        p90_minutes=ceil(waits[ceil(0.9 * len(waits)) - 1] / 60),
    )
