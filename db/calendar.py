"""Which service day it is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

A_SLIP = timedelta(days=2)
"""A clock set back this far or less does not reopen a day: the newest one goes on."""

A_LEAP = timedelta(days=7)
"""Days further ahead than this were begun by a clock that ran ahead and has been put right."""


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

    def today(self) -> date:
        """Give the service day as the clock has it: the local date, counted from `day_starts`."""
        return (self.local(self._clock()).replace(tzinfo=None) - self._starts).date()


def can_be_today(day: date, begun: set[date], closed: set[date]) -> bool:
    """Say whether `day` can be today, given the days that were ever begun and those closed.

    A clock that lost the date stands before all of them; one set back, on a day that is over.
    """
    ahead = [other for other in begun | closed if other > day]
    if not ahead:
        return True
    if len(ahead) == len(begun | closed):
        return False
    return day not in closed or min(ahead) > day + A_LEAP


def days_on_disk(folder: Path, suffix: str = ".jsonl") -> list[date]:
    """Give the days that have such a file in `folder`, oldest first; none if it is not there."""
    days = []
    for file in folder.glob(f"*{suffix}"):
        try:
            days.append(date.fromisoformat(file.name.removesuffix(suffix)))
        except ValueError:
            continue
    return sorted(days)
