"""Opening hours in OpenStreetMap's syntax: open now, until when, and how people write them.

Pure rules over one text, such as `Mo-Fr 09:00-18:00; PH off`. The parser is imported when a
location has hours, and not before.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from db import ReceptionState
from kiosk.languages.language import Language, mark

if TYPE_CHECKING:
    from opening_hours import OpeningHours

_DAY = timedelta(days=1)
_DATED = re.compile(r"\s*\d{4}\b")
"""A rule for one year, such as `2027 Oct 01-07 off`: no part of a usual week."""
_CLOSED_ON_HOLIDAYS = re.compile(r"\bPH\s+(?:off|closed)\b")
_ALL_DAY = mark("24 hours")
_AHEAD = 400 * _DAY
"""How far a change is looked for. Hours that never change may be written so that the parser itself
would look through every year there is, and take seconds of every minute."""


class Opening(msgspec.Struct, frozen=True):
    """Whether a place is open at one moment, None where nobody can say, and when that changes."""

    open: bool | None = None
    changes: datetime | None = None
    today: bool = False
    """Whether it changes on the same day."""
    early_from: datetime | None = None
    """From when on people may check in before it opens, while that is still to come."""
    early: bool = False
    """Whether it is closed, and they may already."""

    @property
    def next_look(self) -> datetime | None:
        """When it has to be looked at again."""
        return self.early_from or self.changes


def fault(text: str, region: str) -> str:
    """What is wrong with hours, in words, and where; "" if they can be read."""
    from opening_hours import ParserError  # type: ignore[attr-defined]  # its stubs forget it

    try:
        parsed(text, region)
    except ParserError as error:
        column = re.search(r"--> \d+:(\d+)", str(error))
        rest = text[int(column[1]) - 1 :] if column else text
        return f"it cannot be read from {rest!r} on" if rest else "it ends too early"
    return ""


def opening(text: str, region: str, at: datetime) -> Opening:
    """Whether hours say open at a moment, which is aware, in the zone of the place (a ZoneInfo).

    `region` (ISO 3166) has the public holidays. Without hours, or with hours that cannot be read,
    nobody can say.
    """
    if not text or fault(text, region):
        return Opening()
    hours, local = parsed(text, region), at.replace(tzinfo=None)
    state = hours.state(local)[0]
    # What changes a comment alone is looked past.
    spans = hours.intervals(local, local + _AHEAD)
    changes = next((start for start, _end, other, _comment in spans if other != state), None)
    known = {"open": True, "closed": False}.get(str(state).rpartition(".")[2].lower())
    if changes is None:
        return Opening(known)
    return Opening(known, changes.replace(tzinfo=at.tzinfo), changes.date() == local.date())


def with_early(hours: Opening, at: datetime, minutes: int) -> Opening:
    """The hours of a place where people may check in so many minutes before it opens."""
    if hours.open is not False or hours.changes is None or not minutes:
        return hours
    begins = hours.changes - timedelta(minutes=minutes)
    early = begins <= at
    return msgspec.structs.replace(hours, early=early, early_from=None if early else begins)


def reception_by_hours(now: Opening) -> tuple[ReceptionState, str | None]:
    """The reception state where staff have set none today: closed outside known hours.

    With it, if it opens on the same day, the time ("HH:MM"), also where people may check in before.
    """
    if now.open is not False:
        return ReceptionState.open, None
    return (
        ReceptionState.open if now.early else ReceptionState.closed,
        f"{now.changes:%H:%M}" if now.changes and now.today else None,
    )


def week(text: str, region: str, today: date, _: Language) -> str:
    """A usual week as people write it, such as "Mon-Fri 09:00-18:00; Sat 09:00-12:00".

    A line at most for each set of times; "" for hours that cannot be read.
    """
    if not text or fault(text, region):
        return ""
    rules = [rule for rule in text.split(";") if not _DATED.match(rule)]
    usual = ";".join(rules) if rules and not fault(";".join(rules), "") else text
    days: dict[tuple[str, ...], list[int]] = {}
    for day, times in enumerate(_week(usual, today)):
        if times:
            days.setdefault(tuple(times), []).append(day)
    lines = [
        f"{_days(which, _)} {_(', ').join(_(t) if t == _ALL_DAY else t for t in times)}"
        for times, which in days.items()
    ]
    if _CLOSED_ON_HOLIDAYS.search(text):
        lines.append(_("closed on public holidays"))
    return _("; ").join(lines)


def now_in_words(opening: Opening, at: datetime, _: Language) -> str:
    """Such as "open now, until 18:00"; "" where nobody can say. `at` as for `opening`."""
    if opening.open is None:
        return ""
    if opening.changes is None:
        return _("open now") if opening.open else _("closed now")
    time, days = _.clock(opening.changes), (opening.changes.date() - at.date()).days
    if opening.open:
        return _("open now, until {time}", time=time) if days < 2 else _("open now")
    if days == 0:
        return _("closed now, opens at {time}", time=time)
    if days == 1:
        return _("closed now, opens tomorrow at {time}", time=time)
    day = _.day(opening.changes.date())
    return _("closed now, opens on {day} at {time}", day=day, time=time)


@lru_cache(maxsize=32)
def parsed(text: str, region: str) -> "OpeningHours":
    """The hours as the parser has them; a region it does not know counts as none."""
    from opening_hours import OpeningHours, UnknownCountryError  # type: ignore[attr-defined]  # as above

    try:
        return OpeningHours(text, country=region or None)
    except UnknownCountryError:
        return OpeningHours(text)


def _week(text: str, today: date) -> list[list[str]]:
    """The times of each day of this week, Monday first, without public holidays."""
    hours = parsed(text, "")
    monday = datetime.combine(today - today.weekday() * _DAY, time())
    found: list[list[str]] = [[] for _ in range(7)]
    # A day more at both ends, for hours that go on past midnight.
    for start, end, state, _comment in hours.intervals(monday - _DAY, monday + 8 * _DAY):
        if not str(state).upper().endswith("OPEN"):
            continue
        for begin, until in _by_day(start, end):
            if 0 <= (day := (begin - monday).days) < 7:
                whole = until - begin == _DAY
                found[day].append(_ALL_DAY if whole else f"{begin:%H:%M}-{until:%H:%M}")
    return found


def _by_day(start: datetime, end: datetime) -> Iterable[tuple[datetime, datetime]]:
    """What is longer than a day, cut at every midnight; a night is one piece."""
    while end - start > _DAY:
        midnight = datetime.combine(start + _DAY, time())
        yield start, midnight
        start = midnight
    yield start, end


def _days(days: list[int], _: Language) -> str:
    """Days of the week, 0 being Monday, with runs drawn together."""
    if len(days) == 7:
        return _("every day")
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return _(", ").join(
        _("{first}-{last}", first=_.weekday(run[0]), last=_.weekday(run[-1]))
        if len(run) > 1
        else _.weekday(run[0])
        for run in runs
    )
