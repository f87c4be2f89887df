"""What people type as days, and as spans of them: yesterday, Nov, 1.11-15.11, 11月1日到15日; pure.

Full width and Chinese numbers are as good as others. Without a year the last one is meant in
which there has been such a month or day, but a day that comes within a month is still to come.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kiosk.languages import typed

SOON = timedelta(days=31)
"""So far ahead a day without a year is one to come, and not one of the year before."""
A_DAY = timedelta(days=1)

MONTHS = (
    "january januar janvier enero",
    "february februar fevrier febrero",
    "march marz maerz mars marzo",
    "april avril abril",
    "may mai mayo",
    "june juni juin junio",
    "july juli juillet julio",
    "august aout agosto",
    "september septembre septiembre",
    "october oktober octobre octubre",
    "november novembre noviembre",
    "december dezember decembre diciembre",
)
"""From January, as English, German, French and Spanish call them, without accents."""
SHORTEST = 3
"""Letters of a month's name at least."""

NAMED = {
    "today": "today|now|heute|aujourd'?hui|hoy|今天|今日|오늘",
    "yesterday": "yesterday|gestern|hier|ayer|昨天|昨日|어제",
    "before": "vorgestern|avant-hier|anteayer|前天|一昨日|おととい|그저께",
    "tomorrow": "tomorrow|morgen|demain|manana|明天|明日|내일",
    "week": "(?:this )?week|diese woche|cette semaine|esta semana|[本这這][周週]|今週|이번 ?주",
    "last week": "last week|letzte woche|(?:la )?semaine derniere|(?:la )?semana pasada"
    "|上[周週]|先週|지난 ?주",
    "month": "(?:this )?month|diese[nr] monat|ce mois|este mes|本月|[这這][个個]?月|今月|이번 ?달",
    "last month": "last month|letzte[nr] monat|(?:le )?mois dernier|(?:el )?mes pasado"
    "|上[个個]?月|先月|지난 ?달",
    "year": "this year|dieses jahr|cette annee|este ano|今年|올해",
    "last year": "last year|letztes jahr|(?:l')?annee derniere|(?:el )?ano pasado|去年|昨年|작년",
}
"""What each is called, without accents."""
_NAMED = {what: re.compile(words) for what, words in NAMED.items()}
_LATEST = re.compile(
    "(?:(?:the )?(?:last|past) |最近|近|[过過]去)?([0-9]{1,3}) ?"
    "(?:days?|d|tagen?|jours?|dias?|天|日間)"
)

_Y, _M, _D = "[-./年년]", "[-./月월]", "[日号號일]?"
_YEAR, _TWO = "(?P<y>[0-9]{4})", "[0-9]{1,2}"
_WORD = r"(?P<word>[a-z]+)\.?"
_FORMS = [
    re.compile(form)
    for form in (
        rf"{_YEAR} ?{_Y} ?(?P<m>{_TWO}) ?{_M} ?(?P<d>{_TWO}) ?{_D}",
        rf"(?P<a>{_TWO})([./-]) ?(?P<b>{_TWO})\2 ?{_YEAR}",
        rf"{_YEAR} ?{_Y} ?(?P<m>{_TWO}) ?[月월]?",
        rf"(?P<m>{_TWO})[./-]{_YEAR}",
        rf"{_YEAR} ?[年년]?",
        rf"(?P<m>{_TWO}) ?[月월] ?(?P<d>{_TWO}) ?{_D}",
        rf"(?P<m>{_TWO}) ?[月월]",
        rf"(?P<a>{_TWO})[./] ?(?P<b>{_TWO})\.?",
        rf"(?P<d>{_TWO})(?:st|nd|rd|th|er|\.)? ?(?:de )?{_WORD}(?:,? (?:de )?{_YEAR})?",
        rf"{_WORD} ?(?P<d>{_TWO})(?:st|nd|rd|th)?(?:,? {_YEAR})?",
        rf"{_WORD}(?:,? (?:de )?{_YEAR})?",
        rf"(?P<n>{_TWO})(?:st|nd|rd|th|\.)? ?{_D}",
    )
]
_BETWEEN = re.compile(r"\.{2,3}|から|[-‐‑–—~〜至到]| (?:to|until|till|bis|hasta|au?) | ")
_AROUND = re.compile(r"^(?:(?:from|von|desde|del?|du) |[从從自] ?)|(?:まで|[为為]止)$")
_HAN = re.compile("([〇零一二三四五六七八九十]+)(?=[年月日号號天])")


class StillToCome(ValueError):
    """A day is not over yet, nor has it begun; `day` says which."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{day} is still to come.")
        self.day = day


class _End(NamedTuple):
    """One end of a span, as far as it was said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    either: tuple[int, int] | None = None
    """A day and a month, whichever is which."""
    bare: int | None = None
    """A number that only the other end explains."""
    named: tuple[date, date] | None = None


def days(text: str, today: date, *, month_first: bool = False) -> tuple[date, date]:
    """The first and the last day of what was typed; of what goes on, the last one is today.

    `month_first` is how 3.4 is read where nothing says otherwise. Raises ValueError, and
    StillToCome for days nobody can know anything of.
    """
    meant = _meant(text)
    for ends in _readings(meant, today):
        try:
            return _span(_ordered(ends, month_first), today)
        except StillToCome:
            raise
        except ValueError:
            continue
    raise ValueError("Days look like 2026-11-23, yesterday, Nov or 1.11-15.11.")


def _meant(text: str) -> str:
    """What was typed, without accents, capitals and what says nothing."""
    bare = unicodedata.normalize("NFD", typed.plain(text).casefold().replace("’", "'"))
    kept = "".join(one for one in bare if not "\u0300" <= one <= "\u036f")
    words = " ".join(unicodedata.normalize("NFC", kept).split())
    words = _HAN.sub(lambda found: str(_han(found[1])), words)
    return _AROUND.sub("", words)


def _han(number: str) -> str:
    """A Chinese number up to 99, or digit for digit, as a year is."""
    digits = {one: str(n) for n, one in enumerate("〇一二三四五六七八九")} | {"零": "0"}
    tens, ten, ones = number.partition("十")
    if not ten:
        return "".join(digits[one] for one in number)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return number
    return digits.get(tens, "1") + digits.get(ones, "0")


def _readings(text: str, today: date) -> list[tuple[_End, ...]]:
    """All that it may be: one thing, or two with something between them."""
    found: list[tuple[_End, ...]] = []
    if (whole := _end(text, today)) and whole.bare is None:
        found.append((whole,))
    for between in _BETWEEN.finditer(text):
        ends = [
            _end(part.strip(), today) for part in (text[: between.start()], text[between.end() :])
        ]
        if ends[0] and ends[1] and (ends[0].bare is None or ends[1].bare is None):
            found.append((ends[0], ends[1]))
    return found


def _end(text: str, today: date) -> _End | None:
    if latest := _LATEST.fullmatch(text):
        return _End(named=(today - max(0, int(latest[1]) - 1) * A_DAY, today))
    for what, words in _NAMED.items():
        if words.fullmatch(text):
            return _End(named=_named(what, today))
    for form in _FORMS:
        if found := form.fullmatch(text):
            said = {name: word for name, word in found.groupdict().items() if word}
            month = _month(said.pop("word")) if "word" in said else None
            if "word" in found.groupdict() and month is None:
                continue
            number = {name: int(word) for name, word in said.items()}
            return _End(
                number.get("y"),
                month or number.get("m"),
                number.get("d"),
                (number["a"], number["b"]) if "a" in number else None,
                number.get("n"),
            )
    return None


def _named(what: str, today: date) -> tuple[date, date]:
    monday, first = today - today.weekday() * A_DAY, today.replace(day=1)
    match what:
        case "today":
            return today, today
        case "yesterday":
            return today - A_DAY, today - A_DAY
        case "before":
            return today - 2 * A_DAY, today - 2 * A_DAY
        case "tomorrow":
            return today + A_DAY, today + A_DAY
        case "week":
            return monday, monday + 6 * A_DAY
        case "last week":
            return monday - 7 * A_DAY, monday - A_DAY
        case "month":
            return _whole_month(today.year, today.month)
        case "last month":
            before = first - A_DAY
            return _whole_month(before.year, before.month)
        case "year":
            return date(today.year, 1, 1), date(today.year, 12, 31)
        case _:
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)


def _month(word: str) -> int | None:
    """The month that a word begins, None if it is none or may be two."""
    if len(word) < SHORTEST:
        return None
    word = {"sept": "sep"}.get(word, word)
    fits = [
        n for n, names in enumerate(MONTHS, 1) if any(m.startswith(word) for m in names.split())
    ]
    return fits[0] if len(fits) == 1 else None


def _ordered(ends: Sequence[_End], month_first: bool) -> list[_End]:
    """The ends, with days and months told apart in the same way, and bare numbers explained."""
    pairs = [end.either for end in ends if end.either]
    fits = {order: all(pair[0 if order else 1] <= 12 for pair in pairs) for order in (True, False)}
    order = month_first if fits[month_first] else not month_first
    told = []
    for end in ends:
        if end.either:
            month, day = end.either if order else end.either[::-1]
            end = end._replace(month=month, day=day, either=None)
        told.append(end)
    for n, end in enumerate(told):
        if end.bare is not None:
            other = told[1 - n]
            if other.month is None:
                raise ValueError
            is_day = other.day is not None
            told[n] = other._replace(day=end.bare) if is_day else other._replace(month=end.bare)
    return told


def _span(ends: Sequence[_End], today: date) -> tuple[date, date]:
    """The days from the first end to the last; raises ValueError."""
    first, last = ends[0], ends[-1]
    if first.year is None and not first.named and not last.named and len(ends) > 1:
        first = first._replace(year=_days_of(last, today)[0].year)
        if _days_of(first, today)[0] > _days_of(last, today)[1]:
            first = first._replace(year=(first.year or 0) - 1)
    elif last.year is None and first.year is not None and not last.named:
        last = last._replace(year=first.year)
        if _days_of(last, today)[1] < _days_of(first, today)[0]:
            last = last._replace(year=first.year + 1)
    spans = sorted([_days_of(first, today), _days_of(last, today)])
    for one in spans:
        if one[0] > today:
            raise StillToCome(one[0])
    return spans[0][0], min(max(spans[0][1], spans[1][1]), today)


def _days_of(end: _End, today: date) -> tuple[date, date]:
    """The days that one end stands for; without a year those of the last one."""
    if end.named:
        return end.named
    if end.year is not None and not typed.FIRST_YEAR <= end.year <= typed.LAST_YEAR:
        raise ValueError
    year = today.year if end.year is None else end.year
    if end.month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if end.day is None:
        first, last = _whole_month(year, end.month)
        return (
            _whole_month(year - 1, end.month)
            if end.year is None and first > today
            else (first, last)
        )
    if end.year is None and (end.month, end.day) == (2, 29):
        year = max(
            y for y in range(year - 8, year + 1) if y % 4 == 0 and date(y, 2, 29) <= today + SOON
        )
    day = date(year, end.month, end.day)
    if end.year is None and day > today + SOON:
        day = day.replace(year=year - 1)
    return day, day


def _whole_month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, (first + SOON).replace(day=1) - A_DAY
