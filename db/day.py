"""One service day in memory: its check-ins, indexed, as its journal tells them."""

from bisect import bisect_left, insort
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from db.checkin import CheckIn, Event
from db.journal import Journal
from db.line import Line
from db.lock import FileLock
from db.queue import is_queued, order

CHECK_INS = "checkins"
MANY = 50
"""Changes beyond which sorting the queue once is cheaper than placing each."""

_decode = msgspec.json.Decoder(CheckIn).decode
_decode_event = msgspec.json.Decoder(Event).decode


class Marks(Struct, frozen=True):
    """What a check-in's document holds for the store alone."""

    sealed: str | None = None
    phone_tag: str | None = None
    person_tag: str | None = None
    arrival_tag: str | None = None


_decode_marks = msgspec.json.Decoder(Marks).decode


class Day:
    """The day's journal and its indexes; take `journal.mutex` to read more than one of them."""

    def __init__(self, folder: Path, date: date, lock: FileLock) -> None:
        self.date = date
        self.journal = Journal(folder / f"{date}.jsonl", lock, self._follow)

    def queued(self) -> list[CheckIn]:
        """Give those waiting and called, in calling order."""
        return list(self._queue)

    def events(self) -> list[Event]:
        """Give every event; they are decoded when first asked for, so that opening is quick."""
        with self.journal.mutex:
            for at, raw in self.journal.events[len(self._events) :]:
                event = _decode_event(raw)
                n = len(self._events) + 1
                self._events.append(msgspec.structs.replace(event, n=n, at=at))
            return self._events

    def events_of(self, number: int) -> list[Event]:
        """Give the events of one check-in, oldest first."""
        return [event for event in self.events() if event.check_in == number]

    def document(self, number: int) -> dict[str, Any]:
        """Give a copy of the whole document of a check-in."""
        raw = self.journal.tables[CHECK_INS][str(number)]
        document: dict[str, Any] = msgspec.json.decode(raw)
        return document

    def with_tag(self, tag: str | None) -> list[CheckIn]:
        """Give the check-ins whose phone, or phone and name together, have this tag."""
        return [self.check_ins[number] for number in self._tagged.get(tag or "", ())]

    def _follow(self, lines: list[Line] | None) -> None:
        if lines is None:
            self.check_ins: dict[int, CheckIn] = {}
            self.marks: dict[int, Marks] = {}
            self.ids: dict[str, int] = {}
            self.tickets: dict[str, int] = {}
            self._tagged: dict[str, list[int]] = {}
            self._queue: list[CheckIn] = []
            self._events: list[Event] = []
            return
        changed: set[str] = set()
        for line in lines:
            changed.update(line.put.get(CHECK_INS, ()))
            if CHECK_INS in line.gone:
                changed.update(line.gone[CHECK_INS] or map(str, self.check_ins))
        for number in sorted(map(int, changed)):
            before, after = self._drop(number), self._add(number)
            if len(changed) > MANY:
                continue
            if before is not None and is_queued(before):
                del self._queue[bisect_left(self._queue, order(before), key=order)]
            if after is not None and is_queued(after):
                insort(self._queue, after, key=order)
        if len(changed) > MANY:
            self._queue = sorted(filter(is_queued, self.check_ins.values()), key=order)

    def _add(self, number: int) -> CheckIn | None:
        raw = self.journal.tables.get(CHECK_INS, {}).get(str(number))
        if raw is None:
            return None
        try:
            check_in, marks = _decode(raw), _decode_marks(raw)
        except msgspec.ValidationError:
            return None  # someone put a document of another shape there through TinyDB
        if check_in.number != number:
            return None
        self.check_ins[number] = check_in
        self.marks[number] = marks
        self.ids[check_in.id] = self.tickets[check_in.ticket] = number
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
            for tag in (marks.phone_tag, marks.person_tag):
                if tag is not None:
                    self._tagged[tag].remove(number)
        return check_in
