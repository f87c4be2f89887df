"""How each language writes a day: as CLDR says, but where ours is another on purpose."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import msgspec

from kiosk.languages.cldr import DAYS

OURS: Mapping[str, str] = {
    "en": "{weekday} {day} {month}",
    "zh-Hans": "{number}月{day}日 {weekday}",
}
"""The order where CLDR's is another.

In English the day before the month, as most visitors who read English here write it, and not
the American's; in Chinese a space, for without it 日周 runs together in a status line.
"""


class DateWords(msgspec.Struct, frozen=True):
    """Short weekdays from Monday, months from January, and a day written with them."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    pattern: str


@cache
def words(tag: str) -> DateWords:
    """What a language writes days with; English where it has no words of its own."""
    known = tag if tag in DAYS else "en"
    weekdays, months, pattern = DAYS[known]
    return DateWords(weekdays, months, OURS.get(known, pattern))


def weekday(tag: str, number: int) -> str:
    """The short name of a day of the week, 0 being Monday."""
    return words(tag).weekdays[number]


def day(tag: str, moment: date) -> str:
    """A date with its weekday, short enough for a status line."""
    by = words(tag)
    return by.pattern.format(
        weekday=by.weekdays[moment.weekday()],
        day=moment.day,
        month=by.months[moment.month - 1],
        number=moment.month,
    )
