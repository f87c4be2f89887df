"""Who of what was read is booked today and here, in the words of this clinic; pure."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from db import Expected, InvalidArrival
from kiosk.booked.rows_read import Bad, ListError, Read, Row
from kiosk.content.clinic import Clinic, Location, Service
from kiosk.languages.pinyin import fold

_PARTS = re.compile(r"\s+[-–—]\s*|\s*[-–—]\s+|\s*[:：,，、/|｜()（）\[\]【】]\s*")
MOST = 1000
"""Bookings of a day that one file may have: more is no list of a clinic."""
_SHORTEST = 4
"""Letters from which a word in another stands for a service; two where they are Chinese."""


class Today(Struct, frozen=True):
    """Which day it is at the clinic."""

    day: date
    zone: ZoneInfo
    day_of: Callable[[datetime], date]
    """The service day of a moment."""
    at: Callable[[date, int, int], datetime]
    """The moment of a service day at which the clocks show a time."""


class Todays(Struct, frozen=True, kw_only=True):
    """What of a file concerns today and this location."""

    expected: tuple[Expected, ...] = ()
    bad: tuple[Bad, ...] = ()
    other_days: int = 0
    other_places: int = 0
    cancelled: int = 0
    unknown_services: int = 0
    """Who is on the list without a service, because nobody here offers what theirs is called."""


def todays(read: Read, today: Today, day_of_file: date, clinic: Clinic, here: Location) -> Todays:
    """Sort what was read; rows without a day are of `day_of_file`. Raises ListError."""
    expected, bad, seen = list[Expected](), list(read.bad), set[str]()
    other_days = other_places = cancelled = unknown = 0
    for row in read.rows:
        if row.cancelled:
            cancelled += 1
            continue
        moment = _moment(row, today, day_of_file)
        if today.day_of(moment) != today.day:
            other_days += 1
            continue
        if not _is_here(row.location, clinic, here):
            other_places += 1
            continue
        name, service = _named(row, clinic)
        unknown += bool(row.service and not service)
        ref = row.ref or f"{moment.isoformat()}\n{fold(name)}\n{row.phone}"
        if ref in seen:
            continue
        seen.add(ref)
        try:
            expected.append(
                Expected(
                    ref=ref,
                    due_at=moment,
                    name=name,
                    phone=row.phone,
                    service=service,
                    practitioner=_practitioner(row.practitioner, clinic),
                )
            )
        except InvalidArrival as refused:
            why = f"{str(refused)[:1].lower()}{str(refused)[1:].rstrip('.')}"
            bad.append(Bad(line=row.line, column=refused.field, why=why, ref=row.ref))
    if len(expected) > MOST:
        raise ListError(f"the file has more than {MOST} bookings of today; it is not read")
    return Todays(
        expected=tuple(expected),
        bad=tuple(sorted(bad, key=lambda one: one.line)),
        other_days=other_days,
        other_places=other_places,
        cancelled=cancelled,
        unknown_services=unknown,
    )


def _moment(row: Row, today: Today, day_of_file: date) -> datetime:
    if row.moment is not None:
        return row.moment
    hour, minute = map(int, row.clock.split(":"))
    if row.day is None:
        return today.at(day_of_file, hour, minute)
    return datetime(row.day.year, row.day.month, row.day.day, hour, minute, tzinfo=today.zone)


def _is_here(text: str, clinic: Clinic, here: Location) -> bool:
    """Whether a booking is for this location: only where another one is named it is not."""
    told = [place for place in clinic.locations if text and _names(place, fold(text))]
    return not told or here.slug in {place.slug for place in told}


def _names(place: Location, text: str) -> bool:
    names = (place.slug, place.building, *place.name.values(), *place.street.values())
    return any(fold(name) in text for name in names if name)


def _named(row: Row, clinic: Clinic) -> tuple[str, str]:
    """The name and the service of a booking; one may stand behind the other, as in calendars."""
    if row.service:
        return row.name, service_of(row.service, clinic)
    parts = [part.strip() for part in _PARTS.split(row.name) if part.strip()]
    for part in parts:
        if len(parts) > 1 and (slug := service_of(part, clinic)):
            return " ".join(one for one in parts if one != part), slug
    return row.name, ""


def service_of(text: str, clinic: Clinic) -> str:
    """The slug of the service that is called so in any language, or within it; "" for none."""
    wanted, best = fold(text).strip(), (0, "")
    for service in clinic.services:
        for title in _titles(service):
            shortest = _SHORTEST if title.isascii() else 2
            if wanted == title:
                return service.slug
            if len(title) >= shortest and title in wanted:
                best = max(best, (len(title), service.slug))
    return best[1]


def _titles(service: Service) -> Iterator[str]:
    yield service.slug
    yield from (fold(title) for title in service.title.values())


def _practitioner(text: str, clinic: Clinic) -> str | None:
    """Whom somebody comes to, as the clinic calls them if it does."""
    wanted = fold(text).strip()
    for one in clinic.practitioners:
        if wanted and (fold(one.name) in wanted or wanted in fold(one.name).split()):
            return one.name
    return text.strip() or None
