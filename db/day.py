"""One service day in memory: its check-ins, indexed, as its journal tells them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, assert_never

import msgspec
from msgspec import Struct

from db.checkin import CheckIn, Event, Status
from db.journal import Journal
from db.kinds import EventKind, Undoing, undoing
from db.line import UNREADABLE, Line
from db.lock import FileLock
from db.queue import Order, by_appointment, by_arrival, in_turn, is_due, is_queued, put_in

CHECK_INS = "checkins"
MANY = 50
"""Changes beyond which sorting the queue once is cheaper than placing each."""

_NUMBER = re.compile(r"[1-9][0-9]{0,9}")
_decode = msgspec.json.Decoder(CheckIn).decode
_decode_event = msgspec.json.Decoder(Event).decode


class Marks(Struct, frozen=True):
    """What a check-in's document holds for the store alone."""

    sealed: str | None = None
    phone_tag: str | None = None
    person_tag: str | None = None
    arrival_tag: str | None = None
    event: str | None = None
    """Id of the event that made the document what it is."""


_decode_marks = msgspec.json.Decoder(Marks).decode


class Waiting:
    """Who waits, in calling order, found by service without looking through all of them."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._urgent: list[CheckIn] = []
        self._by_service: dict[str, list[CheckIn]] = defaultdict(list)
        """By arrival."""
        self._booked: dict[int, CheckIn] = {}
        """Those with an appointment that is confirmed, by number."""

    def add(self, one: CheckIn) -> None:
        """Take in one who waits."""
        put_in(self._lane(one), one)
        if one.due_at is not None:
            self._booked[one.number] = one

    def remove(self, one: CheckIn) -> None:
        """Forget one who was taken in, as they were then."""
        lane = self._lane(one)
        del lane[bisect_left(lane, by_arrival(one), key=by_arrival)]
        self._booked.pop(one.number, None)

    def sort(self, check_ins: Iterable[CheckIn]) -> None:
        """Begin anew with those of `check_ins` who wait."""
        self._urgent.clear()
        self._by_service.clear()
        self._booked.clear()
        for one in sorted((one for one in check_ins if one.status == "waiting"), key=by_arrival):
            self.add(one)

    def first(self, services: Collection[str] | None, now: datetime) -> CheckIn | None:
        """Give whoever is next for one of `services`, None for any; an urgent one suits all."""
        lanes = self._by_service if services is None else services
        firsts = [lane[0] for slug in lanes if (lane := self._by_service.get(slug))]
        firsts += self._urgent[:1]
        match self._order:
            case Order.arrival:
                return min(firsts, key=by_arrival, default=None)
            case Order.appointment:
                # Nobody stands between the first of a lane and those who are due.
                firsts += [one for one in self._due(now) if one.service in lanes]
                return min(firsts, key=lambda one: by_appointment(one, now), default=None)
        assert_never(self._order)

    def _due(self, now: datetime) -> Iterable[CheckIn]:
        return (one for one in self._booked.values() if is_due(one, now))

    def _lane(self, one: CheckIn) -> list[CheckIn]:
        return self._urgent if one.urgent else self._by_service[one.service]


class Steps:
    """The day's events, decoded once, and found by whom they concern and who did them."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self.of: dict[int, list[Event]] = defaultdict(list)
        """By the number of the check-in, oldest first."""
        self.by: dict[str, list[Event]] = defaultdict(list)
        """By account: what was done to check-ins, oldest first."""
        self.done: list[Event] = []
        """What anybody did to check-ins, oldest first."""
        self.taken_back: set[str] = set()
        """The ids of events that were undone."""
        self.answered: dict[int, str] = {}
        """By the number of an urgent check-in, who went."""

    def add(self, event: Event) -> None:
        """Take in the next event of the day."""
        self.all.append(event)
        if event.undoes is not None:
            self.taken_back.add(event.undoes)
        if event.check_in is None:
            return
        self.of[event.check_in].append(event)
        if event.what is EventKind.answered:
            self.answered.setdefault(event.check_in, event.by)
        if undoing(event.what) is not Undoing.passed:
            self.by[event.by].append(event)
            self.done.append(event)


class Day:
    """The day's journal and its indexes; take `journal.mutex` to read more than one of them."""

    def __init__(
        self, folder: Path, date: date, lock: FileLock, order: Order = Order.arrival
    ) -> None:
        self.date = date
        self.order = order
        self.journal = Journal(folder, date, lock, self._follow)

    def queued(self, now: datetime) -> list[CheckIn]:
        """Give those waiting and called, in the order in which they are called at a moment."""
        return in_turn(self._queue, self.order, now)

    def before(self, check_in: CheckIn, now: datetime) -> list[CheckIn]:
        """Give those waiting and called who come before one who is queued."""
        match self.order:
            case Order.arrival:
                return self._queue[: self._place(check_in)]
            case Order.appointment:
                mine = by_appointment(check_in, now)
                return [one for one in self._queue if by_appointment(one, now) < mine]
        assert_never(self.order)

    def next_due(self, now: datetime) -> datetime | None:
        """Give when the order changes though nothing happens: somebody's appointment comes."""
        match self.order:
            case Order.arrival:
                return None
            case Order.appointment:
                booked = (one.due_at for one in self._queue if one.due_at and not one.urgent)
                return min((due for due in booked if due > now), default=None)
        assert_never(self.order)

    def _place(self, check_in: CheckIn) -> int:
        """Give the place by arrival, from 0, of one who is queued."""
        return bisect_left(self._queue, by_arrival(check_in), key=by_arrival)

    def in_service(self, room: str) -> list[CheckIn]:
        """Give those in service in a room, in order of arrival."""
        numbers = sorted(self._in_service.get(room, ()))
        return [self.check_ins[number] for number in numbers]

    def steps(self) -> Steps:
        """Give the events; they are decoded when first asked for, so that opening is quick."""
        with self.journal.mutex:
            for at, raw in self.journal.events[len(self._steps.all) :]:
                n = len(self._steps.all) + 1
                try:
                    event = msgspec.structs.replace(_decode_event(raw), n=n, at=at)
                except UNREADABLE:  # not of our writing
                    event = Event(n=n, id="", kind=EventKind.unknown.value, by="", device="", at=at)
                self._steps.add(event)
            return self._steps

    def events(self) -> list[Event]:
        """Give every event of the day."""
        return self.steps().all

    def events_of(self, number: int) -> list[Event]:
        """Give the events of one check-in, oldest first."""
        return self.steps().of.get(number, [])

    def document(self, number: int) -> dict[str, Any]:
        """Give a copy of the whole document of a check-in."""
        raw = self.journal.tables[CHECK_INS][str(number)]
        document: dict[str, Any] = msgspec.json.decode(raw)
        return document

    def with_tag(self, tag: str | None) -> list[CheckIn]:
        """Give the check-ins whose phone, or phone and name together, have this tag."""
        return [self.check_ins[number] for number in self._tagged.get(tag or "", ())]

    def with_digits(self, digits: str) -> list[CheckIn]:
        """Give the check-ins of every series whose ticket has these digits."""
        return [self.check_ins[number] for number in sorted(self._digits.get(digits, ()))]

    def secret_of(self, sealed: str | None) -> str | None:
        """Give the secret that belongs to a sealed text, None when it was destroyed."""
        parts = (sealed or "").split(".")
        if len(parts) != 3:
            return None
        secret = self.journal.secrets.get(parts[1])
        return None if secret is None else secret.text

    def _follow(self, lines: list[Line] | None) -> None:
        if lines is None:
            self.check_ins: dict[int, CheckIn] = {}
            self.marks: dict[int, Marks] = {}
            self.ids: dict[str, int] = {}
            self.tickets: dict[str, int] = {}
            self.up: dict[int, str] = {}
            """When people checked in, by the machine's uptime."""
            self.waiting = Waiting(self.order)
            self._tagged: dict[str, list[int]] = {}
            self._digits: dict[str, set[int]] = {}
            self._in_service: dict[str, set[int]] = {}
            self._queue: list[CheckIn] = []
            self._steps = Steps()
            return
        changed: set[str] = set()
        for line in lines:
            put = line.put.get(CHECK_INS, ())
            changed.update(put)
            if line.up is not None:
                self.up |= dict.fromkeys(map(int, put), line.up)
            if CHECK_INS in line.gone:
                changed.update(line.gone[CHECK_INS] or map(str, self.check_ins))
        numbers = sorted(int(key) for key in changed if _NUMBER.fullmatch(key))
        for number in numbers:
            before, after = self._drop(number), self._add(number)
            if len(numbers) > MANY:
                continue
            if before is not None:
                if is_queued(before):
                    del self._queue[self._place(before)]
                if before.status is Status.waiting:
                    self.waiting.remove(before)
            if after is not None:
                if is_queued(after):
                    put_in(self._queue, after)
                if after.status is Status.waiting:
                    self.waiting.add(after)
        if len(numbers) > MANY:
            self._queue = sorted(filter(is_queued, self.check_ins.values()), key=by_arrival)
            self.waiting.sort(self._queue)

    def _add(self, number: int) -> CheckIn | None:
        raw = self.journal.tables.get(CHECK_INS, {}).get(str(number))
        if raw is None:
            return None
        try:
            check_in, marks = _decode(raw), _decode_marks(raw)
        except UNREADABLE:
            return None  # someone put a document of another shape there through TinyDB
        if check_in.number != number or not _is_aware(check_in):
            return None
        if check_in.id in self.ids or check_in.ticket in self.tickets:
            return None  # nobody has two places
        secret = self.secret_of(marks.sealed)
        if secret is not None:
            marks = with_secret(marks, secret)
        self.check_ins[number] = check_in
        self.marks[number] = marks
        self.ids[check_in.id] = self.tickets[check_in.ticket] = number
        self._digits.setdefault(_digits(check_in), set()).add(number)
        if check_in.status is Status.in_service:
            self._in_service.setdefault(check_in.room or "", set()).add(number)
        for tag in (marks.phone_tag, marks.person_tag):
            if tag is not None:
                self._tagged.setdefault(tag, []).append(number)
        return check_in

    def _drop(self, number: int) -> CheckIn | None:
        check_in = self.check_ins.pop(number, None)
        if check_in is not None:
            marks = self.marks.pop(number)
            self.ids.pop(check_in.id, None)
            self.tickets.pop(check_in.ticket, None)
            self._digits[_digits(check_in)].discard(number)
            if check_in.status is Status.in_service:
                self._in_service[check_in.room or ""].discard(number)
            for tag in (marks.phone_tag, marks.person_tag):
                if tag is not None:
                    self._tagged[tag].remove(number)
        return check_in


def with_secret(marks: Marks, secret: str) -> Marks:
    """Add the tags that stand in a check-in's secret: key, phone, person and arrival."""
    _, phone, person, arrival = secret.split(".")
    return msgspec.structs.replace(
        marks,
        phone_tag=phone or None,
        person_tag=person or None,
        arrival_tag=arrival or marks.arrival_tag,
    )


def _digits(check_in: CheckIn) -> str:
    return check_in.ticket.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _is_aware(check_in: CheckIn) -> bool:
    one = check_in
    times = one.arrived_at, one.due_at, one.called_at, one.began_at, one.ended_at
    return all(time is None or time.tzinfo is not None for time in times)
