"""Copies of the data: backing up, restoring, and giving it away as rows."""

import contextlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from db.calendar import days_on_disk
from db.checkin import CheckIn, Event
from db.errors import KeyMissing, StoreCorrupt, StoreError
from db.files import make_once, make_private, refusing, replace
from db.keeping.closing import Keeping, verified
from db.keeping.progress import Progress, in_turn
from db.line import Head, encode, seed, split
from db.privacy.people import People

NOTE = "backup.json"


class Backup(Struct, frozen=True, kw_only=True):
    """What a backup holds; written last, so that a backup without it is not one."""

    location: str
    made_at: datetime
    days: list[date]


class Copies(Keeping, People):
    """Backup, restore and export."""

    def backup(self, to: Path, progress: Progress | None = None) -> Backup:
        """Copy every sound journal line, the figures and the receipts to a new folder.

        Never the keys: the copy's names are unreadable without this machine, and after
        `person_days` with it. Raises StoreError if `to` is there already.
        """
        self._settle()
        note = Backup(location=self.location, made_at=self._calendar.now(), days=self.days())
        if to.exists() and any(to.iterdir()):
            raise StoreError("There is something in that folder already; name a new one.")
        with refusing():
            files = [*self.folder.glob("*.jsonl"), *_beside(self.folder)]
            for file in in_turn(files, progress):
                with contextlib.suppress(FileNotFoundError):  # purged in the meantime
                    data = file.read_bytes()
                    if file.suffix == ".jsonl":
                        data = data[: split(data, seed(file.name), 0)[2]]
                    copy = to / file.relative_to(self.folder)
                    make_private(copy.parent)
                    make_once(copy, data)
            make_private(to)
            make_once(to / NOTE, encode(note))
        return note

    def restore(self, source: Path, progress: Progress | None = None) -> list[date]:
        """Bring back the days of a backup and give those that were written.

        Days that were purged here stay purged. Raises StoreError, with nothing changed, if
        the backup is damaged, of another location, or if a day here is newer or different.
        """
        try:
            note = msgspec.json.decode((source / NOTE).read_bytes(), type=Backup)
        except (OSError, msgspec.MsgspecError):
            raise StoreError("That folder is not a whole backup.") from None
        if note.location != self.location:
            raise StoreError(f"That is a backup of {note.location}, not of {self.location}.")
        self._settle(make=True)
        with self._lock.held():
            wanted = {}
            with refusing():
                for day in in_turn(days_on_disk(source), progress):
                    name = f"{day}.jsonl"
                    data = self._sound(source / name)
                    here = self.folder / name
                    old = here.read_bytes() if here.exists() else b""
                    if not data.startswith(old):
                        raise StoreError(f"What is here of {day} is newer than the backup.")
                    if data != old and not (self._receipts / f"{day}.json").exists():
                        wanted[day] = data
                for day, data in in_turn(list(wanted.items()), progress):
                    replace(self._journal(day), data)
                for file in _beside(source):  # what was written out is written again
                    here = self.folder / file.relative_to(source)
                    if not here.exists():
                        make_private(here.parent)
                        replace(here, file.read_bytes())
            return sorted(wanted)

    def recorded(self, day: date) -> tuple[list[CheckIn], list[Event]]:
        """Give the check-ins and the events of a day on disk, none if it is not there."""
        with self._reading(day) as opened:
            return sorted(opened.check_ins.values(), key=lambda one: one.number), [*opened.events()]

    def export(
        self,
        first: date,
        last: date,
        *,
        names: bool = False,
        progress: Progress | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Give every check-in from `first` to `last` as a row, times as ISO 8601 in UTC.

        With `names` a row has name and phone too, None where the key is gone. Raises
        StoreCorrupt at a damaged day.
        """
        days = [day for day in self.days() if first <= day <= last]
        for day in in_turn(days, progress):
            for check_in in self.recorded(day)[0]:
                row: dict[str, Any] = msgspec.to_builtins(check_in)
                if names:
                    row |= {"name": None, "phone": None}
                    with contextlib.suppress(KeyMissing):
                        row |= msgspec.structs.asdict(self.person(check_in))
                yield row

    def _sound(self, file: Path) -> bytes:
        found = verified(file)
        if found.damaged_line or found.torn_bytes:
            raise StoreCorrupt(file, found.damaged_line or found.lines + 1)
        data = file.read_bytes()
        lines, _, _ = split(data[: data.find(b"\n") + 1], seed(file.name), 0)
        head: Head | None = lines[0].head if lines else None
        if head is None or head.location != self.location:
            raise StoreError(f"{file.name} is not a journal of {self.location}.")
        return data


def _beside(folder: Path) -> list[Path]:
    """Give the figures and receipts, which outlive the journals."""
    return [*folder.glob("figures/*.json"), *folder.glob("receipts/*.json")]
