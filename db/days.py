"""Which service day it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

CLOCK_SET_BACK = timedelta(days=2)
"""A clock set back this far or less does not reopen a day; one further back is believed."""


def utc_now() -> datetime:
    """Tell the time, aware, in UTC."""
    return datetime.now(UTC)


def clock_time(text: str | time) -> time:
    """Read a time of day such as "04:00"; raises ValueError."""
    return text if isinstance(text, time) else time.fromisoformat(text)


class Calendar:
    """Turns moments into service days; raises ValueError for an unknown time zone."""

    def __init__(
        self, clock: Callable[[], datetime], time_zone: str | None, day_starts: str | time
    ) -> None:
        """`time_zone` is an IANA name, or None for the host's own."""
        self._clock = clock
        self._zone = None if time_zone is None else _zone(time_zone)
        starts = clock_time(day_starts)
        self._starts = timedelta(hours=starts.hour, minutes=starts.minute)

    def now(self) -> datetime:
        """Tell the time, aware, in UTC."""
        return self._clock().astimezone(UTC)

    def local(self, moment: datetime) -> datetime:
        """Turn a moment into the clinic's local time."""
        return moment.astimezone(self._zone)

    def day_of(self, moment: datetime) -> date:
        """Give the service day of a moment: its local date, counted from `day_starts`."""
        return (self.local(moment).replace(tzinfo=None) - self._starts).date()

    def today(self, newest: date | None) -> date:
        """Give the current service day, where `newest` is the latest that has a journal.

        A clock set back a little, or across `day_starts`, must not reopen a closed day.
        """
        day = self.day_of(self.now())
        if newest is not None and day < newest <= day + CLOCK_SET_BACK:
            return newest
        return day


def days_on_disk(folder: Path) -> list[date]:
    """Give the days that have a journal in `folder`, oldest first; none if it is not there."""
    days = []
    for file in folder.glob("*.jsonl"):
        try:
            days.append(date.fromisoformat(file.stem))
        except ValueError:
            continue
    return sorted(days)


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        raise ValueError(f"There is no time zone named {name}.") from None
