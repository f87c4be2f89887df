"""Opening a day as a TinyDB."""

from datetime import date, datetime

from tinydb import TinyDB

from db.core import StoreCore
from db.day import Day
from db.errors import StoreUnavailable
from db.tinydb_view.table import JournalDatabase


def database(core: StoreCore, day: date | None) -> TinyDB:
    """Open a day (today), which is begun when it is first written."""
    wanted = day or core.day
    core.settle(make=True)
    opened = Day(core.folder, wanted, core.lock)

    def begin() -> datetime:
        if wanted != core.day:
            raise StoreUnavailable("That day is over; it can be read but not written.")
        core.begin_day(opened)
        return core.now_in(opened)

    return JournalDatabase(opened, begin)
