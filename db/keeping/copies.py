"""Copies of the data: backing up, giving it away as rows, and one person's part of it."""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from db.checkin import CheckIn, Event
from db.errors import KeyMissing, StoreError
from db.files import make_once, make_private, read_whole, refusing
from db.keeping import rights
from db.keeping.backup import NOTE, Backup
from db.keeping.closing import Keeping
from db.keeping.moving import SetAside, days_set_aside, set_aside_by_hand
from db.keeping.progress import Progress, in_turn
from db.keeping.restoring import Restored, checked, restore
from db.keeping.rights import Kept
from db.keeping.trouble import Trouble, noting
from db.keeping.verifying import Verified, verified
from db.line import encode
from db.parts import SET_ASIDE, files_of, parts_of
from db.rest import Rest, kind_of


class Copies(Keeping):
    """Copies of days, what a person may ask for, and days that never were."""

    def backup(
        self, to: Path, progress: Progress | None = None, also: Mapping[str, bytes] | None = None
    ) -> Backup:
        """Copy the days as they are, the figures and the receipts to a new folder.

        Never the keys: the copy's names are unreadable without this machine, and after
        `person_days` with it. `also`: further files by name. Days that are damaged, and those
        left out because they cannot be read, are its `troubles`. Raises StoreError if there is
        something in `to` already.
        """
        self._settle()
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

        for day in in_turn(self.days(), progress):
            with noting(troubles, day):
                data = self._as_it_is(day)
                if not data:
                    continue  # purged in the meantime
                for name, content in data.items():
                    copy(name, content)
                days.append(day)
                found = verified(to, day, self.location)
                if found.damaged_line is not None:
                    sentence = f"It is damaged at line {found.damaged_line}, and copied as it is."
                    troubles.append(Trouble(day, sentence))
        for path in self._beside():
            with contextlib.suppress(FileNotFoundError), refusing():
                copy(str(path.relative_to(self.folder)), read_whole(path))
        for name, content in (also or {}).items():
            copy(name, content)
        note = Backup(
            location=self.location,
            made_at=self._calendar.now(),
            days=days,
            files=files,
            troubles=troubles,
        )
        with refusing():
            make_once(to / NOTE, encode(note))
        return note

    def _as_it_is(self, day: date) -> dict[str, bytes]:
        """Give the content of a day's files by their names, without a line that is being written.

        Raises OSError if one cannot be read.
        """
        data = {path.name: read_whole(path) for path in parts_of(self.folder, day)}
        if data:
            last = list(data)[-1]
            stop = data[last].rfind(b"\n") + 1
            if kind_of(data[last][stop:]) is Rest.torn:
                data[last] = data[last][:stop]
        for path in files_of(self.folder, day):
            if path.suffix in (".torn", ".damaged"):
                data[path.name] = read_whole(path)
        return data

    def _beside(self) -> list[Path]:
        """Give what outlives the journals, and what was set aside."""
        found = [*self._figures.glob("*.json"), *self._receipts.glob("*.json")]
        return [*found, *(self.folder / SET_ASIDE).glob("*/*")]

    def recorded(self, day: date) -> tuple[list[CheckIn], list[Event]]:
        """Give the check-ins and the events of a day on disk, none if it is not there."""
        with self._reading(day) as opened:
            return sorted(opened.check_ins.values(), key=lambda one: one.number), [*opened.events()]

    def readable(
        self, day: date, troubles: list[Trouble]
    ) -> tuple[list[CheckIn], list[Event]] | None:
        """Give what is recorded of a day; None, and its trouble, if it cannot be read."""
        with noting(troubles, day):
            return self.recorded(day)
        return None

    def export(
        self,
        first: date,
        last: date,
        *,
        names: bool = False,
        progress: Progress | None = None,
        troubles: list[Trouble] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Give every check-in from `first` to `last` as a row, times as ISO 8601 in UTC.

        With `names` a row has name and phone too, None where the key is gone. A day that cannot
        be read raises, or is among the `troubles` of who gives room for them.
        """
        days = [day for day in self.days() if first <= day <= last]
        for day in in_turn(days, progress):
            found = self.recorded(day) if troubles is None else self.readable(day, troubles)
            for check_in in found[0] if found else ():
                row: dict[str, Any] = msgspec.to_builtins(check_in)
                if names:
                    row |= {"name": None, "phone": None}
                    with contextlib.suppress(KeyMissing):
                        row |= msgspec.structs.asdict(self.person(check_in))
                yield row

    def what_is_kept(self, ticket: str, day: date | None = None) -> Kept:
        """Give all that is kept of a ticket of a day (today); raises UnknownCheckIn."""
        return rights.what_is_kept(self, ticket, day)

    def erase(self, ticket: str, by: str, day: date | None = None) -> CheckIn:
        """Destroy name and phone of a ticket of a day (today), in every line; leaves a receipt.

        The ticket may be told by its check-in's id too.

        The check-in stays as it is otherwise. Raises UnknownCheckIn, and StoreError on a day
        that an older version began: its names are sealed together.
        """
        return rights.erase(self, ticket, by, day)

    def restore(self, source: Path, progress: Progress | None = None) -> list[date]:
        """Bring back the days of a backup and give those that were written.

        Days that were purged here stay purged; a damaged one is replaced, and kept beside.
        Raises StoreError, with nothing changed, if the backup is damaged, of another location,
        or if a day here is newer or different.
        """
        return self.restored(source, progress).days

    def restored(self, source: Path, progress: Progress | None = None) -> Restored:
        """Do as `restore`, and say all that became of it."""
        return restore(self, source, progress)

    def verify_backup(self, source: Path) -> Backup:
        """Read a backup back and give what it says of itself; raises StoreError if it is not so."""
        return checked(source, self.location)

    def set_aside(self, day: date) -> None:
        """Move a day that is still to come out of the way: a clock that ran ahead began it.

        It is kept; who is still here by it goes into today's queue. Raises StoreError.
        """
        set_aside_by_hand(self, day)

    def days_set_aside(self) -> list[SetAside]:
        """Give the days that were set aside, oldest first."""
        with refusing():
            return days_set_aside(self.folder)

    def verify_set_aside(self, one: SetAside) -> Verified:
        """Check a day that was set aside as `verify` does others."""
        with refusing():
            return verified(one.folder, one.day, self.location)
