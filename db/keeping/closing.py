"""What becomes of days: closed, counted, verified, and removed when their time is over."""

import logging
import os
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from db.calendar import A_LEAP, days_on_disk
from db.checkin import OPEN, Status
from db.day import Day
from db.desk.editing import Editing
from db.errors import StoreCorrupt, StoreError
from db.files import make_private, refusing, replace, sync_folder
from db.keeping.figures import Figures, figures_of
from db.keeping.progress import Progress, in_turn
from db.keeping.stays import DAY_CLOSED
from db.line import encode, is_torn, seed, split

log = logging.getLogger("clinic.store")

A_RUN = 2
"""Days removed at most by themselves: a clock that jumps ahead must not erase everything."""


class Verified(Struct, frozen=True, kw_only=True):
    """What `verify` found in one day's journal; also the receipt that a purged day leaves."""

    day: date
    lines: int
    """Sound lines."""
    hash: str
    """Of the last sound line."""
    is_closed: bool
    damaged_line: int | None
    """The first line that was damaged or edited, from 1."""
    torn_bytes: int
    """Of an unfinished last line, which nobody was ever told of; it will be set aside."""


class Overdue(Struct, frozen=True):
    """Days whose records, and days whose names and phones, have been kept for their time."""

    records: list[date]
    names: list[date]


class Keeping(Editing):
    """Closing, figures, verifying and purging."""

    def close_day(self, day: date | None = None) -> Figures:
        """End what is still open and write the day (today) as TinyDB JSON, and its figures.

        The first process into a new day does so by itself. Today may go on afterwards.
        """
        self._settle()
        with self._lock.held() if day else self._writing():
            return self._close(self._open(day or self.day))

    def figures(self, first: date, last: date) -> list[Figures]:
        """Give the figures of the days from `first` to `last` that have any; today's as of now.

        They outlive purging. Days not closed yet are counted now; one that is damaged is left
        out, with a warning in the log.
        """
        self._settle()
        found = []
        for day in sorted({*days_on_disk(self.folder), *days_on_disk(self._figures, ".json")}):
            if not first <= day <= last:
                continue
            try:
                if self._journal(day).exists() and not self._is_closed(day):
                    with self._reading(day) as opened:
                        found.append(self._count(opened))
                else:
                    with refusing():
                        data = (self._figures / f"{day}.json").read_bytes()
                    found.append(msgspec.json.decode(data, type=Figures))
            except (StoreCorrupt, msgspec.MsgspecError) as damage:
                log.warning("the figures of %s are left out: %s", day, damage)
        return found

    def days(self) -> list[date]:
        """Give the days that are on disk, oldest first."""
        self._settle()
        return days_on_disk(self.folder)

    def verify(self, day: date) -> Verified:
        """Check one day's journal line by line, changing nothing.

        It finds damage and careless editing, not a forger who hashes anew.
        """
        with refusing():
            return verified(self._journal(day))

    def overdue(self) -> Overdue:
        """Give what is kept for longer than `retention_days` and `person_days`."""
        self._settle()
        old = [day for day in days_on_disk(self.folder) if day < self.day]
        return Overdue(
            records=[day for day in old if day < self.day - self._retention_days],
            names=[
                day
                for day in old
                if day < self.day - self._person_days and self._key_of(day) is not None
            ],
        )

    def purge(self, limit: int | None = None, progress: Progress | None = None) -> Overdue:
        """Remove what is overdue, at most `limit` days of each kind, and say what was removed.

        Names go by destroying their day's key; records leave a receipt and their figures.
        """
        self._settle(make=True)
        with self._lock.held():
            overdue = self.overdue()
            done = Overdue(overdue.records[:limit], overdue.names[:limit])
            for day in done.names:
                self._keys.destroy(day, self._key_of(day) or "")
            for day in in_turn(done.records, progress):
                self._remove(day)
            return done

    def _before_a_new_day(self, new: date) -> None:
        for day in days_on_disk(self.folder):
            # A damaged yesterday must not keep people from checking in today.
            try:
                if day < new and not self._is_closed(day):
                    self._close(self._open(day))
            except StoreError as error:
                log.warning("the day %s was not closed: %s", day, error)
        before = [day for day in days_on_disk(self.folder) if day < new]
        if before and new - before[-1] > A_LEAP:
            # After a holiday, or by a clock that runs ahead: then what is old now is not. One day
            # later, if it comes, it is.
            log.warning("nothing was purged: %s comes long after %s", new, before[-1])
            return
        try:
            self.purge(limit=A_RUN)
        except StoreError as error:
            log.warning("nothing was purged: %s", error)

    def _close(self, day: Day) -> Figures:
        journal = day.journal
        journal.refresh(repair=True)
        if journal.head is None:
            raise StoreError(f"There is no journal of {day.date}.")
        if not journal.is_closed:
            at = self._now(day)
            edits = []
            for one in day.check_ins.values():
                if one.status in OPEN:
                    done = one.status is Status.in_service
                    kind, to = ("completed", Status.done) if done else ("left", Status.left)
                    edits.append(self._edit(day, one, kind, "system", to, DAY_CLOSED, ended_at=at))
            self._commit(day, edits, closed=True)
        figures = self._count(day)
        with refusing():
            make_private(self._figures)
            replace(self._figures / f"{day.date}.json", encode(figures))
            replace(journal.path.with_suffix(".json"), encode(journal.tables))
        return figures

    def _is_closed(self, day: date) -> bool:
        """Say whether the day's last line closed it and it was written out; cheap."""
        with refusing():
            if not all((place / f"{day}.json").exists() for place in (self.folder, self._figures)):
                return False
            with self._journal(day).open("rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - 200))
                return b'"closed":{"lines"' in b"".join(file.read().splitlines()[-1:])

    def _count(self, day: Day) -> Figures:
        return figures_of(day.date, day.check_ins.values(), day.events(), self._calendar.local)

    def _key_of(self, day: date) -> str | None:
        """Give the id of a day's key, read from the first line alone; None if it is gone."""
        try:
            with self._journal(day).open("rb") as file:
                lines, _, _ = split(file.readline(), seed(f"{day}.jsonl"), 0)
        except OSError:
            return None
        head = lines[0].head if lines else None
        return head.key if head and self._keys.exists(day, head.key) else None

    def _remove(self, day: date) -> None:
        """Leave the receipt first: a power cut in between is made good by the next run."""
        key = self._key_of(day)
        if not (self._figures / f"{day}.json").exists():
            try:
                self._close(self._open(day))
            except StoreError as error:
                log.warning("%s is purged without figures: %s", day, error)
        receipt = verified(self._journal(day))
        with refusing():
            make_private(self._receipts)
            replace(self._receipts / f"{day}.json", encode(receipt))
            if key is not None:
                self._keys.destroy(day, key)
            for file in self.folder.glob(f"{day}.*"):
                file.unlink()
            sync_folder(self.folder)
        opened = self._days.pop(day, None)
        if opened is not None:
            opened.journal.close()

    @property
    def _receipts(self) -> Path:
        return self.folder / "receipts"


def verified(file: Path) -> Verified:
    """Check a journal line by line; raises OSError."""
    data = file.read_bytes()
    lines, hash_, end = split(data, seed(file.name), 0)
    rest = data[end:]
    return Verified(
        day=date.fromisoformat(file.stem),
        lines=len(lines),
        hash=hash_.decode(),
        is_closed=bool(lines and lines[-1].closed),
        damaged_line=None if is_torn(rest) else len(lines) + 1,
        torn_bytes=len(rest) if is_torn(rest) else 0,
    )
