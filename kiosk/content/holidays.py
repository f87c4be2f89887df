"""Public holidays and the workdays that make up for them, year by year, put into opening hours.

Of China's the parser knows the first day of each. How many days follow, and which days of a weekend
are worked instead, the State Council says for one year at a time.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import msgspec

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)"
_ON_HOLIDAYS = re.compile(
    rf"\s*(?=[\w,\s-]*\bPH\b){_DAY}(?:\s*[-,]\s*{_DAY})*\s+(?P<then>(?:off|closed|open|\d\d?:).*)"
)
"""A rule for public holidays, perhaps among days of the week, and what it says of them."""


class Days(msgspec.Struct, frozen=True):
    """Days from the first to the last."""

    first: date
    last: date


class Year(msgspec.Struct, frozen=True):
    """What was announced for a year: the days off, and the days of a weekend that are worked."""

    year: int
    off: tuple[Days, ...]
    work: tuple[Days, ...] = ()


@lru_cache(maxsize=32)
def with_holidays(hours: str, make_up: str, years: tuple[Year, ...]) -> str:
    """The hours with every announced holiday where they say `PH`, and make-up workdays last.

    `make_up`: the times of those days, such as "09:00-18:00"; without, they stay what they are.
    """
    rules = []
    for rule in hours.split(";"):
        rules.append(rule)
        if holidays := _ON_HOLIDAYS.fullmatch(rule):
            rules += [f" {_written(year.off)} {holidays['then']}" for year in years if year.off]
    if hours and make_up:
        rules += [f" {_written(year.work)} {make_up}" for year in years if year.work]
    return ";".join(rules)


def unknown(hours: Iterable[str], years: Iterable[Year], today: date) -> int | None:
    """The year whose holidays these hours need and no table has, this one or, from December, next.

    A year that is written out in the hours themselves is known.
    """
    known = {str(year.year) for year in years}
    asked = [today.year, *([today.year + 1] if today.month == 12 else [])]
    return next(
        (
            year
            for year in asked
            for text in hours
            if str(year) not in known and "PH" in text and str(year) not in text
        ),
        None,
    )


def _written(days: Iterable[Days]) -> str:
    return ",".join(
        _day(some.first) if some.first == some.last else f"{_day(some.first)}-{_day(some.last)}"
        for some in days
    )


def _day(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"
