"""The check-in store of one location: opening it, and checking in."""

# `id` is the word of the public interface.
# ruff: noqa: A002

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import msgspec

from db import privacy
from db.checkin import OPEN, Arrival, CheckIn, Person, Status
from db.corrections import Corrections
from db.day import CHECK_INS, Day
from db.days import utc_now
from db.errors import (
    DuplicateCheckIn,
    KeyMissing,
    StoreCorrupt,
)
from db.reads import Reads


class CheckInStore(Reads, Corrections):
    """The check-ins of one location; made by `open_store`, usable from any thread.

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
            return self._add(day, id or str(uuid4()), arrival, person, allow_same_phone, by)

    def _known(self, day: Day, id: str, arrival: Arrival) -> CheckIn | None:
        yesterday = self._open(day.date - timedelta(days=1))
        for earlier in (day, yesterday):
            try:
                with earlier.journal.mutex:
                    earlier.journal.refresh()
                    number = earlier.ids.get(id)
                    if number is None:
                        continue
                    check_in, marks = earlier.check_ins[number], earlier.marks[number]
            except StoreCorrupt:
                continue  # a damaged yesterday must not keep people from checking in today
            try:
                if marks.arrival_tag != self._arrival_tag(earlier, arrival):
                    raise ValueError("This id belongs to another check-in.")
            except KeyMissing:
                pass
            earlier.journal.sync()
            return check_in
        return None

    def _arrival_tag(self, day: Day, arrival: Arrival) -> str:
        # A nameless arrival has nothing to hide, and is taken without a key.
        key = self._key(day) if arrival.name or arrival.phone else b""
        return privacy.arrival_tag(key, arrival)

    def _add(
        self,
        day: Day,
        id: str,
        arrival: Arrival,
        person: Person,
        allow_same_phone: bool,
        by: str,
    ) -> CheckIn:
        journal = day.journal
        sealed = self._sealed(day, id, person)
        if not allow_same_phone:
            for twin in day.with_tag(sealed["person_tag"]):
                if twin.status in OPEN:
                    raise DuplicateCheckIn(twin.ticket)
        number = journal.counters.get("arrivals", 0) + 1
        while str(number) in journal.tables.get(CHECK_INS, ()):  # inserted through TinyDB
            number += 1
        count = journal.counters.get(self._series, 0) + 1
        at = self._now(day)
        check_in = CheckIn(
            number=number,
            id=id,
            ticket=f"{self._series}{count:03d}",
            location=self.location,
            day=day.date,
            status=Status.waiting,
            service=arrival.service,
            language=arrival.language,
            appointment=arrival.appointment,
            appointment_time=arrival.appointment_time,
            practitioner=arrival.practitioner,
            first_visit=arrival.first_visit,
            party=arrival.party,
            whom=arrival.whom,
            guardian=arrival.guardian,
            consent=arrival.consent,
            urgent=arrival.urgent,
            priority=0,
            room=None,
            arrived_at=at,
            called_at=None,
            calls=0,
            began_at=None,
            ended_at=None,
            device=self.device,
            revision=1,
            has_name=sealed["has_name"],
            has_phone=sealed["has_phone"],
            same_phone_as=sealed["same_phone_as"],
        )
        document = msgspec.structs.asdict(check_in)
        document["arrival_tag"] = self._arrival_tag(day, arrival)
        document |= sealed
        journal.append(
            at,
            {CHECK_INS: {str(number): document}},
            events=[self._entry("checked_in", by, check_in=number)],
            count={"arrivals": number, self._series: count},
        )
        return check_in


def open_store(
    data_dir: str | Path,
    location: str,
    *,
    keys_dir: str | Path | None = None,
    time_zone: str | None = None,
    day_starts: str | time = "04:00",
    series: str = "A",
    device: str | None = None,
    phone_region: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    lock_timeout: float = 2.0,
) -> CheckInStore:
    """Open the check-in store of a location; touches no disk until it is used.

    `keys_dir`: where the days' keys lie (the user's configuration folder). `time_zone`: IANA
    name (the host's). `day_starts`: local time, HH:MM. `series`: one or two capital letters.
    `device`: who we are in events (the host's name). `phone_region`: such as "CN", for numbers
    without a country code. `clock`: gives aware moments. `lock_timeout`: seconds before
    StoreBusy. Raises ValueError for a bad location, series, time or time zone.
    """
    return CheckInStore(
        Path(data_dir),
        location,
        keys_dir=default_keys_dir() if keys_dir is None else Path(keys_dir),
        time_zone=time_zone,
        day_starts=day_starts,
        series=series,
        device=os.uname().nodename if device is None else device,
        phone_region=phone_region,
        clock=clock,
        lock_timeout=lock_timeout,
    )


def default_keys_dir() -> Path:
    """Give the user's folder for keys, apart from the data."""
    from platformdirs import user_config_path

    return user_config_path("clinic-kiosk") / "keys"
