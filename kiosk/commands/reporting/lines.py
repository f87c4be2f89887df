"""A report as rows for a spreadsheet: one number a row, with what it is of in columns; pure."""

from collections.abc import Iterator
from datetime import UTC
from typing import NamedTuple

from db import Cell
from kiosk.commands.reporting.page import Names
from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text
from kiosk.queue.few import OTHER
from kiosk.queue.report_of_days import Part, Report
from kiosk.queue.took import Took


class Row(NamedTuple):
    """One number, or moment, and what it is of; the columns of the file."""

    period: str
    first_day: str
    last_day: str
    table: str
    slug: str
    name: str
    weekday: int | None
    from_number: int | None
    to_number: int | None
    """Hours of the day, or minutes expected: from the one to before the other."""
    measure: str
    value: float | str
    unit: str


def rows(report: Report, names: Names, lang: Language) -> Iterator[Row]:
    """Every number there is, of the days asked for and of those before."""
    at = report.made_at
    zone = str(at.tzinfo)
    for moment, unit in ((at, zone), (at.astimezone(UTC), "UTC")):
        row = _row("now", report.now, "report", "", names.place)
        yield row._replace(measure="made_at", value=f"{moment:%Y-%m-%d %H:%M:%S}", unit=unit)
    for period, part in (("now", report.now), ("before", report.before)):
        yield from _of_part(period, part, names, lang)
    if found := report.calibration:
        row = _row("now", report.now, "expected_wait")
        yield row._replace(measure="expected", value=found.told, unit="people")
        for measure, share in (
            ("within", found.within),
            ("sooner", found.sooner),
            ("later", found.later),
        ):
            yield row._replace(measure=measure, value=round(share * 100, 1), unit="percent")
        for one in found.by_told:
            told = row._replace(from_number=one.start, to_number=one.end)
            yield from _of_times(told, "real_wait", one.waited)


def _of_part(period: str, part: Part, names: Names, lang: Language) -> Iterator[Row]:
    sums = _row(period, part, "sums")
    counts = [("days", part.days, "days"), ("purged_days", part.rough_days, "days")]
    if part.arrivals is not None:
        counts.append(("arrivals", part.arrivals, "people"))
        counts.append(("ends_known", part.recorded, "people"))
    for measure, value, unit in counts:
        yield sums._replace(measure=measure, value=value, unit=unit)
    for measure, share in (
        ("no_show", part.no_show),
        ("left", part.left),
        ("first_visit", part.first_visit),
    ):
        if share:
            yield sums._replace(measure=measure, value=share.people, unit="people")
            yield sums._replace(measure=f"{measure}_of", value=share.of, unit="people")
            yield sums._replace(measure=measure, value=share.percent, unit="percent")
    yield from _of_times(sums, "wait", part.wait)
    yield from _of_times(sums, "visit", part.visit)
    yield from (_cell(_row(period, part, "hours"), cell) for cell in part.hours)
    yield from (_cell(_row(period, part, "weekdays"), cell) for cell in part.weekdays)
    for day, cells in part.weekday_hours.items():
        row = _row(period, part, "weekday_hours")._replace(
            weekday=int(day), name=lang.weekday(int(day) - 1)
        )
        yield from (_cell(row, cell) for cell in cells)
    fixed = {"": lang("Not sure"), OTHER: lang("Others")}
    for slug, service in part.services.items():
        name = fixed.get(slug) or names.services.get(slug, slug)
        row = _row(period, part, "services", slug, name)
        yield row._replace(measure="arrivals", value=service.arrivals, unit="people")
        yield from _of_times(row, "wait", service.wait)
        yield from _of_times(row, "visit", service.visit)
    for table, some in (("rooms", part.rooms), ("practitioners", part.practitioners)):
        for key, one in some.items():
            name = room_text(key, lang) if table == "rooms" else key
            row = _row(period, part, table, "", fixed.get(key) or name)
            yield row._replace(measure="visits", value=one.people, unit="people")
            yield from _of_times(row, "visit", one.visit)


def _of_times(row: Row, what: str, took: Took | None) -> Iterator[Row]:
    if took is not None:
        yield row._replace(measure=f"{what}_people", value=took.people, unit="people")
        for measure, value in (
            ("mean", took.mean_minutes),
            ("median", took.median_minutes),
            ("nine_in_ten", took.p90_minutes),
            ("shortest", took.least_minutes),
            ("longest", took.most_minutes),
        ):
            yield row._replace(measure=f"{what}_{measure}", value=value, unit="minutes")


def _cell(row: Row, cell: Cell) -> Row:
    return row._replace(
        from_number=cell.start,
        to_number=cell.end,
        measure="arrivals",
        value=cell.people,
        unit="people",
    )


def _row(period: str, part: Part, table: str, slug: str = "", name: str = "") -> Row:
    days = part.first.isoformat(), part.last.isoformat()
    return Row(period, *days, table, slug, name, None, None, None, "", "", "")
