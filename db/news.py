"""News of changes: what the store's `watch` yields, and what it looks at."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import assert_never

from msgspec import Struct

from db.core import StoreCore
from db.desk.presence import Presence
from db.errors import ClockWrong, StoreError
from db.parts import parts_of
from db.queue import Order


class Change(Struct, frozen=True):
    """Word from `watch()` that something may differ; `events` is the number of the day's last."""

    day: date
    events: int


async def news_of(core: StoreCore, presence: Presence) -> AsyncIterator[Change]:
    """Yield at once, and after each change to queue, desk or presence, and of the order."""
    from db.watch import changes

    events, today = 0, core.day_by_clock
    folders = core.folder, presence.folder
    async with contextlib.aclosing(changes(folders, lambda: _glance(core, presence))) as news:
        async for _ in news:
            with contextlib.suppress(StoreError):  # whoever asks for more hears of trouble
                today, events = await asyncio.to_thread(_how_far, core)
            yield Change(today, events)


def _how_far(core: StoreCore) -> tuple[date, int]:
    """Read on, and give the day and the number of its last event."""
    with core.reading() as day:
        return day.date, len(day.journal.events)


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
    files = [(one.st_ino, one.st_size) for one in there]
    return day, files, presence.occupied(), _next_due(core)


def _next_due(core: StoreCore) -> datetime | None:
    """Give when somebody is called earlier though nothing happens: it differs once that is so."""
    match core.order:
        case Order.arrival:
            return None
        case Order.appointment:
            with contextlib.suppress(StoreError), core.reading() as day:
                return day.next_due(core.now_in(day))
            return None
    assert_never(core.order)
