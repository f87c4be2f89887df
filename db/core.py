"""What every operation stands on: the days of one location, opened to read or to write."""

import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from db.calendar import A_SLIP, Calendar, can_be_today, days_on_disk, utc_now
from db.checkin import CheckIn, Event
from db.day import CHECK_INS, Day
from db.errors import StoreUnavailable
from db.files import default_keys_dir, make_private, refuse_network, refusing
from db.line import Head
from db.lock import FileLock
from db.privacy.keys import DayKeys

Edit = tuple[dict[str, Any], Event]
"""A changed document, and what happened to it."""


class StoreCore:
    """The days of one location on disk, the lock, the keys and the calendar."""

    def __init__(
        self,
        data_dir: str | Path,
        location: str,
        *,
        keys_dir: str | Path | None = None,
        time_zone: str | None = None,
        day_starts: str | time = "04:00",
        series: str = "A",
        device: str | None = None,
        phone_region: str | None = None,
        person_days: int = 7,
        retention_days: int = 30,
        clock: Callable[[], datetime] = utc_now,
        lock_timeout: float = 2.0,
    ) -> None:
        """Touches no disk; raises ValueError for a bad location, series, time or time zone.

        `keys_dir`: where the days' keys lie (the user's configuration folder). `time_zone`:
        IANA name (the host's). `day_starts`: local time, HH:MM. `series`: one or two capital
        letters. `device`: who we are in events (the host's name). `phone_region`: such as "CN",
        for numbers without a country code. `person_days`, `retention_days`: days after which
        names, and records, go. `clock`: gives aware moments. `lock_timeout`: seconds before
        StoreBusy.
        """
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", location):
            raise ValueError("A location is a slug: small letters, digits and hyphens.")
        if not re.fullmatch(r"[A-Z]{1,2}", series):
            raise ValueError("A ticket series is one or two capital letters.")
        self.location = location
        self.device = os.uname().nodename if device is None else device
        self.folder = Path(data_dir) / location
        self._series = series
        self._region = phone_region
        self._person_days = timedelta(days=person_days)
        self._retention_days = timedelta(days=retention_days)
        self._calendar = Calendar(clock, time_zone, day_starts)
        self._keys = DayKeys(Path(keys_dir or default_keys_dir()), location)
        self._lock = FileLock(self.folder / ".lock", lock_timeout)
        self._mutex = threading.Lock()
        self._days: dict[date, Day] = {}
        self._believed: date | None = None
        """The service day when the clock was last believed."""
        self._is_settled = False

    @property
    def day(self) -> date:
        """The current service day; raises StoreUnavailable while the clock cannot be right.

        A ticket of a day that is not today would be gone from the queue with the mistake.
        """
        today = self._calendar.today()
        with refusing():
            # Set back a little, or across the day's start: the day that was begun goes on. Asked
            # each time, because another process may have begun it.
            day = today + A_SLIP
            while day > today and not self._journal(day).exists():
                day -= timedelta(days=1)
            if day != self._believed:
                begun, closed = days_on_disk(self.folder), days_on_disk(self._figures, ".json")
                if not can_be_today(day, set(begun), set(closed)):
                    sentence = f"This machine's clock says {today}, which cannot be. Set it right."
                    raise StoreUnavailable(sentence)
                self._believed = day if self._is_settled else None
            return day

    def _journal(self, day: date) -> Path:
        return self.folder / f"{day}.jsonl"

    @property
    def _figures(self) -> Path:
        return self.folder / "figures"  # they outlive the journals

    def close(self) -> None:
        """Let go of every file; the store can be used again afterwards."""
        with self._mutex:
            for day in self._days.values():
                day.journal.close()
            self._days.clear()
        self._lock.close()

    @contextmanager
    def _reading(self, day: date | None = None) -> Iterator[Day]:
        """Give a day (today's) as it is on disk now, without waiting for any writer."""
        self._settle()
        opened = self._open(day or self.day)
        with opened.journal.mutex:
            if self._is_settled:
                opened.journal.refresh()
            yield opened

    @contextmanager
    def _writing(self) -> Iterator[Day]:
        """Hold the lock and give today as it is on disk; begin it if nobody has."""
        self._settle(make=True)
        with self._lock.held():
            day = self._open(self.day)
            self._begin(day)
            yield day

    def _settle(self, *, make: bool = False) -> None:
        """Look at the folder once, and `make` it for a writer; without one a reader finds nothing.

        One that vanishes later is not ours to make anew: the disk may just not be mounted, and
        tickets would start again at 1 beneath it.
        """
        if self._is_settled:
            return
        with refusing():
            if make:
                make_private(self.folder)
            try:
                self.folder.stat()
            except FileNotFoundError:
                return
            refuse_network(self.folder)
        self._is_settled = True

    def _open(self, day: date) -> Day:
        with self._mutex:
            if day not in self._days:
                self._days[day] = Day(self.folder, day, self._lock)
                for old in [old for old in self._days if old < self.day - timedelta(days=1)]:
                    if old != day:
                        self._days.pop(old).journal.close()
            return self._days[day]

    def _begin(self, day: Day) -> None:
        """Take in what others wrote; if that is nothing, begin the day."""
        day.journal.refresh(repair=True)
        if day.journal.head is None:
            self._before_a_new_day(day.date)
            head = Head(location=self.location, day=day.date, key=self._keys.make(day.date))
            day.journal.append(self._calendar.now(), head=head)

    def _before_a_new_day(self, new: date) -> None:
        """Do what a new day brings, the lock being held."""
        raise NotImplementedError

    def _now(self, day: Day) -> datetime:
        """Tell the time, never before the line before: a clock set back must not reorder."""
        now = self._calendar.now()
        return now if day.journal.at is None else max(now, day.journal.at)

    def _event(self, kind: str, by: str, **more: Any) -> Event:
        return Event(id=os.urandom(8).hex(), kind=kind, by=by, device=self.device, **more)

    def _commit(
        self, day: Day, edits: list[Edit], count: dict[str, int] | None = None, closed: bool = False
    ) -> list[CheckIn]:
        """Write the edits as one transaction and give the check-ins as they are then."""
        documents = {str(document["number"]): document for document, _ in edits}
        put, events = {CHECK_INS: documents} if edits else None, [event for _, event in edits]
        day.journal.append(self._now(day), put, events=events, count=count, closed=closed)
        try:
            return [day.check_ins[document["number"]] for document, _ in edits]
        except KeyError:  # the folder was replaced in that moment
            raise StoreUnavailable from None
