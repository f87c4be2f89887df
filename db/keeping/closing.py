"""What becomes of days: closed, counted, verified, and removed when their time is over."""

import logging
import os
from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from db.calendar import A_LEAP
from db.checkin import OPEN, CheckIn, Status
from db.clock import ClockIs
from db.counting.figures import Figures, figures_of
from db.counting.stays import DAY_CLOSED
from db.day import Day
from db.desk.editing import Editing
from db.errors import StoreError
from db.files import make_private, read_whole, refusing, replace, sync_folder
from db.keeping.moving import SetAside, carry, days_set_aside, set_aside
from db.keeping.progress import Progress, in_turn
from db.keeping.trouble import Trouble, noting
from db.keeping.verifying import Verified, verified
from db.line import Closed, encode, head_of
from db.parts import days_on_disk, days_with_anything, files_of, parts_of, strangers
from db.privacy.destroying import keys_named
from db.privacy.people import People
from db.uptime import truly

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


class Keeping(Editing, People):
    """Closing, figures, verifying and purging."""

    def close_day(self, day: date | None = None) -> Figures:
        """End what is still open and write the day (today) as TinyDB JSON, and its figures.

        The first process into a new day does so by itself. Today may go on afterwards.
        """
        self._settle(make=True)
        with self._lock.held() if day else self._writing():
            return self._close(self._open(day or self.day))

    def tend(self) -> None:
        """Do what each day brings though nobody checks in; for once an hour, in a thread.

        Days that are over are closed, at most two that are overdue removed, and days that a
        clock began too early set aside. Raises StoreBusy and StoreUnavailable.
        """
        self._settle()
        if not self._is_settled:
            return
        self._settle(make=True)
        with self._lock.held():
            today = self._open(self.day)
            today.journal.refresh(repair=True)
            self._turned = today.date
            self._turn_over(today)

    def figures(
        self, first: date, last: date, troubles: list[Trouble] | None = None
    ) -> list[Figures]:
        """Give the figures of the days from `first` to `last` that have any; today's as of now.

        They outlive purging. Days not closed yet are counted now; one that cannot be read is
        left out, with a warning in the log, and among the `troubles` of who wants to know.
        """
        self._settle()
        found = []
        with refusing():
            days = {*days_on_disk(self.folder), *days_on_disk(self._figures, ".json")}
        for day in sorted(days):
            if first <= day <= last:
                with noting([] if troubles is None else troubles, day):
                    found.append(self._figures_of(day))
        return found

    def _figures_of(self, day: date) -> Figures:
        if self._journal(day).exists() and not self._is_closed(day):
            with self._reading(day) as opened:
                return self._count(opened)
        try:
            figures = msgspec.json.decode(self._written_figures(day), type=Figures)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise StoreError("Its figures are damaged.") from None
        if figures.day != day:
            raise StoreError("Its figures are those of another day.")
        return figures

    def _written_figures(self, day: date) -> bytes:
        return read_whole(self._figures / f"{day}.json")

    def days(self) -> list[date]:
        """Give the days that are on disk, oldest first."""
        self._settle()
        with refusing():
            return days_on_disk(self.folder)

    def strangers(self) -> list[str]:
        """Give the names of files among the journals that are none, though they look like it."""
        self._settle()
        with refusing():
            return strangers(self.folder) if self._is_settled else []

    def verify(self, day: date) -> Verified:
        """Check one day's journal line by line, changing nothing.

        It finds damage and careless editing, not a forger who hashes anew.
        """
        with refusing():
            return verified(self.folder, day)

    def overdue(self) -> Overdue:
        """Give what is kept for longer than `retention_days` and `person_days`."""
        self._settle()
        today = self.day
        with refusing():
            there = days_with_anything(self.folder) if self._is_settled else []
        records = [day for day in there if day < today - self._retention_days]
        place = self._served.id or self._served.here()
        with_keys = {*there, *(day for day, _ in self._keys.made_for(place))}
        old = sorted(day for day in with_keys if day < today - self._person_days)
        return Overdue(records, [day for day in old if self._keys_of(day)])

    def purge(self, limit: int | None = None, progress: Progress | None = None) -> Overdue:
        """Remove what is overdue, at most `limit` days of each kind, and say what was removed.

        Names go by destroying their day's keys; records leave their figures; both a receipt.
        """
        self._settle(make=True)
        with self._lock.held():
            overdue, failed = self.overdue(), list[Trouble]()
            names, records = list[date](), list[date]()
            for day in overdue.names:
                if len(names) == limit:
                    break
                with noting(failed, day):
                    self._destroy_keys(day)
                    names.append(day)
            for day in in_turn(overdue.records, progress):
                if len(records) == limit:
                    break
                with noting(failed, day):
                    self._remove(day)
                    records.append(day)
            for one in days_set_aside(self.folder):
                with noting(failed, one.day):
                    self._purge_set_aside(one)
            return Overdue(records, names, failed)

    def _purge_set_aside(self, one: SetAside) -> None:
        """Destroy the keys of a day that never was, and remove it, by when it was set aside."""
        if one.since < self.day - self._person_days:
            here = keys_named(self.folder, one.day)
            keys = [key for key in keys_named(one.folder, one.day) if key not in here]
            self._destroy(one.day, [key for key in keys if self._keys.exists(one.day, key)])
        if one.since < self.day - self._retention_days:
            with refusing():
                for file in files_of(one.folder, one.day):
                    file.unlink()
                for file in one.folder.glob(f"figures.{one.day}.json"):
                    file.unlink()
                if not any(one.folder.iterdir()):
                    one.folder.rmdir()

    def _turn_over(self, day: Day) -> None:
        troubles = list[Trouble]()
        with noting(troubles, day.date):
            set_aside_false(self, day)
        for old in days_on_disk(self.folder):
            if old < day.date:
                with noting(troubles, old):
                    self._end(old, day)
        with noting(troubles, day.date):
            self._purge_by_itself(day.date)

    def _end(self, old: date, today: Day) -> None:
        """Close a day that is over, unless it is; who came today by the machine's uptime stays."""
        if self._is_closed(old):
            return
        opened = self._open(old)
        opened.journal.refresh(repair=True)
        came = [one for one in opened.check_ins.values() if self._came(opened, one, today.date)]
        if came:
            if today.journal.head is None:
                self._write_head(today)
            carry(self, opened, today, came)
        self._close(opened, today.date)

    def _came(self, day: Day, one: CheckIn, today: date) -> bool:
        when = truly(self._calendar.now(), self._uptime(), day.up.get(one.number))
        return one.status in OPEN and when is not None and self._calendar.day_of(when) >= today

    def _purge_by_itself(self, today: date) -> None:
        """Remove a little of what is overdue, if time seems to have passed day by day.

        After a holiday, or by a clock that runs ahead, what is old now was not so long ago: then
        nothing is removed before another day has come.
        """
        seen = self._last_seen()
        before = [day for day in (*days_on_disk(self.folder), seen) if day and day < today]
        leapt = bool(before) and today - max(before) > A_LEAP
        if seen != today:
            replace(self.folder / SEEN, str(today).encode())
        if leapt and self._clock_is() is not ClockIs.right:
            log.warning("nothing was purged: %s comes long after %s", today, max(before))
            return
        self.purge(limit=A_RUN)

    def _last_seen(self) -> date | None:
        try:
            return date.fromisoformat(read_whole(self.folder / SEEN).decode("ascii"))
        except (OSError, ValueError):
            return None

    def _close(self, day: Day, after: date | None = None) -> Figures:
        """Close a day, by hand or because the one `after` it has begun. The lock is held."""
        journal = day.journal
        journal.refresh(repair=True)
        if journal.head is None:
            raise StoreError(f"There is no journal of {day.date}.")
        if journal.closed is None:
            # Nobody knows when people went; a false clock must not stand in a day that goes on.
            at = self._now(day) if after is None or journal.at is None else journal.at
            edits = []
            for one in list(day.check_ins.values()):
                if one.status in OPEN:
                    done = one.status is Status.in_service
                    kind, to = ("completed", Status.done) if done else ("left", Status.left)
                    edits.append(self._edit(day, one, kind, "system", to, DAY_CLOSED, ended_at=at))
            self._commit(day, edits, closed=Closed(0, "", after), at=at)
        self._destroy_secrets(day)
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
            with parts_of(self.folder, day)[-1].open("rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - 200))
                return b'"closed":{"lines"' in b"".join(file.read().splitlines()[-1:])

    def _count(self, day: Day) -> Figures:
        return figures_of(day.date, day.check_ins.values(), day.events(), self._calendar.local)

    def _keys_of(self, day: date) -> list[str]:
        """Give the ids of a day's keys that are on this machine.

        They are found by their names. Those of older versions stand in the first line; where
        that cannot be read, whatever key of the day no other data folder has is taken for it.
        """
        place = self._served.id or self._served.here()
        named = [name for other, name in self._keys.all() if other == day]
        mine = {name for name in named if place and name.startswith(place[:8])}
        if not self._journal(day).exists():
            return sorted(mine)
        try:
            with self._journal(day).open("rb") as file:
                head = head_of(file.readline())
        except OSError:
            head = None
        if head is not None:
            return sorted(mine | {head.key} & set(named))
        others = self._served.others()
        return sorted(
            mine | {name for name in named if not any(name.startswith(one[:8]) for one in others)}
        )

    def _destroy_keys(self, day: date) -> None:
        """Destroy a day's keys.

        The receipt is left first: a power cut in between is made good by the next run.
        """
        self._destroy(day, self._keys_of(day))

    def _destroy(self, day: date, keys: list[str]) -> None:
        if not keys:
            return
        receipt = NamesDestroyed(day=day, at=self._calendar.now(), keys=keys)
        with refusing():
            make_private(self._receipts)
            replace(self._receipts / f"{day}.names.json", encode(receipt))
            for key in keys:
                self._keys.destroy(day, key)
        told = {"location": self.location, "day": str(day)}
        self.audit.try_to_note("keys_destroyed", "system", self.device, **told)

    def _remove(self, day: date) -> None:
        """Leave the receipt first, and unlink the journal last, for a run that is cut short."""
        is_there = self._journal(day).exists()
        if is_there and not (self._figures / f"{day}.json").exists():
            with noting([], day):
                self._close(self._open(day))
        if self._keys_of(day):
            self._destroy_keys(day)
        with refusing():
            if is_there:
                make_private(self._receipts)
                if not (self._receipts / f"{day}.json").exists():
                    replace(self._receipts / f"{day}.json", encode(self._receipt(day)))
            self._forget(day)
            *others, last = files_of(self.folder, day)
            for file in others:
                file.unlink()
            sync_folder(self.folder)
            last.unlink()
            sync_folder(self.folder)

    def _receipt(self, day: date) -> Verified:
        try:
            return verified(self.folder, day)
        except (OSError, StoreError) as error:
            log.warning("%s is removed though it cannot be read: %s", day, error)
            return Verified(
                day=day, lines=0, hash="", is_closed=False, damaged_line=1, torn_bytes=0
            )

    @property
    def _receipts(self) -> Path:
        return self.folder / "receipts"


def set_aside_false(store: Keeping, today: Day) -> None:
    """Set aside the days that a clock which ran ahead began, if it is known to be right now."""
    with refusing():
        ahead = store._today.ahead(today.date)
    for day in [day for day in ahead if store._today.is_false(day)]:
        set_aside(store, day, today)
