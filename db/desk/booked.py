"""Today's list: who is booked for today, as the clinic's calendar says, each name sealed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import uuid4

import msgspec
from msgspec import Struct

from db.checkin import CheckIn, Person, Secret, check_text
from db.core import StoreCore
from db.day import Day
from db.errors import KeyMissing, StoreError
from db.kinds import EventKind
from db.line import UNREADABLE
from db.lock import FileLock
from db.privacy.keys import DayKey, tag
from db.replay import Secret as Destructible

LONGEST_RUN = 60.0
"""Seconds that one who brings a list waits for another."""
BOOKINGS = "bookings"
"""The table of the day's journal; an older version lets it be."""


class Expected(Secret, frozen=True, kw_only=True):
    """Somebody who is booked, as a file says; carries a name into the store.

    Raises InvalidArrival (a ValueError) for what is too long or cannot be shown, TypeError for
    what is no aware moment.
    """

    ref: str
    """What stays the same when a newer version of the file moves or corrects them."""
    due_at: datetime
    name: str = ""
    phone: str = ""
    service: str = ""
    """Slug; empty: not known."""
    practitioner: str | None = None

    def __post_init__(self) -> None:
        for field in ("name", "phone", "service", "practitioner"):
            check_text(field, getattr(self, field) or "")
        if self.due_at.tzinfo is None:
            raise TypeError("An appointment is an aware moment.")


class Booking(Struct, frozen=True, kw_only=True):
    """Somebody who is booked today, without name or phone."""

    id: str
    due_at: datetime
    service: str = ""
    practitioner: str | None = None
    source: str
    """The file that said so, in a form that does not tell its name."""
    sealed: str | None = None
    """Name and phone; None once they were erased."""


class Brought(NamedTuple):
    """What a file has changed of today's list."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0


def bring(
    core: StoreCore,
    files: Mapping[str, Sequence[Expected]],
    by: str,
    *,
    keep: Collection[str] = (),
    part: Collection[str] = (),
) -> Brought:
    """Have today's list say what files say, by their names; each change is durable by itself.

    Who stood in one of the `files` and does so no more is taken off, unless their `ref` is in
    `keep`, or the file's name in `part`: some of it could not be read. The same files again
    change nothing, and a run that was cut short is made good by the next. Raises ValueError for a
    moment of another service day, StoreError on a day of format 1, and KeyMissing where no key
    can be made.
    """
    day_now = core.day
    for one in (one for expected in files.values() for one in expected):
        if core.calendar.day_of(one.due_at) != day_now:
            raise ValueError("Today's list holds appointments of today.")
    if not any(files.values()):
        with core.reading() as day:  # a day on which nobody is booked need not begin for that
            if not bookings_of(day):
                return Brought()
    core.settle(make=True)
    lock = FileLock(core.folder / ".list", LONGEST_RUN)
    try:
        with lock.held():  # who checks in meanwhile waits for one line at most, not for all
            return _bring(core, files, by, keep, part)
    finally:
        lock.close()


def _bring(
    core: StoreCore,
    files: Mapping[str, Sequence[Expected]],
    by: str,
    keep: Collection[str],
    part: Collection[str],
) -> Brought:
    with core.writing() as day:
        if day.journal.format == 1:
            raise StoreError(
                "Today was begun by an older version, which has no list; bring it tomorrow."
            )
        place, key = core.served.place(), core.people.key(day)
        known = _Known(day, key, bookings_of(day))
    sources = {name: _source(place, name) for name in files}
    wanted = {one.ref: (sources[name], one) for name in files for one in files[name]}
    whole = {sources[name] for name in files if name not in part}
    kept, count = {known.tagged(ref) for ref in keep}, dict.fromkeys(Brought._fields, 0)
    used = set[str]()
    for source, one in wanted.values():
        before = known.find(one, used)
        used |= {before.id} if before else set()
        count[_put(core, key, known, before, source, one, by)] += 1
    for before in known.bookings:
        ref = known.refs.get(before.id)
        if before.id in used or before.source not in whole or ref in kept:
            continue
        if _take_off(core, before.id, by):
            count["gone"] += 1
    return Brought(**count)


class _Known:
    """Today's list as it was, opened as far as it can be."""

    def __init__(self, day: Day, key: DayKey, bookings: Iterable[Booking]) -> None:
        self._key = key
        self.bookings = list(bookings)
        self.people: dict[str, Person] = {}
        self.refs: dict[str, str] = {}
        """What `tagged` gives of their `ref`, by id."""
        for one in self.bookings:
            with suppress(KeyMissing):
                if one.sealed and one.sealed.partition(".")[0] == key.id:
                    wrapped, _, ref = (day.secret_of(one.sealed) or "").partition(".")
                    self.people[one.id] = key.unseal(one.id, one.sealed, wrapped)
                    self.refs[one.id] = ref

    def tagged(self, ref: str) -> str:
        return tag(self._key.bytes, "booking", ref)

    def find(self, wanted: Expected, used: Collection[str]) -> Booking | None:
        """Who of the list this is; by time and practitioner where nothing opens who it was."""
        ref = self.tagged(wanted.ref)
        free = [one for one in self.bookings if one.id not in used]
        for one in free:
            if self.refs.get(one.id) == ref:
                return one
        for one in free:
            same = (one.due_at, one.practitioner) == (wanted.due_at, wanted.practitioner)
            if one.id not in self.refs and same:
                return one
        return None


def _put(
    core: StoreCore,
    key: DayKey,
    known: _Known,
    before: Booking | None,
    source: str,
    wanted: Expected,
    by: str,
) -> str:
    """Put one of the list in its place, and say which count of `Brought` that is."""
    is_erased = before is not None and before.sealed is None
    person = Person(wanted.name.strip(), core.people.e164(wanted.phone))
    same_person = before is not None and (is_erased or known.people.get(before.id) == person)
    booking = Booking(
        id=before.id if before else str(uuid4()),
        due_at=wanted.due_at.astimezone(UTC),
        service=wanted.service,
        practitioner=wanted.practitioner or None,
        source=source,
        sealed=before.sealed if before and same_person else None,
    )
    if before == booking:
        return "same"
    secret = None
    if not same_person:
        sealed, name, wrapped = key.seal(booking.id, person)
        booking = msgspec.structs.replace(booking, sealed=sealed)
        secret = Destructible(booking.id, name, f"{wrapped}.{known.tagged(wanted.ref)}")
    forget = booking.id if before and not same_person else None
    _write(core, booking.id, booking, by, secret, forget)
    return "changed" if before else "new"


def _take_off(core: StoreCore, id_: str, by: str) -> bool:
    return _write(core, id_, None, by, forget=id_)


def _write(
    core: StoreCore,
    id_: str,
    new: Booking | None,
    by: str,
    secret: Destructible | None = None,
    forget: str | None = None,
) -> bool:
    """Put or take off one of the list, in a line of its own; False if there was nothing to do."""
    with core.writing() as day:
        rows = day.journal.tables.get(BOOKINGS, {})
        there = {one.id: number for number, one in _rows(day).items()}
        number = there.get(id_)
        if new is None and number is None:
            return False
        number = number or str(max(map(int, rows), default=0) + 1)
        put = {BOOKINGS: {number: msgspec.to_builtins(new)}} if new else None
        day.journal.append(
            core.now_in(day),
            put,
            gone=None if new else {BOOKINGS: [number]},
            events=[core.new_event(EventKind.listed, by, day, reason=None if new else "gone")],
            secret=secret,
            forget=forget,
        )
        core.destroy_secrets(day)
        return True


def bookings_of(day: Day) -> list[Booking]:
    """Give today's list, by time; the names in it stay sealed."""
    return sorted(_rows(day).values(), key=lambda one: (one.due_at, one.id))


def booked_person(core: StoreCore, id: str) -> Person:
    """Open the sealed name and phone of one of today's list; raises KeyMissing.

    That is so for one who was erased, and for one who is on the list no more.
    """
    with core.reading() as day:
        return person_of(core, day, id)


def person_of(core: StoreCore, day: Day, id_: str) -> Person:
    """Open the sealed name and phone of one of the list of an open day; raises KeyMissing."""
    booking = next((one for one in _rows(day).values() if one.id == id_), None)
    if booking is None or booking.sealed is None:
        raise KeyMissing
    wrapped = (day.secret_of(booking.sealed) or "").partition(".")[0]
    key = core.keys.get(day.date, booking.sealed.partition(".")[0])
    return key.unseal(booking.id, booking.sealed, wrapped)


def erase_booking(core: StoreCore, day: Day, check_in: CheckIn, by: str) -> bool:
    """Destroy name and phone of who stands on the list for a check-in; the lock is held."""
    found = [(n, one) for n, one in _rows(day).items() if one.id == check_in.booking and one.sealed]
    for number, one in found:
        empty = msgspec.structs.replace(one, sealed=None)
        day.journal.append(
            core.now_in(day),
            {BOOKINGS: {number: msgspec.to_builtins(empty)}},
            events=[core.new_event(EventKind.listed, by, day, reason="erased")],
            forget=one.id,
        )
        core.destroy_secrets(day)
    return bool(found)


def _rows(day: Day) -> dict[str, Booking]:
    found = {}
    for number, raw in day.journal.tables.get(BOOKINGS, {}).items():
        try:
            one = msgspec.json.decode(raw, type=Booking)
        except UNREADABLE:
            continue  # another program's, or a newer version's
        if one.due_at.tzinfo:
            found[number] = one
    return found


def _source(place: str, name: str) -> str:
    return sha256(f"{place}\0{name}".encode()).hexdigest()[:16]
