"""Bringing people into the day they are truly in, and setting aside days that never were."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from db.checkin import OPEN, CheckIn
from db.core import Edit, StoreCore
from db.counting.stays import DAY_CLOSED
from db.day import Day
from db.desk.editing import edit
from db.errors import StoreCorrupt, StoreError
from db.files import make_private, refusing, sync_folder
from db.kinds import EventKind
from db.numbers import next_number
from db.parts import SET_ASIDE, days_on_disk, files_of
from db.uptime import truly

log = logging.getLogger("clinic.store")


_GIVEN = EventKind.checked_in
"""When a ticket's uptime is of: it may be said of people that they came before."""


class SetAside(Struct, frozen=True, order=True):
    """A day that was begun by a clock that ran ahead, and the day on which that was put right."""

    since: date
    day: date
    folder: Path


def carry(core: StoreCore, old: Day, today: Day, check_ins: Iterable[CheckIn]) -> None:
    """Bring those of `check_ins` who are not there yet into `today`, with place and ticket.

    A ticket that somebody else has there is given up for another. The lock is held.
    """
    for one in sorted(check_ins, key=lambda one: one.number):
        if one.id not in today.ids:
            _carry_one(core, old, today, one)


def _carry_one(core: StoreCore, old: Day, today: Day, one: CheckIn) -> None:
    number, ticket, counts = next_number(today, core.series)
    if one.ticket not in today.tickets:
        ticket = one.ticket
        counts = {"arrivals": counts["arrivals"]}
    else:
        log.warning("%s of %s is %s now", one.ticket, old.date, ticket)
    uptime = old.up.get(one.number)
    given = [event.at for event in old.events_of(one.number) if event.what is _GIVEN][:1]
    true = truly(core.calendar.now(), core.uptime(), uptime)
    later = true - (given or [one.arrived_at])[0] if true else timedelta()
    times = _moved(one, later, core.now_in(today))
    fields, secret = core.people.sealed_anew(old, today, one)
    document = old.document(one.number)
    for name in ("sealed", "phone_tag", "person_tag", "event"):
        document.pop(name, None)
    document |= times | fields
    document |= {
        "number": number,
        "ticket": ticket,
        "day": today.date,
        "revision": one.revision + 1,
    }
    event = core.new_event(
        EventKind.carried, "system", today, check_in=number, reason=f"{one.ticket}, {old.date}"
    )
    if today.journal.format > 1:
        event = msgspec.structs.replace(event, check_in_id=one.id)
    core.commit(today, [(document, event)], counts, up=uptime, secret=secret)


def _moved(one: CheckIn, later: timedelta, now: datetime) -> dict[str, Any]:
    """Give the times of a check-in so much later, as they truly were; never after `now`."""
    names = ("arrived_at", "called_at", "began_at", "ended_at")
    times = {name: getattr(one, name) for name in names}
    return {name: time and min(time + later, now) for name, time in times.items()}


def set_aside(core: StoreCore, day: date, today: Day) -> None:
    """Move a day that never was out of the way, and bring who is still here into `today`.

    The lock is held. What it says of others, it keeps. A run that is cut short is finished by
    the next. Raises StoreError.
    """
    false = core.open_day(day)
    with suppress(StoreCorrupt):  # it is kept as it is; nobody can be told from it
        false.journal.refresh(repair=True)
        if today.journal.head is None:
            core.write_head(today)
        _reopen(core, today, day)
        carry(core, false, today, [one for one in false.check_ins.values() if one.status in OPEN])
    with refusing():
        place = _new_place(core.folder / SET_ASIDE, today.date, day)
        for file in [core.figures_folder / f"{day}.json", *files_of(core.folder, day)]:
            if file.exists():
                target = place / (
                    f"figures.{file.name}" if file.parent != core.folder else file.name
                )
                file.rename(target)
        sync_folder(place)
        sync_folder(core.folder)
    core.let_go(day)
    log.warning("%s was begun by a clock that ran ahead, and is set aside", day)


def _new_place(folder: Path, today: date, day: date) -> Path:
    number = 1
    while True:
        place = folder / (f"{today}" if number == 1 else f"{today}.{number}")
        if not (place / f"{day}.jsonl").exists():
            make_private(place)
            return place
        number += 1


def _reopen(core: StoreCore, today: Day, false: date) -> None:
    """Take back that `today` was closed because a false day began."""
    closed = today.journal.closed
    if closed is None or closed.next is None or closed.next < false:
        return
    edits: list[Edit] = []
    for number, one in list(today.check_ins.items()):
        last = today.events_of(number)[-1:]
        if last and last[0].reason == DAY_CLOSED and last[0].by == "system":
            document, event = edit(
                core, today, one, EventKind.undone, "system", **(last[0].before or {})
            )
            edits.append((document, msgspec.structs.replace(event, undoes=last[0].id)))
    if edits:
        core.commit(today, edits)


def days_set_aside(folder: Path) -> list[SetAside]:
    """Give the days of a location that were set aside, oldest first."""
    found = []
    with suppress(FileNotFoundError):
        for place in (folder / SET_ASIDE).iterdir():
            with suppress(ValueError):
                since = date.fromisoformat(place.name[:10])
                found += [SetAside(since, day, place) for day in days_on_disk(place)]
    return sorted(found)


def set_aside_by_hand(core: StoreCore, day: date) -> None:
    """Do the same because somebody says so. Raises StoreError if the day is not in the future."""
    core.settle(make=True)
    today = core.calendar.today()
    if day <= today:
        raise StoreError(f"By this machine's clock today is {today}: {day} is not in the future.")
    with core.lock.held():
        with refusing():
            there = core.which_day.ahead(today)
        if day not in there:
            raise StoreError(f"There are no check-ins of {day}.")
        opened = core.open_day(today)
        opened.journal.refresh(repair=True)
        set_aside(core, day, opened)
        core.which_day.look_again()
