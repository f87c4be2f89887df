"""What every operation stands on: the days of one location, opened to read or to write."""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from db import phones, privacy
from db.checkin import OPEN, Arrival, CheckIn, Person
from db.closing import close_day, is_closed
from db.day import Day
from db.days import Calendar, days_on_disk
from db.errors import StaleCheckIn, StoreError, UnknownCheckIn
from db.files import make_private, refusing
from db.line import Entry, Head
from db.lock import FileLock
from db.privacy import DayKeys

log = logging.getLogger("clinic.store")


class StoreCore:
    """The days of one location on disk, the lock, the keys and the calendar."""

    def __init__(
        self,
        data_dir: Path,
        location: str,
        *,
        keys_dir: Path,
        time_zone: str | None,
        day_starts: str | time,
        series: str,
        device: str,
        phone_region: str | None,
        clock: Callable[[], datetime],
        lock_timeout: float,
    ) -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", location):
            raise ValueError("A location is a slug: small letters, digits and hyphens.")
        if not re.fullmatch(r"[A-Z]{1,2}", series):
            raise ValueError("A ticket series is one or two capital letters.")
        self.location = location
        self.device = device
        self.folder = data_dir / location
        self._series = series
        self._region = phone_region
        self._calendar = Calendar(clock, time_zone, day_starts)
        self._keys = DayKeys(keys_dir, location)
        self._lock = FileLock(self.folder / ".lock", lock_timeout)
        self._mutex = threading.Lock()
        self._days: dict[date, Day] = {}
        self._newest: date | None = None
        self._is_settled = False

    @property
    def day(self) -> date:
        """The current service day."""
        return self._calendar.today(self._newest)

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
            opened.journal.refresh()
            yield opened

    @contextmanager
    def _writing(self) -> Iterator[Day]:
        """Hold the lock and give today as it is on disk; begin it if nobody has."""
        self._settle()
        with self._lock.held():
            day = self._open(self.day)
            self._begin(day)
            yield day

    def _settle(self) -> None:
        """Make the folder, once: one that vanishes later is not ours to make anew.

        The disk may just not be mounted, and tickets would start again at 1 beneath it.
        """
        if not self._is_settled:
            with refusing():
                make_private(self.folder)
                self._newest = max(days_on_disk(self.folder), default=None)
            self._is_settled = True

    def _open(self, day: date) -> Day:
        with self._mutex:
            if day not in self._days:
                self._days[day] = Day(self.folder, day, self._lock)
                for old in [old for old in self._days if old < day - timedelta(days=1)]:
                    self._days.pop(old).journal.close()
            return self._days[day]

    def _begin(self, day: Day) -> None:
        """Take in what others wrote; if that is nothing, begin the day and close those before."""
        day.journal.refresh(repair=True)
        if day.journal.head is not None:
            return
        for before in days_on_disk(self.folder):
            if before < day.date and not is_closed(self.folder, before):
                self._close_day(before)
        key = self._keys.make(day.date)
        head = Head(location=self.location, day=day.date, key=key)
        day.journal.append(self._calendar.now(), head=head)
        self._newest = max(self._newest or day.date, day.date)

    def _close_day(self, date: date) -> None:
        try:
            close_day(self._open(date), self._calendar.now(), self.device)
        except StoreError as error:
            # A damaged yesterday must not keep people from checking in today.
            log.warning("the day %s was not closed: %s", date, error)

    def _find(self, day: Day, id_: str, expected_revision: int | None = None) -> CheckIn:
        number = day.ids.get(id_)
        if number is None:
            raise UnknownCheckIn
        check_in = day.check_ins[number]
        if expected_revision not in (None, check_in.revision):
            events = day.events_of.get(number)  # none: it was put there through TinyDB
            last = day.event(events[-1]) if events else None
            by, kind = (last.by, last.kind) if last else ("Someone", "changed")
            raise StaleCheckIn(check_in.ticket, by or "Someone", kind)
        return check_in

    def _key(self, day: Day) -> bytes:
        assert day.journal.head is not None
        return self._keys.key(day.date, day.journal.head.key)

    def _person(self, arrival: Arrival) -> Person:
        """Give the person as they are sealed: the phone in one form, however it was typed."""
        phone = phones.normal(arrival.phone, self._region) if arrival.phone.strip() else ""
        return Person(arrival.name.strip(), phone)

    def _sealed(self, day: Day, id_: str, person: Person) -> dict[str, Any]:
        """Give the fields of a check-in's document that hold a person, or that there is none."""
        fields: dict[str, Any] = {
            "has_name": bool(person.name),
            "has_phone": bool(person.phone),
            "same_phone_as": None,
            "sealed": None,
            "phone_tag": None,
            "person_tag": None,
        }
        if person.name or person.phone:
            assert day.journal.head is not None
            fields["sealed"] = self._keys.seal(day.date, day.journal.head.key, id_, person)
        if person.phone:
            tag = fields["phone_tag"] = privacy.phone_tag(self._key(day), person.phone)
            shared = [one for one in day.with_tag(tag) if one.id != id_ and one.status != "void"]
            if shared:
                nearest = min(shared, key=lambda one: (one.status not in OPEN, one.number))
                fields["same_phone_as"] = nearest.ticket
        if person.phone and person.name:
            fields["person_tag"] = privacy.person_tag(self._key(day), person)
        return fields

    def _now(self, day: Day) -> datetime:
        """Tell the time, never before the line before: a clock set back must not reorder."""
        now = self._calendar.now()
        return now if day.journal.at is None else max(now, day.journal.at)

    def _entry(self, kind: str, by: str, **more: Any) -> Entry:
        return Entry(id=os.urandom(8).hex(), kind=kind, by=by, device=self.device, **more)
