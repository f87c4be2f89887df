"""News of changes: what the store's `watch` yields, and what it looks at."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import date, datetime

from msgspec import Struct

from db.core import StoreCore
from db.desk.presence import Presence
from db.errors import ClockWrong, StoreError
from db.parts import parts_of


class Change(Struct, frozen=True):
    """Word from `watch()` that something may differ; `events` is the number of the day's last."""

    day: date
    events: int


async def news_of(core: StoreCore, presence: Presence) -> AsyncIterator[Change]:
    """Yield at once, and after each change to queue, desk or presence, and of the order."""
    from db.watch import changes

    events, today, turns = 0, core.day_by_clock, _Turns()
    folders = core.folder, presence.folder

    def look() -> object:
        return _glance(core, presence), turns.until(core.calendar.now())

    async with contextlib.aclosing(changes(folders, look)) as news:
        async for _ in news:
            with contextlib.suppress(StoreError):  # whoever asks for more hears of trouble
                today, events, turns.next_due = await asyncio.to_thread(_how_far, core)
            yield Change(today, events)


class _Turns:
    """Counts how often the order has changed though nothing happened: somebody became due."""

    def __init__(self) -> None:
        self.next_due: datetime | None = None
        self._number = 0

    def until(self, now: datetime) -> int:
        """Give how many there have been by now."""
        if self.next_due is not None and self.next_due <= now:
            self.next_due = None
            self._number += 1
        return self._number


def _how_far(core: StoreCore) -> tuple[date, int, datetime | None]:
    """Read on; give the day, the number of its last event, and when the order changes by itself."""
    with core.reading() as day:
        return day.date, len(day.journal.events), day.next_due(core.now_in(day))


def _glance(core: StoreCore, presence: Presence) -> object:
    """Give something cheap that differs when there is news; raises ClockWrong."""
    try:
        day = core.day
    except ClockWrong:
        raise
    except StoreError as trouble:
        return str(trouble)
    try:
        there = [part.stat() for part in parts_of(core.folder, day)]
    except OSError as error:
        return day, error.errno
    if not there:
        return day, core.folder.is_dir(), presence.occupied()
    return day, [(one.st_ino, one.st_size) for one in there], presence.occupied()
