"""What is only read: the queue, one check-in, its person and history, word of changes."""

# `id` is the word of the public interface.
# ruff: noqa: A002

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import AsyncIterator
from datetime import date, datetime
from string import ascii_uppercase
from typing import TYPE_CHECKING

from db.checkin import Change, CheckIn, Event, Person
from db.day import Day
from db.desk import DeskOperations
from db.errors import StoreError, StoreFull, StoreUnavailable, UnknownCheckIn
from db.files import refusing
from db.queue import position

if TYPE_CHECKING:
    from tinydb import TinyDB


ROOM_NEEDED = 1024 * 1024
"""Bytes that must be free for `health`: some hundreds of check-ins."""


class Reads(DeskOperations):
    """Everything that asks and does not change; none of it waits for a writer."""

    def queue(self, service: str | None = None) -> list[CheckIn]:
        """Give those waiting and called, in calling order."""
        with self._reading() as day:
            queued = day.queued()
        return queued if service is None else [one for one in queued if one.service == service]

    def today(self) -> list[CheckIn]:
        """Give every check-in of the service day in order of arrival, ended ones included."""
        with self._reading() as day:
            return sorted(day.check_ins.values(), key=lambda one: one.number)

    def get(self, id: str) -> CheckIn | None:
        """Give a check-in of today as it is now, or None."""
        with self._reading() as day:
            number = day.ids.get(id)
            return None if number is None else day.check_ins[number]

    def find_ticket(self, text: str) -> CheckIn | None:
        """Find today's ticket by what a patient typed: "12", "a12" and "A012" all find A012.

        A bare number is looked for in this machine's series first, then in the only other
        one that has it.
        """
        typed = unicodedata.normalize("NFKC", text).strip().upper()
        match = re.fullmatch(r"([A-Z]{0,2})\s*([0-9]{1,6})", typed)
        if match is None:
            return None
        series, digits = match[1], f"{int(match[2]):03d}"
        with self._reading() as day:
            number = day.tickets.get((series or self._series) + digits)
            if number is None and not series:
                others = [
                    other
                    for ticket, other in day.tickets.items()
                    if ticket.lstrip(ascii_uppercase) == digits
                ]
                number = others[0] if len(others) == 1 else None
            return None if number is None else day.check_ins[number]

    def ahead(self, check_in: CheckIn) -> int:
        """Count the people who are waiting and will be called before this one."""
        with self._reading() as day:
            number = day.ids.get(check_in.id)
            if number is None:
                return 0
            return position(day.check_ins[number], day.queued())

    def person(self, check_in: CheckIn) -> Person:
        """Open the sealed name and phone, empty where none was given; raises KeyMissing."""
        with self._reading(check_in.day) as day:
            number = day.ids.get(check_in.id)
            if number is None:
                raise UnknownCheckIn
            sealed = day.marks[number].sealed
        if sealed is None:
            return Person("", "")
        return self._keys.unseal(check_in.day, check_in.id, sealed)

    def history(self, id: str) -> list[Event]:
        """Give the events of one check-in of today, oldest first."""
        with self._reading() as day:
            number = day.ids.get(id, 0)
            return [day.event(index) for index in day.events_of.get(number, ())]

    def events(self, since: int = 0) -> list[Event]:
        """Give the day's events after event number `since`, oldest first."""
        with self._reading() as day:
            return [day.event(index) for index in range(since, len(day.journal.entries))]

    async def watch(self) -> AsyncIterator[Change]:
        """Yield at once, then after each change by any process to queue, desk or presence.

        Changes that come while the caller is busy are one change. It also yields when the
        store becomes unusable or usable again, and when the service day changes.
        """
        from db.watch import changes

        events = 0
        async with contextlib.aclosing(
            changes((self.folder, self._presence), self._glance)
        ) as news:
            async for _ in news:
                with contextlib.suppress(StoreError), self._reading() as day:
                    events = len(day.journal.entries)  # whoever asks for more hears of trouble
                yield Change(self.day, events)

    def database(self, day: date | None = None) -> TinyDB:
        """Open a day (today) as a TinyDB whose tables can be searched and written.

        The tables are "checkins", "help" and "desk", and any you add. Close it after use.
        """
        from db.table import JournalDatabase

        wanted = day or self.day
        self._settle()
        opened = Day(self.folder, wanted, self._lock)

        def begin() -> datetime:
            if wanted != self.day:
                raise StoreUnavailable("That day is over; it can be read but not written.")
            self._begin(opened)
            return self._now(opened)

        return JournalDatabase(opened.journal, begin)

    def prepare(self) -> None:
        """Load what the first check-in needs (100 ms or more); for a quiet moment's thread."""
        import phonenumbers  # noqa: F401

        with self._reading():
            pass

    def health(self) -> None:
        """Return if people can check in as far as can be told without writing; else raise."""
        with self._reading():
            pass
        with refusing():
            disk = os.statvfs(self.folder)
        if disk.f_flag & os.ST_RDONLY or not os.access(self.folder, os.W_OK):
            raise StoreUnavailable("The check-in data cannot be written.")
        if disk.f_bavail * disk.f_frsize < ROOM_NEEDED:
            raise StoreFull

    def _glance(self) -> object:
        """Give something cheap that differs when `watch` should yield."""
        day = self.day
        try:
            there = (self.folder / f"{day}.jsonl").stat()
        except FileNotFoundError:
            return day, self.folder.is_dir(), self.present()
        except OSError as error:
            return day, error.errno
        return day, there.st_ino, there.st_size, self.present()
