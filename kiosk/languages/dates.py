"""How each language writes a day: short names of weekdays and months, and their order (CLDR)."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec


class DateWords(msgspec.Struct, frozen=True):
    """Short weekdays from Monday, months from January, and a day written with them."""

    weekdays: Sequence[str]
    months: Sequence[str]
    pattern: str


_NUMBERS = tuple(str(number) for number in range(1, 13))
_ENGLISH = DateWords(
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "{weekday} {day} {month}",
)
_WORDS: Mapping[str, DateWords] = {
    "en": _ENGLISH,
    "zh-Hans": DateWords(
        [f"周{d}" for d in "一二三四五六日"], _NUMBERS, "{month}月{day}日 {weekday}"
    ),
    "zh-Hant": DateWords(
        [f"週{d}" for d in "一二三四五六日"], _NUMBERS, "{month}月{day}日 {weekday}"
    ),
    "ja": DateWords("月火水木金土日", _NUMBERS, "{month}月{day}日({weekday})"),
    "ko": DateWords("월화수목금토일", _NUMBERS, "{month}월 {day}일 ({weekday})"),
    "de": DateWords(
        ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."],
        [
            "Jan.",
            "Feb.",
            "März",
            "Apr.",
            "Mai",
            "Juni",
            "Juli",
            "Aug.",
            "Sept.",
            "Okt.",
            "Nov.",
            "Dez.",
        ],
        "{weekday}, {day}. {month}",
    ),
    "fr": DateWords(
        ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
        [
            "janv.",
            "févr.",
            "mars",
            "avr.",
            "mai",
            "juin",
            "juil.",
            "août",
            "sept.",
            "oct.",
            "nov.",
            "déc.",
        ],
        "{weekday} {day} {month}",
    ),
    "es": DateWords(
        ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
        ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
        "{weekday}, {day} {month}",
    ),
}


def weekday(tag: str, number: int) -> str:
    """The short name of a day of the week, 0 being Monday; English where a language has none."""
    return _WORDS.get(tag, _ENGLISH).weekdays[number]


def day(tag: str, moment: date) -> str:
    """A date with its weekday, short enough for a status line."""
    words = _WORDS.get(tag, _ENGLISH)
    return words.pattern.format(
        weekday=words.weekdays[moment.weekday()],
        day=moment.day,
        month=words.months[moment.month - 1],
    )
