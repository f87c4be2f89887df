"""Removing what has been kept for its time: records, and the keys to names and phones."""

import logging
from datetime import date, datetime

from msgspec import Struct

from db.calendar import A_LEAP
from db.clock import ClockIs
from db.core import StoreCore
from db.errors import StoreError
from db.files import make_private, read_whole, refusing, replace, sync_folder
from db.keeping.closing import close, lacks_figures
from db.keeping.moving import SetAside, days_set_aside
from db.keeping.progress import Progress, in_turn
from db.keeping.trouble import Trouble, noting
from db.keeping.verifying import Verified, verified
from db.line import encode, head_of
from db.parts import days_on_disk, days_with_anything, files_of
from db.privacy.destroying import keys_named

log = logging.getLogger("clinic.store")

A_RUN = 2
"""Days removed at most by themselves: a clock that jumps ahead must not erase everything."""

SEEN = ".seen"
"""The file that holds the last day on which what is old was looked for."""


class Overdue(Struct, frozen=True):
    """Days whose records, and days whose names and phones, have been kept for their time."""

    records: list[date]
    names: list[date]
    failed: list[Trouble] = []
    """What could not be removed, and why."""


class NamesDestroyed(Struct, frozen=True, kw_only=True):
    """The receipt for the keys of a day: from then on nothing opens its names and phones."""

    day: date
    at: datetime
    keys: list[str]


def overdue(core: StoreCore) -> Overdue:
    """Find what has been kept for its time."""
    core.settle()
    today = core.day
    with refusing():
        there = days_with_anything(core.folder) if core.is_settled else []
    records = [day for day in there if day < today - core.retention_days]
    place = core.served.id or core.served.here()
    with_keys = {*there, *(day for day, _ in core.keys.made_for(place))}
    old = sorted(day for day in with_keys if day < today - core.person_days)
    return Overdue(records, [day for day in old if keys_of(core, day)])


def purge(core: StoreCore, limit: int | None = None, progress: Progress | None = None) -> Overdue:
    """Remove what is overdue, at most `limit` days of each kind, and say what was removed.

    Names go by destroying their day's keys; records leave their figures; both a receipt.
    """
    core.settle(make=True)
    with core.lock.held():
        due, failed = overdue(core), list[Trouble]()
        names, records = list[date](), list[date]()
        for day in due.names:
            if len(names) == limit:
                break
            with noting(failed, day):
                _destroy_keys(core, day)
                names.append(day)
        for day in in_turn(due.records, progress):
            if len(records) == limit:
                break
            with noting(failed, day):
                _remove(core, day)
                records.append(day)
        for one in days_set_aside(core.folder):
            with noting(failed, one.day):
                _purge_set_aside(core, one)
        return Overdue(records, names, failed)


def purge_by_itself(core: StoreCore, today: date) -> None:
    """Remove a little of what is overdue, if time seems to have passed day by day.

    After a holiday, or by a clock that runs ahead, what is old now was not so long ago: then
    nothing is removed before another day has come.
    """
    seen = _last_seen(core)
    before = [day for day in (*days_on_disk(core.folder), seen) if day and day < today]
    leapt = bool(before) and today - max(before) > A_LEAP
    if seen != today:
        replace(core.folder / SEEN, str(today).encode())
    if leapt and core.clock_is() is not ClockIs.right:
        log.warning("nothing was purged: %s comes long after %s", today, max(before))
        return
    purge(core, limit=A_RUN)


def _last_seen(core: StoreCore) -> date | None:
    try:
        return date.fromisoformat(read_whole(core.folder / SEEN).decode("ascii"))
    except (OSError, ValueError):
        return None


def _purge_set_aside(core: StoreCore, one: SetAside) -> None:
    """Destroy the keys of a day that never was, and remove it, by when it was set aside."""
    if one.since < core.day - core.person_days:
        here = keys_named(core.folder, one.day)
        keys = [key for key in keys_named(one.folder, one.day) if key not in here]
        _destroy(core, one.day, [key for key in keys if core.keys.exists(one.day, key)])
    if one.since < core.day - core.retention_days:
        with refusing():
            for file in files_of(one.folder, one.day):
                file.unlink()
            for file in one.folder.glob(f"figures.{one.day}.json"):
                file.unlink()
            if not any(one.folder.iterdir()):
                one.folder.rmdir()


def _remove(core: StoreCore, day: date) -> None:
    """Leave the receipt first, and unlink the journal last, for a run that is cut short."""
    is_there = core.journal_of(day).exists()
    if is_there and lacks_figures(core, day):
        with noting([], day):
            close(core, core.open_day(day))
    if keys_of(core, day):
        _destroy_keys(core, day)
    with refusing():
        if is_there:
            make_private(core.receipts_folder)
            if not (core.receipts_folder / f"{day}.json").exists():
                replace(core.receipts_folder / f"{day}.json", encode(_receipt(core, day)))
        core.let_go(day)
        *others, last = files_of(core.folder, day)
        for file in others:
            file.unlink()
        sync_folder(core.folder)
        last.unlink()
        sync_folder(core.folder)


def _receipt(core: StoreCore, day: date) -> Verified:
    try:
        return verified(core.folder, day)
    except (OSError, StoreError) as error:
        log.warning("%s is removed though it cannot be read: %s", day, error)
        return Verified(day=day, lines=0, hash="", is_closed=False, damaged_line=1, torn_bytes=0)


def keys_of(core: StoreCore, day: date) -> list[str]:
    """Give the ids of a day's keys that are on this machine.

    They are found by their names. Those of older versions stand in the first line; where
    that cannot be read, whatever key of the day no other data folder has is taken for it.
    """
    place = core.served.id or core.served.here()
    named = [name for other, name in core.keys.all() if other == day]
    mine = {name for name in named if place and name.startswith(place[:8])}
    if not core.journal_of(day).exists():
        return sorted(mine)
    try:
        with core.journal_of(day).open("rb") as file:
            head = head_of(file.readline())
    except OSError:
        head = None
    if head is not None:
        return sorted(mine | {head.key} & set(named))
    others = core.served.others()
    return sorted(
        mine | {name for name in named if not any(name.startswith(one[:8]) for one in others)}
    )


def _destroy_keys(core: StoreCore, day: date) -> None:
    """Destroy a day's keys.

    The receipt is left first: a power cut in between is made good by the next run.
    """
    _destroy(core, day, keys_of(core, day))


def _destroy(core: StoreCore, day: date, keys: list[str]) -> None:
    if not keys:
        return
    receipt = NamesDestroyed(day=day, at=core.calendar.now(), keys=keys)
    with refusing():
        make_private(core.receipts_folder)
        replace(core.receipts_folder / f"{day}.names.json", encode(receipt))
        for key in keys:
            core.keys.destroy(day, key)
    told = {"location": core.location, "day": str(day)}
    core.audit.try_to_note("keys_destroyed", "system", core.device, **told)
