"""The check-in store of one location: checking in, and asking for what was checked in."""

import logging
import os
import re
import unicodedata
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec

from db.checkin import OPEN, Arrival, CheckIn, Event, Said, Status
from db.day import Day
from db.desk.operations import Operations
from db.errors import DuplicateCheckIn, StoreCorrupt, StoreFull, StoreUnavailable
from db.files import refuse_foreign, refusing
from db.keeping.copies import Copies
from db.moment import Moment, moment_of
from db.numbers import next_number
from db.replay import Secret
from db.tinydb_view.views import Views

log = logging.getLogger("clinic.store")

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
        here raise DuplicateCheckIn unless `allow_same_phone`. Raises KeyMissing where there is a
        name or phone, and no key for it can be made.
        """
        if id is not None and not re.fullmatch(r"[0-9A-Za-z_-]{1,64}", id):
            raise ValueError("An id has 1 to 64 letters, digits, hyphens or underlines.")
        person = self._person(arrival)  # before the lock: the first phone takes its time
        with self._writing() as day:
            if id is not None and (known := self._known(day, id, arrival)) is not None:
                return known
            new = id or str(uuid4())
            key = self._key(day) if person.name or person.phone else None
            tagged = self._arrival_tag(day, arrival, key)
            fields, secret = self._sealed(day, new, person, tagged, key)
            if secret is None:
                fields["arrival_tag"] = tagged
            twins = [] if allow_same_phone else self._twins(day, secret, fields)
            for twin in twins:
                if twin.status in OPEN:
                    raise DuplicateCheckIn(twin.ticket)
            return self._add(day, new, arrival, fields, secret, by)

    def _known(self, day: Day, id: str, arrival: Arrival) -> CheckIn | None:
        for earlier in (day, self._open(day.date - timedelta(days=1))):
            try:
                with earlier.journal.mutex:
                    earlier.journal.refresh()
                    number = earlier.ids.get(id)
            except (StoreCorrupt, StoreUnavailable) as trouble:
                if earlier is day:
                    raise
                # An unreadable yesterday must not keep people from checking in today.
                log.warning("%s was not looked at: %s", earlier.date, trouble)
                continue
            if number is None:
                continue
            tagged = earlier.marks[number].arrival_tag
            if tagged and not self._is_same(earlier, tagged, arrival):
                raise ValueError("This id belongs to another check-in.")
            earlier.journal.sync()
            return earlier.check_ins[number]
        return None

    def _add(
        self,
        day: Day,
        id: str,
        arrival: Arrival,
        fields: dict[str, Any],
        secret: Secret | None,
        by: str,
    ) -> CheckIn:
        number, ticket, counts = next_number(day, self._series)
        check_in = CheckIn(
            number=number,
            id=id,
            ticket=ticket,
            location=self.location,
            day=day.date,
            arrived_at=self._now(day),
            device=self.device,
            has_name=fields["has_name"],
            has_phone=fields["has_phone"],
            same_phone_as=fields["same_phone_as"],
            **{name: getattr(arrival, name) for name in Said.__struct_fields__},
        )
        document = msgspec.structs.asdict(check_in) | fields
        event = self._event("checked_in", by, day, check_in=number)
        if day.journal.format > 1:
            event = msgspec.structs.replace(event, check_in_id=id)
        up = self._uptime()
        told = up and up.told()
        edits, at = [(document, event)], check_in.arrived_at
        return self._commit(day, edits, counts, at=at, up=told, secret=secret)[0]

    def queue(self, service: str | None = None) -> list[CheckIn]:
        """Give those waiting and called, in calling order."""
        with self._reading() as day:
            queued = day.queued()
        return queued if service is None else [one for one in queued if one.service == service]

    def today(self) -> list[CheckIn]:
        """Give every check-in of the service day in order of arrival, ended ones included."""
        with self._reading() as day:
            return sorted(day.check_ins.values(), key=lambda one: one.number)

    def moment(self) -> Moment:
        """Give how today stands, read at once: the day, what was said at the desk, who is there."""
        occupied = self.occupied()
        with self._reading() as day:
            return moment_of(day, self._calendar.now(), occupied)

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
            number = day.tickets.get((series or self._series) + digits)
            if number is not None:
                return day.check_ins[number]
            others = [] if series else day.with_digits(digits)
            return others[0] if len(others) == 1 else None

    def ahead(self, check_in: CheckIn) -> int:
        """Count the people who are waiting and will be called before this one."""
        with self._reading() as day:
            now = day.check_ins.get(day.ids.get(check_in.id, 0))
            if now is None or now.status is not Status.waiting:
                return 0
            before = day.queued()[: day.place(now)]
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
        if self._is_settled:
            self._settle(make=True)
        with refusing():
            refuse_foreign(place)
            disk = os.statvfs(place)
            if self._is_settled:
                # A disk that the kernel has made read-only by itself does not show it before.
                handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
                os.close(handle)
        if disk.f_flag & os.ST_RDONLY or not os.access(place, os.W_OK):
            raise StoreUnavailable("The check-in data cannot be written.")
        if disk.f_bavail * disk.f_frsize < ROOM_NEEDED:
            raise StoreFull


open_store = CheckInStore
