"""What becomes of days, as the store offers it: closed, counted, verified, copied, removed."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from db.checkin import CheckIn, Event
from db.core import StoreCore
from db.counting.figures import Figures
from db.files import refusing
from db.keeping import closing, copies, moving, purging, restoring, rights, turning
from db.keeping.backup import Backup
from db.keeping.moving import SetAside
from db.keeping.progress import Progress
from db.keeping.purging import Overdue
from db.keeping.restoring import Restored
from db.keeping.rights import Kept
from db.keeping.trouble import Trouble
from db.keeping.verifying import Verified, verified
from db.parts import strangers


class Days:
    """The days of one location, today among them."""

    def __init__(self, core: StoreCore) -> None:
        self._core = core

    def on_disk(self) -> list[date]:
        """Give the days that are on disk, oldest first."""
        return copies.days_of(self._core)

    def strangers(self) -> list[str]:
        """Give the names of files among the journals that are none, though they look like it."""
        core = self._core
        core.settle()
        with refusing():
            return strangers(core.folder) if core.is_settled else []

    # What each day brings

    def close(self, day: date | None = None) -> Figures:
        """End what is still open and write the day (today) as TinyDB JSON, and its figures.

        The first process into a new day does so by itself. Today may go on afterwards.
        """
        core = self._core
        core.settle(make=True)
        with core.lock.held() if day else core.writing():
            return closing.close(core, core.open_day(day or core.day))

    def tend(self) -> None:
        """Do what each day brings though nobody checks in; for once an hour, in a thread.

        Days that are over are closed, at most two that are overdue removed, and days that a
        clock began too early set aside. Raises StoreBusy and StoreUnavailable.
        """
        turning.tend(self._core)

    def figures(
        self, first: date, last: date, troubles: list[Trouble] | None = None
    ) -> list[Figures]:
        """Give the figures of the days from `first` to `last` that have any; today's as of now.

        They outlive purging. Days not closed yet are counted now; one that cannot be read is
        left out, with a warning in the log, and among the `troubles` of who wants to know.
        """
        return closing.figures_between(self._core, first, last, troubles)

    def overdue(self) -> Overdue:
        """Give what is kept for longer than `retention_days` and `person_days`."""
        return purging.overdue(self._core)

    def purge(self, limit: int | None = None, progress: Progress | None = None) -> Overdue:
        """Remove what is overdue, at most `limit` days of each kind, and say what was removed.

        Names go by destroying their day's keys; records leave their figures; both a receipt.
        """
        return purging.purge(self._core, limit, progress)

    # What is on disk

    def verify(self, day: date) -> Verified:
        """Check one day's journal line by line, changing nothing.

        It finds damage and careless editing, not a forger who hashes anew.
        """
        with refusing():
            return verified(self._core.folder, day)

    def recorded(self, day: date) -> tuple[list[CheckIn], list[Event]]:
        """Give the check-ins and the events of a day on disk, none if it is not there."""
        return copies.recorded(self._core, day)

    def readable(
        self, day: date, troubles: list[Trouble]
    ) -> tuple[list[CheckIn], list[Event]] | None:
        """Give what is recorded of a day; None, and its trouble, if it cannot be read."""
        return copies.readable(self._core, day, troubles)

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
        return copies.export(self._core, first, last, names, progress, troubles)

    # Copies

    def backup(
        self, to: Path, progress: Progress | None = None, also: Mapping[str, bytes] | None = None
    ) -> Backup:
        """Copy the days as they are, the figures and the receipts to a new folder.

        Never the keys: the copy's names are unreadable without this machine, and after
        `person_days` with it. `also`: further files by name. Days that are damaged, and those
        left out because they cannot be read, are its `troubles`. Raises StoreError if there is
        something in `to` already.
        """
        return copies.backup(self._core, to, progress, also)

    def verify_backup(self, source: Path) -> Backup:
        """Read a backup back and give what it says of itself; raises StoreError if it is not so."""
        return restoring.checked(source, self._core.location)

    def restore(self, source: Path, progress: Progress | None = None) -> Restored:
        """Bring back the days of a backup, and say what became of them.

        Days that were purged here stay purged; a damaged one is replaced, and kept beside.
        Raises StoreError, with nothing changed, if the backup is damaged, of another location,
        or if a day here is newer or different.
        """
        return restoring.restore(self._core, source, progress)

    # What a person may ask for

    def what_is_kept(self, ticket: str, day: date | None = None) -> Kept:
        """Give all that is kept of a ticket of a day (today); raises UnknownCheckIn."""
        return rights.what_is_kept(self._core, ticket, day)

    def erase(self, ticket: str, by: str, day: date | None = None) -> CheckIn:
        """Destroy name and phone of a ticket of a day (today), in every line; leaves a receipt.

        The ticket may be told by its check-in's id too.

        The check-in stays as it is otherwise. Raises UnknownCheckIn, and StoreError on a day
        that an older version began: its names are sealed together.
        """
        return rights.erase(self._core, ticket, by, day)

    # Days that never were

    def set_aside(self, day: date) -> None:
        """Move a day that is still to come out of the way: a clock that ran ahead began it.

        It is kept; who is still here by it goes into today's queue. Raises StoreError.
        """
        moving.set_aside_by_hand(self._core, day)

    def all_set_aside(self) -> list[SetAside]:
        """Give the days that were set aside, oldest first."""
        with refusing():
            return moving.days_set_aside(self._core.folder)

    def verify_set_aside(self, one: SetAside) -> Verified:
        """Check a day that was set aside as `verify` does others."""
        with refusing():
            return verified(one.folder, one.day, self._core.location)
