"""Copies of the data: backing up, and giving it away as rows."""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from db.checkin import CheckIn, Event
from db.core import StoreCore
from db.errors import KeyMissing, StoreError
from db.files import make_once, make_private, read_whole, refusing
from db.keeping.backup import NOTE, Backup
from db.keeping.progress import Progress, in_turn
from db.keeping.trouble import Trouble, noting
from db.keeping.verifying import verified
from db.line import encode
from db.parts import SET_ASIDE, days_on_disk, files_of, parts_of
from db.rest import Rest, kind_of


def backup(
    core: StoreCore,
    to: Path,
    progress: Progress | None = None,
    also: Mapping[str, bytes] | None = None,
) -> Backup:
    """Copy the days as they are, the figures, the receipts and what is there `also`; no keys."""
    core.settle()
    with refusing():
        if to.exists() and any(to.iterdir()):
            raise StoreError("There is something in that folder already; name a new one.")
        make_private(to)
    files: dict[str, str] = {}
    days, troubles = list[date](), list[Trouble]()

    def copy(name: str, data: bytes) -> None:
        with refusing():
            make_private((to / name).parent)
            make_once(to / name, data)
        files[name] = hashlib.sha256(data).hexdigest()

    for day in in_turn(days_of(core), progress):
        with noting(troubles, day):
            data = _as_it_is(core, day)
            if not data:
                continue  # purged in the meantime
            for name, content in data.items():
                copy(name, content)
            days.append(day)
            found = verified(to, day, core.location)
            if found.damaged_line is not None:
                sentence = f"It is damaged at line {found.damaged_line}, and copied as it is."
                troubles.append(Trouble(day, sentence))
    for path in _beside(core):
        with contextlib.suppress(FileNotFoundError), refusing():
            copy(str(path.relative_to(core.folder)), read_whole(path))
    for name, content in (also or {}).items():
        copy(name, content)
    note = Backup(
        location=core.location,
        made_at=core.calendar.now(),
        days=days,
        files=files,
        troubles=troubles,
    )
    with refusing():
        make_once(to / NOTE, encode(note))
    return note


def _as_it_is(core: StoreCore, day: date) -> dict[str, bytes]:
    """Give the content of a day's files by their names, without a line that is being written.

    Raises OSError if one cannot be read.
    """
    data = {path.name: read_whole(path) for path in parts_of(core.folder, day)}
    if data:
        last = list(data)[-1]
        stop = data[last].rfind(b"\n") + 1
        if kind_of(data[last][stop:]) is Rest.torn:
            data[last] = data[last][:stop]
    for path in files_of(core.folder, day):
        if path.suffix in (".torn", ".damaged"):
            data[path.name] = read_whole(path)
    return data


def _beside(core: StoreCore) -> list[Path]:
    """Give what outlives the journals, and what was set aside."""
    found = [*core.figures_folder.glob("*.json"), *core.receipts_folder.glob("*.json")]
    return [*found, *(core.folder / SET_ASIDE).glob("*/*")]


def recorded(core: StoreCore, day: date) -> tuple[list[CheckIn], list[Event]]:
    """Give the check-ins and the events of a day on disk, none if it is not there."""
    with core.reading(day) as opened:
        return sorted(opened.check_ins.values(), key=lambda one: one.number), [*opened.events()]


def readable(
    core: StoreCore, day: date, troubles: list[Trouble]
) -> tuple[list[CheckIn], list[Event]] | None:
    """Give what is recorded of a day; None, and its trouble, if it cannot be read."""
    with noting(troubles, day):
        return recorded(core, day)
    return None


def export(
    core: StoreCore,
    first: date,
    last: date,
    names: bool,
    progress: Progress | None,
    troubles: list[Trouble] | None,
) -> Iterator[dict[str, Any]]:
    """Give every check-in from `first` to `last` as a row."""
    days = [day for day in days_of(core) if first <= day <= last]
    for day in in_turn(days, progress):
        found = recorded(core, day) if troubles is None else readable(core, day, troubles)
        for check_in in found[0] if found else ():
            row: dict[str, Any] = msgspec.to_builtins(check_in)
            if names:
                row |= {"name": None, "phone": None}
                with contextlib.suppress(KeyMissing):
                    row |= msgspec.structs.asdict(core.person(check_in))
            yield row


def days_of(core: StoreCore) -> list[date]:
    """Find the days that are on disk, oldest first."""
    core.settle()
    with refusing():
        return days_on_disk(core.folder)
