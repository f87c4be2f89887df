"""What every operation stands on: the days of one location, opened to read or to write."""

import logging
import os
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from db.audit import Audit
from db.calendar import Calendar, utc_now
from db.checkin import CheckIn, Event, Person
from db.clock import ClockIs, Known, MachineClock, never_known
from db.day import CHECK_INS, Day
from db.errors import ClockWrong, StoreError, StoreUnavailable, UnknownCheckIn
from db.files import default_keys_dir, make_private, refuse_foreign, refuse_network, refusing
from db.kinds import EventKind
from db.line import FORMAT, Closed, Head
from db.lock import FileLock
from db.parts import SET_ASIDE, part_of
from db.privacy.destroying import destroy_forgotten
from db.privacy.keys import DayKeys
from db.privacy.people import People
from db.queue import Order
from db.replay import Secret
from db.served import Served
from db.today import Today
from db.uptime import Tells, machine_uptime, nobody_tells

log = logging.getLogger("clinic.store")

Edit = tuple[dict[str, Any], Event]
"""A changed document, and what happened to it."""


class StoreCore(ABC):
    """The days of one location on disk, the lock, the keys and the calendar.

    What a new day brings is said by the store: it lies above.
    """

    def __init__(
        self,
        data_dir: str | Path,
        location: str,
        *,
        keys_dir: str | Path | None = None,
        time_zone: str | None = None,
        day_starts: str | time = "04:00",
        series: str = "A",
        order: Order | str = Order.arrival,
        device: str | None = None,
        phone_region: str | None = None,
        person_days: int = 7,
        retention_days: int = 30,
        clock: Callable[[], datetime] = utc_now,
        clock_is: Known | None = None,
        uptime: Tells | None = None,
        audit: Audit | None = None,
        lock_timeout: float = 2.0,
    ) -> None:
        """Touches no disk; raises ValueError for a bad location, series, order, time or zone.

        `keys_dir`: where the days' keys lie (the user's configuration folder). `time_zone`:
        IANA name (the host's). `day_starts`: local time, HH:MM. `series`: one or two capital
        letters. `order`: what counts in the queue; the same on every machine of a location.
        `device`: who we are in events (the host's name). `phone_region`: such as "CN", for
        numbers without a country code. `person_days`, `retention_days`: days after which
        names, and records, go. `clock`: gives aware moments. `clock_is`: says whether that is
        right (by what sets this machine's clock; of another clock nothing is known). `uptime`:
        how long the machine is on. `audit`: where it is noted what was erased and destroyed (the
        data folder's). `lock_timeout`: seconds before StoreBusy.
        """
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", location):
            raise ValueError("A location is a slug: small letters, digits and hyphens.")
        if not re.fullmatch(r"[A-Z]{1,2}", series):
            raise ValueError("A ticket series is one or two capital letters.")
        self.location = location
        self.device = os.uname().nodename if device is None else device
        self.folder = Path(data_dir) / location
        self.series = series
        self.order = Order(order)
        self.person_days = timedelta(days=person_days)
        self.retention_days = timedelta(days=retention_days)
        self.calendar = Calendar(clock, time_zone, day_starts)
        own = clock is utc_now
        self.clock_is = clock_is or (MachineClock() if own else never_known)
        self.uptime = uptime or (machine_uptime if own else nobody_tells)
        self.audit = audit or Audit(data_dir, clock)
        self.keys = DayKeys(Path(keys_dir or default_keys_dir()), location)
        self.served = Served(self.keys.folder, self.folder)
        self.people = People(self.keys, self.served, self.now_in, phone_region)
        self.lock = FileLock(self.folder / ".lock", lock_timeout)
        self._mutex = threading.Lock()
        self._days: dict[date, Day] = {}
        self.which_day = Today(self.folder, self.calendar, self.clock_is)
        self.is_settled = False
        self._may_write = False
        self.turned: date | None = None
        """The day that we did for what a new day brings."""

    @property
    def day(self) -> date:
        """The current service day; raises ClockWrong while the clock cannot be right.

        A ticket of a day that is not today would be gone from the queue with the mistake.
        """
        return self.which_day.day(is_settled=self.is_settled)

    @property
    def day_by_clock(self) -> date:
        """The service day as the clock alone has it: another one goes on after it was set back."""
        return self.calendar.today()

    def journal_of(self, day: date) -> Path:
        """The path of a day's journal, whether it is there or not."""
        return part_of(self.folder, day, 1)

    @property
    def figures_folder(self) -> Path:
        """Where the figures of closed days lie: they outlive the journals."""
        return self.folder / "figures"

    @property
    def receipts_folder(self) -> Path:
        """Where the receipts lie of what was removed."""
        return self.folder / "receipts"

    def close(self) -> None:
        """Let go of every file; the store can be used again afterwards."""
        with self._mutex:
            for day in self._days.values():
                day.journal.close()
            self._days.clear()
        self.lock.close()

    @contextmanager
    def reading(self, day: date | None = None) -> Iterator[Day]:
        """Give a day (today's) as it is on disk now, without waiting for any writer."""
        self.settle()
        opened = self.open_day(day or self.day)
        with opened.journal.mutex:
            if self.is_settled:
                opened.journal.refresh()
            yield opened

    @contextmanager
    def writing(self, day: date | None = None) -> Iterator[Day]:
        """Hold the lock and give today as it is on disk; begin it if nobody has.

        Another `day` is given as it is, and can be written.
        """
        self.settle(make=True)
        with self.lock.held():
            opened = self.open_day(day or self.day)
            if day is None or day == self.day:
                self.begin_day(opened)
            else:
                opened.journal.refresh(repair=True)
            yield opened

    def settle(self, *, make: bool = False) -> None:
        """Look at the folder once, and `make` it for a writer; without one a reader finds nothing.

        One that vanishes later, or that this machine had before, is not ours to make anew: the
        disk may just not be mounted, and tickets would start again at 1 beneath it.
        """
        if self.is_settled and (self._may_write or not make):
            return
        with refusing():
            if make or not self.folder.is_dir():  # else who only reads asks for no keys
                self.served.check()
            if make:
                refuse_foreign(self.folder)
                if not self.is_settled:
                    make_private(self.folder)
            try:
                self.folder.stat()
            except FileNotFoundError:
                if self.is_settled:
                    raise StoreUnavailable("The folder with the check-in data is gone.") from None
                return
            refuse_network(self.folder)
        self.is_settled = True
        self._may_write = self._may_write or make

    def open_day(self, day: date) -> Day:
        """Give a day as it was last read; it is read anew by who needs it."""
        with self._mutex:
            if day not in self._days:
                self._days[day] = Day(self.folder, day, self.lock, self.order)
                yesterday = self.calendar.today().toordinal() - 1
                for old in [old for old in self._days if old.toordinal() < yesterday]:
                    if old != day:
                        self._days.pop(old).journal.close()
            return self._days[day]

    def let_go(self, day: date) -> None:
        """Let go of a day's journal: its file was moved or removed."""
        with self._mutex:
            opened = self._days.pop(day, None)
        if opened is not None:
            opened.journal.close()

    def person(self, check_in: CheckIn) -> Person:
        """Open the sealed name and phone, empty where none was given; raises KeyMissing."""
        with self.reading(check_in.day) as day:
            number = day.ids.get(check_in.id)
            if number is None:
                raise UnknownCheckIn
            return self.people.unseal(day, check_in)

    def begin_day(self, day: Day) -> None:
        """Take in what others wrote; if that is nothing, begin the day. The lock is held."""
        day.journal.refresh(repair=True)
        if day.journal.head is None:
            self.write_head(day)
            self.turned = None
        closed = day.journal.closed
        if self.turned != day.date or (closed is not None and closed.next is not None):
            self.turned = day.date
            self.turn_over(day)
        self.destroy_secrets(day)

    def write_head(self, day: Day) -> None:
        """Begin a day; raises ClockWrong if it is known not to be one."""
        if self.clock_is() is ClockIs.wrong:
            raise ClockWrong(day.date)
        head = Head(
            format=FORMAT,
            location=self.location,
            day=day.date,
            key=self._new_key(day.date),
            device=self.device,
            series=self.series,
        )
        day.journal.append(self.now_in(day), head=head)

    def _new_key(self, day: date) -> str:
        """Make the key of a day that begins; without one it begins all the same."""
        try:
            with refusing():
                was_before = any((self.folder / SET_ASIDE).glob(f"*/{day}.jsonl"))
            make = self.keys.make_another if was_before else self.keys.make
            return make(day, self.served.place())
        except StoreError as error:
            log.warning("%s begins without a key: %s", day, error)
            return ""

    @abstractmethod
    def turn_over(self, day: Day) -> None:
        """Do what a new day brings, the lock being held; nothing of it may stop the day."""

    def destroy_secrets(self, day: Day) -> None:
        """Overwrite the secrets of those whose names were erased, the lock being held."""
        if day.journal.forgotten:
            with refusing():
                destroy_forgotten(self.folder, day.date, day.journal.forgotten)

    def note_erased(self, day: Day, erased: CheckIn, by: str) -> None:
        """Note in the audit journal whose name was erased."""
        told = {"location": self.location, "day": str(day.date), "ticket": erased.ticket}
        self.audit.try_to_note("names_erased", by, self.device, **told)

    def now_in(self, day: Day) -> datetime:
        """Tell the time, never before the line before: a clock set back must not reorder."""
        now = self.calendar.now()
        return now if day.journal.at is None else max(now, day.journal.at)

    def new_event(self, kind: EventKind, by: str, day: Day, **more: Any) -> Event:
        """Make an event; on days of format 2 it names the check-in, and what it knew of, by id."""
        number = more.get("check_in")
        if day.journal.format > 1 and number in day.check_ins:
            known = day.marks[number].event
            more |= {"check_in_id": day.check_ins[number].id, "parents": (known,) if known else ()}
        return Event(id=os.urandom(8).hex(), kind=kind.value, by=by, device=self.device, **more)

    def commit(
        self,
        day: Day,
        edits: list[Edit],
        count: dict[str, int] | None = None,
        closed: Closed | None = None,
        at: datetime | None = None,
        up: str | None = None,
        secret: Secret | None = None,
        forget: str | None = None,
    ) -> list[CheckIn]:
        """Write the edits as one transaction and give the check-ins as they are then."""
        if day.journal.format > 1:
            for document, event in edits:
                document["event"] = event.id
        documents = {str(document["number"]): document for document, _ in edits}
        put, events = {CHECK_INS: documents} if edits else None, [event for _, event in edits]
        day.journal.append(
            at or self.now_in(day),
            put,
            events=events,
            count=count,
            closed=closed,
            up=up,
            secret=secret,
            forget=forget,
        )
        try:
            return [day.check_ins[document["number"]] for document, _ in edits]
        except KeyError:  # the folder was replaced in that moment
            raise StoreUnavailable from None
