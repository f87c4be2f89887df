"""Which service day it is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

CLOCK_SET_BACK = timedelta(days=2)
"""A clock set back this far or less does not reopen a day; one further back is believed."""


def utc_now() -> datetime:
    """Tell the time, aware, in UTC."""
    return datetime.now(UTC)


class Calendar:
    """Turns moments into service days; raises ValueError for an unknown time zone."""

    def __init__(
        self, clock: Callable[[], datetime], time_zone: str | None, day_starts: str | time
    ) -> None:
        """`time_zone` is an IANA name, or None for the host's own."""
        self._clock = clock
        try:
            self._zone = None if time_zone is None else ZoneInfo(time_zone)
        except ZoneInfoNotFoundError:
            raise ValueError(f"There is no time zone named {time_zone}.") from None
        starts = day_starts if isinstance(day_starts, time) else time.fromisoformat(day_starts)
        self._starts = timedelta(hours=starts.hour, minutes=starts.minute)

    def now(self) -> datetime:
        """Tell the time, aware, in UTC."""
        return self._clock().astimezone(UTC)

    def local(self, moment: datetime) -> datetime:
        """Turn a moment into the clinic's local time."""
        return moment.astimezone(self._zone)

    def today(self, newest: date | None) -> date:
        """Give the service day: the local date, counted from `day_starts`.

        `newest` is the latest day with a journal: a clock set back a little, or across
        `day_starts`, must not reopen the day before.
        """
        day = (self.local(self._clock()).replace(tzinfo=None) - self._starts).date()
        if newest is not None and day < newest <= day + CLOCK_SET_BACK:
            return newest
        return day


def days_on_disk(folder: Path, suffix: str = ".jsonl") -> list[date]:
    """Give the days that have such a file in `folder`, oldest first; none if it is not there."""
    days = []
    for file in folder.glob(f"*{suffix}"):
        try:
            days.append(date.fromisoformat(file.name.removesuffix(suffix)))
        except ValueError:
            continue
    return sorted(days)
