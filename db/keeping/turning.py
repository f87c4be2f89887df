"""What each new day brings: the days before are closed, the false ones set aside, old ones go."""

from datetime import date

from db.checkin import OPEN, CheckIn
from db.core import StoreCore
from db.day import Day
from db.files import refusing
from db.keeping.closing import close, is_closed
from db.keeping.moving import carry, set_aside
from db.keeping.purging import purge_by_itself
from db.keeping.trouble import Trouble, noting
from db.parts import days_on_disk
from db.uptime import truly


def tend(core: StoreCore) -> None:
    """Do what each day brings though nobody checks in."""
    core.settle()
    if not core.is_settled:
        return
    core.settle(make=True)
    with core.lock.held():
        today = core.open_day(core.day)
        today.journal.refresh(repair=True)
        core.turned = today.date
        turn_over(core, today)


def turn_over(core: StoreCore, day: Day) -> None:
    """Do what a new day brings, the lock being held; nothing of it may stop the day."""
    troubles = list[Trouble]()
    with noting(troubles, day.date):
        _set_aside_false(core, day)
    for old in days_on_disk(core.folder):
        if old < day.date:
            with noting(troubles, old):
                _end(core, old, day)
    with noting(troubles, day.date):
        purge_by_itself(core, day.date)


def _end(core: StoreCore, old: date, today: Day) -> None:
    """Close a day that is over, unless it is; who came today by the machine's uptime stays."""
    if is_closed(core, old):
        return
    opened = core.open_day(old)
    opened.journal.refresh(repair=True)
    came = [one for one in opened.check_ins.values() if _came(core, opened, one, today.date)]
    if came:
        if today.journal.head is None:
            core.write_head(today)
        carry(core, opened, today, came)
    close(core, opened, today.date)


def _came(core: StoreCore, day: Day, one: CheckIn, today: date) -> bool:
    when = truly(core.calendar.now(), core.uptime(), day.up.get(one.number))
    return one.status in OPEN and when is not None and core.calendar.day_of(when) >= today


def _set_aside_false(core: StoreCore, today: Day) -> None:
    """Set aside the days that a clock which ran ahead began, if it is known to be right now."""
    with refusing():
        ahead = core.which_day.ahead(today.date)
    for day in [day for day in ahead if core.which_day.is_false(day)]:
        set_aside(core, day, today)
