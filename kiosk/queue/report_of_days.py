"""The report to take away: the figures of some days beside those of the days before; pure.

Nobody is to be recognised in it: whoever would stand in a group of fewer than FEWEST is told
together with others, or not at all.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from db import FEWEST, Cell, CheckInStore, Trouble, cells_of
from kiosk.queue.calibration import Calibration, read_calibration
from kiosk.queue.figures import Period, RoomPart, ServicePart, read_figures
from kiosk.queue.took import Took


class Share(msgspec.Struct, frozen=True):
    """So many of so many people."""

    people: int
    of: int
    percent: float
    """To a tenth."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of some days; what is None, or left out, is of too few people, or not known."""

    first: date
    last: date
    days: int
    """Days with anybody on them."""
    rough_days: int
    """How many of these are purged: known from histograms."""
    arrivals: int | None
    recorded: int
    """Of how many of them it is known how it ended; the next two are shares of these."""
    no_show: Share | None
    left: Share | None
    """Who went before their visit, as somebody noted."""
    first_visit: Share | None
    """Of those who said whether it is."""
    wait: Took | None
    """Until the first call, from arrival or a later appointment; without time elsewhere."""
    visit: Took | None
    """From the call to its end."""
    hours: Sequence[Cell]
    """Arrivals by hours of the clinic's day; neighbours with few people are one."""
    weekdays: Sequence[Cell]
    """Arrivals by weekday, Monday being 1; the same."""
    weekday_hours: Mapping[str, Sequence[Cell]]
    """Arrivals by hours of each weekday, "1" being Monday."""
    services: Mapping[str, ServicePart]
    """By slug; "" stands for "not sure", "other" for those of few people."""
    rooms: Mapping[str, RoomPart]
    practitioners: Mapping[str, RoomPart]
    """Empty unless they are asked for."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Some days, as many days just before, and how well the expected wait held."""

    location: str
    made_at: datetime
    fewest: int
    """Fewer people than this are told together with others, or not at all."""
    now: Part
    before: Part
    calibration: Calibration | None


def days_before(first: date, last: date) -> tuple[date, date]:
    """As many days just before."""
    length = last - first + timedelta(days=1)
    return first - length, last - length


def read_report(
    store: CheckInStore,
    first: date,
    last: date,
    zone: ZoneInfo,
    rooms: Mapping[str, Collection[str]],
    *,
    location: str,
    made_at: datetime,
    practitioners: Collection[str] = (),
    troubles: list[Trouble] | None = None,
) -> Report:
    """The report of the days from `first` to `last` as they are on disk; raises StoreError."""
    now, before = (
        part_of(
            read_figures(store, *span, zone, troubles, fewest=FEWEST, practitioners=practitioners)
        )
        for span in ((first, last), days_before(first, last))
    )
    return Report(
        location=location,
        made_at=made_at,
        fewest=FEWEST,
        now=now,
        before=before,
        calibration=read_calibration(store, first, last, zone, rooms),
    )


def part_of(period: Period) -> Part:
    """What may be taken away of a period that was read with FEWEST."""
    weekdays = {int(day): sum(hours.values()) for day, hours in period.by_weekday.items()}
    said = period.first_visits + period.returning
    return Part(
        first=period.day,
        last=period.last,
        days=period.days,
        rough_days=period.rough_days,
        arrivals=period.arrivals if period.arrivals >= FEWEST else None,
        recorded=period.recorded,
        no_show=_share(period.by_status.get("no_show", 0), period.recorded),
        left=_share(period.left, period.recorded),
        first_visit=_share(period.first_visits, said) if period.returning >= FEWEST else None,
        wait=period.wait,
        visit=period.visit,
        hours=_cells(period.by_hour),
        weekdays=cells_of(weekdays, range(1, 9)),
        weekday_hours={day: _cells(hours) for day, hours in period.by_weekday.items()},
        services={
            slug: part for slug, part in period.by_service.items() if part.arrivals >= FEWEST
        },
        rooms=period.rooms,
        practitioners=period.practitioners,
    )


def _share(people: int, of: int) -> Share | None:
    return Share(people, of, round(100 * people / of, 1)) if people >= FEWEST else None


def _cells(hours: Mapping[str, int]) -> list[Cell]:
    return cells_of({int(hour): n for hour, n in hours.items()}, range(25))
