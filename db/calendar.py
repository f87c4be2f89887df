"""Which service day it is."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

A_SLIP = timedelta(days=2)
"""A clock set back this far or less does not reopen a day: the newest one goes on."""

A_LEAP = timedelta(days=7)
"""Days further ahead than this were begun by a clock that ran ahead and has been put right."""


SOON = timedelta(hours=6)
"""A day that was begun this much too early goes on: nobody who came then waits for its start."""


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
        return self.day_of(self._clock())

    def day_of(self, moment: datetime) -> date:
        """Give the service day of a moment."""
        return (self.local(moment).replace(tzinfo=None) - self._starts).date()

    def at(self, day: date, hour: int, minute: int) -> datetime:
        """Give the moment of a service day at which the clinic's clocks show a time, in UTC."""
        shown = timedelta(hours=hour, minutes=minute)
        if shown < self._starts:  # after midnight, but of the day before
            shown += timedelta(days=1)
        there = datetime.combine(day, time()) + shown
        return there.replace(tzinfo=self._zone).astimezone(UTC)

    def begins(self, day: date) -> datetime:
        """Give the moment at which a service day begins, in UTC."""
        there = datetime.combine(day, time()) + self._starts
        return there.replace(tzinfo=self._zone).astimezone(UTC)

    def shortly_after(self, today: date) -> list[date]:
        """Give the days that a clock set back a little may have begun already, last one first."""
        days = []
        with suppress(OverflowError):  # the end of all days
            for more in range(1, A_SLIP.days + 1):
                days.append(today + timedelta(days=more))
        return days[::-1]

    def begins_soon(self, day: date) -> bool:
        """Say whether a day begins within hours: a clock a little fast may have begun it."""
        begins = datetime.combine(day, time()) + self._starts
        return self.local(self._clock()).replace(tzinfo=None) >= begins - SOON


def in_the_way(day: date, begun: set[date], closed: set[date]) -> date | None:
    """Give the day that says `day` is not today, of those that were begun and closed; or None.

    A clock that lost the date stands before all of them; one set back, on a day that is over.
    """
    ahead = [other for other in begun | closed if other > day]
    if not ahead:
        return None
    if len(ahead) == len(begun | closed):
        return min(ahead)
    return min(ahead) if day in closed and min(ahead) <= day + A_LEAP else None
