"""Closing a day: what is still open ends, it is written out, and what it is counted in."""

import os
from datetime import date

import msgspec

from db.checkin import OPEN, Status
from db.core import StoreCore
from db.counting.figures import MANY, Figures, figures_of
from db.counting.stays import DAY_CLOSED
from db.day import Day
from db.desk.editing import edit
from db.errors import StoreError
from db.files import make_private, read_whole, refusing, replace
from db.keeping.trouble import Trouble, noting
from db.kinds import EventKind
from db.line import Closed, encode
from db.parts import days_on_disk, parts_of


def close(core: StoreCore, day: Day, after: date | None = None) -> Figures:
    """Close a day, by hand or because the one `after` it has begun. The lock is held."""
    journal = day.journal
    journal.refresh(repair=True)
    if journal.head is None:
        raise StoreError(f"There is no journal of {day.date}.")
    if journal.closed is None:
        # Nobody knows when people went; a false clock must not stand in a day that goes on.
        at = core.now_in(day) if after is None or journal.at is None else journal.at
        edits = []
        for one in list(day.check_ins.values()):
            if one.status in OPEN:
                done = one.status is Status.in_service
                kind, to = (
                    (EventKind.completed, Status.done) if done else (EventKind.left, Status.left)
                )
                edits.append(edit(core, day, one, kind, "system", to, DAY_CLOSED, ended_at=at))
        core.commit(day, edits, closed=Closed(0, "", after), at=at)
    core.destroy_secrets(day)
    figures = count(core, day)
    with refusing():
        make_private(core.figures_folder)
        replace(core.figures_folder / f"{day.date}.json", encode(figures))
        replace(journal.path.with_suffix(".json"), encode(journal.tables))
    return figures


def is_closed(core: StoreCore, day: date) -> bool:
    """Say whether the day's last line closed it and it was written out; cheap."""
    with refusing():
        if not all(
            (place / f"{day}.json").exists() for place in (core.folder, core.figures_folder)
        ):
            return False
        with parts_of(core.folder, day)[-1].open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - 200))
            return b'"closed":{"lines"' in b"".join(file.read().splitlines()[-1:])


def count(core: StoreCore, day: Day) -> Figures:
    """Count what is recorded of an open day."""
    return figures_of(day.date, day.check_ins.values(), day.events(), core.calendar.local)


def figures_between(
    core: StoreCore, first: date, last: date, troubles: list[Trouble] | None = None
) -> list[Figures]:
    """Read the figures of closed days, and count those of others."""
    core.settle()
    found = []
    with refusing():
        days = {*days_on_disk(core.folder), *days_on_disk(core.figures_folder, ".json")}
    for day in sorted(days):
        if first <= day <= last:
            with noting([] if troubles is None else troubles, day):
                found.append(_figures_of(core, day))
    return found


def lacks_figures(core: StoreCore, day: date) -> bool:
    """Whether a day was never counted, or by an older version, which left out how it ended."""
    if not (core.figures_folder / f"{day}.json").exists():
        return True
    try:
        kept = _read(core, day)
    except StoreError:
        return False  # damaged: whoever looks at them is told
    return kept.ends is None and kept.arrivals >= MANY


def _figures_of(core: StoreCore, day: date) -> Figures:
    if core.journal_of(day).exists() and not is_closed(core, day):
        with core.reading(day) as opened:
            return count(core, opened)
    return _read(core, day)


def _read(core: StoreCore, day: date) -> Figures:
    try:
        figures = msgspec.json.decode(_written_figures(core, day), type=Figures)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise StoreError("Its figures are damaged.") from None
    if figures.day != day:
        raise StoreError("Its figures are those of another day.")
    return figures


def _written_figures(core: StoreCore, day: date) -> bytes:
    return read_whole(core.figures_folder / f"{day}.json")
