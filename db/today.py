"""Which service day today is, by the clock, by what is known of it, and by what is on disk."""

import logging
import os
from datetime import date
from pathlib import Path

from db.calendar import Calendar, in_the_way
from db.clock import ClockIs, Known
from db.errors import ClockWrong
from db.files import refusing
from db.parts import days_on_disk, part_of

log = logging.getLogger("clinic.store")


class Today:
    """The service day of one location."""

    def __init__(self, folder: Path, calendar: Calendar, clock_is: Known) -> None:
        """Touches no disk."""
        self._folder = folder
        self._calendar = calendar
        self._clock_is = clock_is
        self._believed: date | None = None
        """The service day when the clock was last believed."""
        self._after: tuple[date | None, list[tuple[date, str]]] = None, []
        """Today by the clock, and the days after it that may have begun."""

    def day(self, *, is_settled: bool) -> date:
        """Give today; raises ClockWrong while the clock cannot be right, and StoreUnavailable.

        A ticket of a day that is not today would be gone from the queue with the mistake.
        `is_settled`: whether the folder is there, so that what it says can be remembered.
        """
        today = day = self._calendar.today()
        with refusing():
            # Set back a little, or across the day's start: the day that was begun goes on. Asked
            # each time, because another process may have begun it.
            for later, journal in self._journals_after(today):
                if os.path.exists(journal) and not self.is_false(later):  # noqa: PTH110 - quicker
                    day = later
                    break
            if day != self._believed:
                self._believe(day, today)
                if day != today:
                    log.warning("the clock says %s; %s, which has begun, goes on", today, day)
                self._believed = day if is_settled else None
            return day

    def is_false(self, day: date) -> bool:
        """Say whether a day in the future was begun by a clock that ran ahead, as far as known."""
        return not self._calendar.begins_soon(day) and self._clock_is() is ClockIs.right

    def look_again(self) -> None:
        """Believe nothing that was believed: a day was moved out of the way."""
        self._believed = None

    def ahead(self, today: date) -> list[date]:
        """Give the days after `today` that were begun or closed; raises OSError."""
        begun, closed = days_on_disk(self._folder), days_on_disk(self._folder / "figures", ".json")
        return sorted({day for day in (*begun, *closed) if day > today})

    def _journals_after(self, today: date) -> list[tuple[date, str]]:
        if self._after[0] != today:
            later = self._calendar.shortly_after(today)
            self._after = today, [(day, str(part_of(self._folder, day, 1))) for day in later]
        return self._after[1]

    def _believe(self, day: date, today: date) -> None:
        begun, closed = days_on_disk(self._folder), days_on_disk(self._folder / "figures", ".json")
        other = in_the_way(day, set(begun), set(closed))
        if other is not None and self._clock_is() is not ClockIs.right:
            raise ClockWrong(today, other)
