"""Bookings in an iCalendar file, repeated ones too: those of one day; pure.

Loads what reads iCalendar, which takes its time: only the command that was named does so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from kiosk.booked import rows_read as found
from kiosk.booked.rows_read import Bad, ListError, Read, Row
from kiosk.booked.titles import field_of

BEGINS, ENDS = "BEGIN:VCALENDAR", "END:VCALENDAR"
NO_CALENDAR = "the file is no calendar, or not a whole one"
ALL_DAY = "this is for the whole day; give it a time"
UNREADABLE = "this event cannot be read"
NO_START = "this event does not say when it begins"
NO_ZONE = "this time is in a time zone that is not known"
OFTEN = "this repeats more often than once a day; it is left out"
UNFINISHED = "this event does not end; the file may not be whole"

_OFTEN = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)|BY(SECOND|MINUTE|HOUR)=")
_LINE = re.compile(r"^\s*([^:：\n]{1,30})[:：]\s*(\S.*?)\s*$", re.MULTILINE)


def read_events(text: str, today: date, zone: ZoneInfo) -> Read:
    """The bookings of a day and those shortly before and after; raises ListError."""
    lines = text.splitlines()
    words = [line.strip().upper() for line in lines if line.strip()]
    if BEGINS not in words[:50] or words[-1] != ENDS:
        raise ListError(NO_CALENDAR)
    rows, bad = list[Row](), list[Bad]()
    zones, groups = _blocks(lines, bad)
    is_over = "METHOD:CANCEL" in words
    for uid, events in groups.items():
        line = min(events)
        try:
            calendar = _calendar(zones, events.values())
            found_here = list(_occurrences(calendar, line, uid, today, zone))
        except Exception:  # whatever it holds, the others are read
            bad.append(Bad(line=line, why=UNREADABLE))
            continue
        for one in found_here:
            if isinstance(one, Bad):
                bad.append(one)
            elif not is_over:
                rows.append(one)
    return Read(tuple(rows), tuple(bad))


def _blocks(lines: list[str], bad: list[Bad]) -> tuple[list[str], dict[str, dict[int, list[str]]]]:
    """The time zones, and each event with those that change single days of it, by their UID."""
    zones, groups = list[str](), dict[str, dict[int, list[str]]]()
    kind, start, block = "", 0, list[str]()
    for n, line in enumerate(lines, 1):
        word = line.strip().upper()
        if word in ("BEGIN:VEVENT", "BEGIN:VTIMEZONE"):
            if kind == "VEVENT":
                bad.append(Bad(line=start, why=UNFINISHED))
            kind, start, block = word.partition(":")[2], n, []
        if kind:
            block.append(line)
        if kind and word == f"END:{kind}":
            if kind == "VTIMEZONE":
                zones += block
            else:
                uid = _uid(block) or f"line {start}"
                groups.setdefault(uid, {})[start] = block
            kind = ""
    if kind == "VEVENT":
        bad.append(Bad(line=start, why=UNFINISHED))
    return zones, groups


def _uid(block: list[str]) -> str:
    unfolded = re.sub(r"\n[ \t]", "", "\n".join(block))
    match = re.search(r"^UID(?:;[^:\n]*)?:(.*)$", unfolded, re.MULTILINE | re.IGNORECASE)
    return match[1].strip() if match else ""


def _calendar(zones: list[str], events: Iterable[list[str]]) -> icalendar.Calendar:
    blocks = [line for block in events for line in block]
    text = "\r\n".join([BEGINS, "VERSION:2.0", *zones, *blocks, ENDS, ""])
    calendar = icalendar.Calendar.from_ical(text)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar


def _occurrences(
    calendar: icalendar.Calendar, line: int, uid: str, today: date, zone: ZoneInfo
) -> Iterator[Row | Bad]:
    """What one event is on the days around `today`."""
    repeats = False
    for event in calendar.walk("VEVENT"):
        if "DTSTART" not in event:
            yield Bad(line=line, why=NO_START, ref=uid)
            return
        if "RRULE" in event:
            repeats = True
            if _OFTEN.search(cast(Any, event["RRULE"]).to_ical().decode()):
                yield Bad(line=line, why=OFTEN, ref=uid)
                return
        start: Any = event["DTSTART"]
        if isinstance(start.dt, datetime) and start.dt.tzinfo is None and "TZID" in start.params:
            yield Bad(line=line, why=NO_ZONE)
            return
    begins = datetime(today.year, today.month, today.day, tzinfo=zone)
    around = begins - timedelta(days=1), begins + timedelta(days=2)
    for event in recurring_ical_events.of(calendar).between(*around):
        start = cast(Any, event["DTSTART"]).dt
        if not isinstance(start, datetime):
            if start == today:
                yield Bad(line=line, why=ALL_DAY, ref=uid)
            continue
        moment = start if start.tzinfo else start.replace(tzinfo=zone)
        yield _row(event, line, uid, moment, repeats=repeats)


def _row(event: icalendar.Event, line: int, uid: str, moment: datetime, *, repeats: bool) -> Row:
    said = _said(event)
    ref = "" if uid == f"line {line}" else uid
    if ref and repeats:
        original: Any = event.get("RECURRENCE-ID")
        first = original.dt if original is not None else moment
        ref += f"\n{first:%Y%m%dT%H%M}"
    return Row(
        line=line,
        ref=ref,
        moment=moment,
        name=said.get(found.NAME) or str(event.get("SUMMARY", "")).strip(),
        phone=said.get(found.PHONE, ""),
        service=said.get(found.SERVICE) or _categories(event),
        practitioner=said.get(found.PRACTITIONER, ""),
        location=said.get(found.LOCATION) or str(event.get("LOCATION", "")).strip(),
        cancelled=str(event.get("STATUS", "")).strip().upper() == "CANCELLED",
    )


def _said(event: icalendar.Event) -> Mapping[str, str]:
    """What lines such as "Phone: 138…" in the description say."""
    said = dict[str, str]()
    for title, value in _LINE.findall(str(event.get("DESCRIPTION", ""))):
        said.setdefault(field_of(title), value)
    return said


def _categories(event: icalendar.Event) -> str:
    categories: Any = event.get("CATEGORIES")
    names = getattr(categories, "cats", []) if categories is not None else []
    return str(names[0]) if names else ""
