"""The store's other views: a day as TinyDB, and word of every change."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from db.day import Day
from db.desk.reception import Desk
from db.errors import ClockWrong, StoreError, StoreUnavailable
from db.parts import parts_of

if TYPE_CHECKING:
    from tinydb import TinyDB


class Change(Struct, frozen=True):
    """Word from `watch()` that something may differ; `events` is the number of the day's last."""

    day: date
    events: int


class Views(Desk):
    """Watching, and TinyDB."""

    async def watch(self) -> AsyncIterator[Change]:
        """Yield at once, then after each change by any process to queue, desk or presence.

        Changes that come while the caller is busy are one change. It also yields when the
        store becomes unusable or usable again, and when the service day changes. Raises
        StoreUnavailable while the clock cannot be right.
        """
        from db.watch import changes

        events, today = 0, self.day_by_clock
        folders = self.folder, self._presence
        async with contextlib.aclosing(changes(folders, self._glance)) as news:
            async for _ in news:
                with contextlib.suppress(StoreError), self._reading() as day:
                    events = len(day.journal.events)  # whoever asks for more hears of trouble
                    today = day.date
                yield Change(today, events)

    def _glance(self) -> object:
        """Give something cheap that differs when `watch` should yield; raises ClockWrong."""
        try:
            day = self.day
        except ClockWrong:
            raise
        except StoreError as trouble:
            return str(trouble)
        try:
            there = [part.stat() for part in parts_of(self.folder, day)]
        except OSError as error:
            return day, error.errno
        if not there:
            return day, self.folder.is_dir(), self.occupied()
        return day, [(one.st_ino, one.st_size) for one in there], self.occupied()

    def database(self, day: date | None = None) -> TinyDB:
        """Open a day (today) as a TinyDB whose tables can be searched and written.

        The tables are "checkins", "help" and "desk", and any you add. Close it after use. Writing
        raises InvalidDocument for what would hurt the day.
        """
        from db.tinydb_view.table import JournalDatabase

        wanted = day or self.day
        self._settle(make=True)
        opened = Day(self.folder, wanted, self._lock)

        def begin() -> datetime:
            if wanted != self.day:
                raise StoreUnavailable("That day is over; it can be read but not written.")
            self._begin(opened)
            return self._now(opened)

        return JournalDatabase(opened, begin)
