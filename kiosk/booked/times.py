"""Days and times as calendars and spreadsheets write them; pure."""

import re
from datetime import date, datetime, time, timedelta, timezone

from kiosk.languages import typed

NO_TIME = "this is no time; write one such as 10:30"
NO_DAY = "this is no day; write one such as 2026-11-23"
TWO_DAYS = "this may be two days; write it as 2026-11-23"
SAID = (NO_TIME, NO_DAY, TWO_DAYS)
"""What is said of what cannot be read; anything else would repeat it."""

_MORNING = ("上午", "早上", "早晨", "凌晨", "清晨", "午前", "오전", "am", "a.m.")
_EVENING = ("下午", "晚上", "傍晚", "午后", "午後", "夜晚", "오후", "pm", "p.m.")
_NOON = ("中午", "正午")
_HALF_DAY = 12
_CLOCK = re.compile(
    r"(\d{1,2})(?:\s*[:.点點时時시h]\s*(?:(\d{1,2})|(半))?\s*[分분]?(?:[:.]\d{1,2}(?:\.\d+)?)?)?"
    r"\s*(?:uhr|整)?",
    re.ASCII,
)
_FOUR = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)
_UNTIL = re.compile(r"\s*(?:[-–—~～至到]|bis)\s*(?=[^\d]{0,3}\d).*$")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.ASCII)
_HAN_DAY = re.compile(
    r"(?:(\d{4})\s*[年년])?\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]?", re.ASCII
)
_WEEKDAY = re.compile(r"[,(\s]*(?:(?:星期|周|週|礼拜)[一二三四五六日天]|[a-z]{2,9}\.?)[,)\s]*$")
_BOTH = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日?|\d{1,2}[./-]\d{1,2}[./-]\d{4})"
    r"[日t,\s]*(.*)",
    re.ASCII,
)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(?:Z|([+-])(\d\d):?(\d\d))", re.ASCII
)
_MONTHS = 12


def clock(text: str) -> str:
    """A time of day as HH:MM: 9:05, 09:05:00, 下午2:30, 2:30 PM, 10点半; raises ValueError."""
    meant = _UNTIL.sub("", typed.plain(text).casefold()).strip()
    later, meant = _half(meant)
    hours, minutes = _parts(meant, alone=later is not None)
    if later is not None:
        if not 0 <= hours <= _HALF_DAY:
            if not (later and hours < 2 * _HALF_DAY):  # 下午14:30 is written, too
                raise ValueError(NO_TIME)
        else:
            hours = hours % _HALF_DAY + _HALF_DAY * later
    return typed.clock(f"{hours:02d}:{minutes:02d}")


def _half(text: str) -> tuple[bool | None, str]:
    """Whether a time says that it is of the later half of the day, and what is left of it."""
    for words, later in ((_EVENING, True), (_MORNING, False), (_NOON, None)):
        for word in sorted(words, key=len, reverse=True):
            if text.startswith(word) or text.endswith(word):
                rest = text.removeprefix(word).removesuffix(word).strip()
                if later is None:  # 中午1点 is one o'clock in the afternoon, 中午11:30 before noon
                    later = True if _parts(rest, alone=True)[0] < _HALF_DAY - 3 else None
                return later, rest
    return None, text


def _parts(text: str, *, alone: bool = False) -> tuple[int, int]:
    """Hours and minutes; `alone`: the hour may be all there is."""
    found = _FOUR.fullmatch(text) if text.isascii() else None
    if found:
        return int(found[1]), int(found[2])
    found = _CLOCK.fullmatch(text)
    if found is None or not (alone or re.search(r"[^\d\s]", text)):
        raise ValueError(NO_TIME)
    return int(found[1]), 30 if found[3] else int(found[2] or 0)


def day(text: str, today: date) -> date:
    """A day: 2026/11/23, 2026年11月23日, 23.11.2026; raises ValueError with a sentence."""
    meant = _WEEKDAY.sub("", typed.plain(text).casefold()).strip()
    try:
        return typed.day(meant)
    except ValueError:
        pass
    try:
        if found := _HAN_DAY.fullmatch(meant):
            return date(int(found[1] or today.year), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(meant):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _SLASHES.fullmatch(meant):
            first, second = int(found[1]), int(found[2])
            if first != second and max(first, second) <= _MONTHS:
                raise ValueError(TWO_DAYS)
            month, of_month = sorted((first, second))
            return date(int(found[3]), month, of_month)
    except ValueError as refused:
        raise ValueError(TWO_DAYS if str(refused) == TWO_DAYS else NO_DAY) from None
    raise ValueError(NO_DAY)


def both(text: str, today: date) -> tuple[date | None, str]:
    """Day and time of one cell, such as 2026-11-23T10:30; the day is None where there is none.

    Raises ValueError with a sentence.
    """
    found = _BOTH.fullmatch(typed.plain(text).casefold())
    if found is None:
        return None, clock(text)
    return day(found[1], today), clock(
        re.sub(r"^(?:星期|周|週)[一二三四五六日天]\s*", "", found[2])
    )


def with_zone(text: str) -> datetime | None:
    """A moment that says its time zone, such as 2026-11-23T02:30Z; None where it is none."""
    found = _MOMENT.fullmatch(typed.plain(text).upper())
    if found is None:
        return None
    before = -1 if found[4] == "-" else 1
    ahead = timedelta(hours=int(found[5] or 0), minutes=int(found[6] or 0)) * before
    try:
        hour, minute = map(int, typed.clock(found[2]).split(":"))
        return datetime.combine(typed.day(found[1]), time(hour, minute), timezone(ahead))
    except ValueError:
        return None
