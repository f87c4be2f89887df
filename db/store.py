"""The check-in store of one location: checking in, and asking for what was checked in."""

import contextlib
import os
import re
import unicodedata
from datetime import timedelta
from string import ascii_uppercase
from typing import Any
from uuid import uuid4

import msgspec

from db.checkin import OPEN, Arrival, CheckIn, Event, Said, Status
from db.day import CHECK_INS, Day
from db.desk.operations import Operations
from db.errors import DuplicateCheckIn, KeyMissing, StoreCorrupt, StoreFull, StoreUnavailable
from db.files import refusing
from db.keeping.copies import Copies
from db.views.views import Views

ROOM_NEEDED = 1024 * 1024
"""Bytes that must be free for `health`: some hundreds of check-ins."""


class CheckInStore(Operations, Copies, Views):
    """The check-ins of one location; usable from any thread.

    Every operation is one line of the day's journal: it is on disk when the call returns, or
    it did not happen. Any call may raise StoreCorrupt or StoreUnavailable; those that write
    may raise StoreBusy and StoreFull too. Reads never wait for a writer.
    """

    def check_in(
        self,
        arrival: Arrival,
        *,
        id: str | None = None,
        allow_same_phone: bool = False,
        by: str = "",
    ) -> CheckIn:
        """Give an arrival its ticket; durable on return. `by`: who added a walk-in, if staff did.

        An `id` that is known, from today or yesterday, gives that first check-in again; with
        a different arrival it raises ValueError. The same name and phone as someone still
        here raise DuplicateCheckIn unless `allow_same_phone`. Raises KeyMissing.
        """
        if id is not None and not re.fullmatch(r"[0-9A-Za-z_-]{1,64}", id):
            raise ValueError("An id has 1 to 64 letters, digits, hyphens or underlines.")
        person = self._person(arrival)  # before the lock: the first phone takes its time
        with self._writing() as day:
            if id is not None and (known := self._known(day, id, arrival)) is not None:
                return known
            new = id or str(uuid4())
            sealed = self._sealed(day, new, person)
            twins = () if allow_same_phone else day.with_tag(sealed["person_tag"])
            for twin in twins:
                if twin.status in OPEN:
                    raise DuplicateCheckIn(twin.ticket)
            sealed["arrival_tag"] = self._arrival_tag(day, arrival)
            return self._add(day, new, arrival, sealed, by)

    def _known(self, day: Day, id: str, arrival: Arrival) -> CheckIn | None:
        for earlier in (day, self._open(day.date - timedelta(days=1))):
            try:
                with earlier.journal.mutex:
                    earlier.journal.refresh()
                    number = earlier.ids.get(id)
                    if number is None:
                        continue
                    check_in, marks = earlier.check_ins[number], earlier.marks[number]
            except StoreCorrupt:
                continue  # a damaged yesterday must not keep people from checking in today
            with contextlib.suppress(KeyMissing):
                if marks.arrival_tag != self._arrival_tag(earlier, arrival):
                    raise ValueError("This id belongs to another check-in.")
            earlier.journal.sync()
            return check_in
        return None

    def _add(self, day: Day, id: str, arrival: Arrival, sealed: dict[str, Any], by: str) -> CheckIn:
        journal = day.journal
        number = journal.counters.get("arrivals", 0) + 1
        while str(number) in journal.tables.get(CHECK_INS, ()):  # inserted through TinyDB
            number += 1
        count = journal.counters.get(self._series, 0) + 1
        check_in = CheckIn(
            number=number,
            id=id,
            ticket=f"{self._series}{count:03d}",
            location=self.location,
            day=day.date,
            arrived_at=self._now(day),
            device=self.device,
            has_name=sealed["has_name"],
            has_phone=sealed["has_phone"],
            same_phone_as=sealed["same_phone_as"],
            **{name: getattr(arrival, name) for name in Said.__struct_fields__},
        )
        document = msgspec.structs.asdict(check_in) | sealed
        event = self._event("checked_in", by, check_in=number)
        counts = {"arrivals": number, self._series: count}
        return self._commit(day, [(document, event)], counts)[0]

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
            return day.check_ins.get(day.ids.get(id, 0))

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
            found = [day.tickets.get((series or self._series) + digits)]
            if found == [None] and not series:
                tickets = day.tickets.items()
                found = [n for ticket, n in tickets if ticket.lstrip(ascii_uppercase) == digits]
            return day.check_ins.get(found[0] or 0) if len(found) == 1 else None

    def ahead(self, check_in: CheckIn) -> int:
        """Count the people who are waiting and will be called before this one."""
        with self._reading() as day:
            now, queued = day.check_ins.get(day.ids.get(check_in.id, 0)), day.queued()
        if now is None or now.status is not Status.waiting:
            return 0
        before = queued[: queued.index(now)]
        return sum(one.status is Status.waiting for one in before)

    def history(self, id: str) -> list[Event]:
        """Give the events of one check-in of today, oldest first."""
        with self._reading() as day:
            return day.events_of(day.ids.get(id, 0))

    def events(self, since: int = 0) -> list[Event]:
        """Give the day's events after event number `since`, oldest first."""
        with self._reading() as day:
            return day.events()[since:]

    def prepare(self) -> None:
        """Load what the first check-in needs (100 ms or more); for a quiet moment's thread."""
        import phonenumbers  # noqa: F401

        with self._reading():
            pass

    def health(self) -> None:
        """Return if people can check in as far as can be told without writing; else raise."""
        with self._reading():
            place = self.folder
        while not (self._is_settled or place.exists()):
            place = place.parent  # where the first check-in will make it
        with refusing():
            disk = os.statvfs(place)
        if disk.f_flag & os.ST_RDONLY or not os.access(place, os.W_OK):
            raise StoreUnavailable("The check-in data cannot be written.")
        if disk.f_bavail * disk.f_frsize < ROOM_NEEDED:
            raise StoreFull


open_store = CheckInStore
