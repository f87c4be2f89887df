"""One service day in memory: its check-ins, indexed, as its journal tells them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from db.checkin import CheckIn, Event
from db.journal import Journal
from db.line import Line
from db.lock import FileLock
from db.queue import CallingOrder

CHECK_INS = "checkins"

_decode = msgspec.json.Decoder(CheckIn).decode


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

    def event(self, index: int) -> Event:
        """Give the day's event at `index`, from 0."""
        at, entry = self.journal.entries[index]
        return Event(
            n=index + 1,
            id=entry.id,
            kind=entry.kind,
            by=entry.by,
            device=entry.device,
            at=at,
            check_in=entry.check_in,
            before=entry.before,
            reason=entry.reason,
            undoes=entry.undoes,
        )

    def queued(self) -> list[CheckIn]:
        """Give those waiting and called, in calling order."""
        return [self.check_ins[number] for number in self._order.numbers()]

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
            self.events_of: dict[int, list[int]] = {}
            self._tagged: dict[str, list[int]] = {}
            self._order = CallingOrder()
            self._indexed = 0
            return
        changed: dict[str, None] = {}
        for line in lines:
            changed |= dict.fromkeys(line.put.get(CHECK_INS, ()))
            if CHECK_INS in line.gone:
                changed |= dict.fromkeys(line.gone[CHECK_INS] or map(str, self.check_ins))
        at_once = len(changed) > 50  # sorting many once is cheaper than placing each
        for number in map(int, changed):
            before = self.check_ins.get(number)
            if before is not None:
                self._drop(before)
            after = self._add(number)
            if before is not None and after is None:
                del self.check_ins[number]
            if not at_once:
                self._order.change(before, after)
        if at_once:
            self._order.fill(self.check_ins.values())
        entries = self.journal.entries
        for index in range(self._indexed, len(entries)):
            subject = entries[index][1].check_in
            if subject is not None:
                self.events_of.setdefault(subject, []).append(index)
        self._indexed = len(entries)

    def _add(self, number: int) -> CheckIn | None:
        raw = self.journal.tables.get(CHECK_INS, {}).get(str(number))
        if raw is None:
            return None
        try:
            check_in = _decode(raw)
            marks = _decode_marks(raw)
        except msgspec.ValidationError:
            return None  # someone put a document of another shape there through TinyDB
        if check_in.number != number:
            return None
        self.check_ins[number] = check_in
        self.marks[number] = marks
        self.ids[check_in.id] = self.tickets[check_in.ticket] = number
        for tag in filter(None, (marks.phone_tag, marks.person_tag)):
            self._tagged.setdefault(tag, []).append(number)
        return check_in

    def _drop(self, check_in: CheckIn) -> None:
        marks = self.marks.pop(check_in.number)
        self.ids.pop(check_in.id, None)
        self.tickets.pop(check_in.ticket, None)
        for tag in filter(None, (marks.phone_tag, marks.person_tag)):
            self._tagged[tag].remove(check_in.number)
