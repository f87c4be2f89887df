"""What staff do about mistakes: voiding, merging and undoing."""

# `id` is the word of the public interface.
# ruff: noqa: A002

from __future__ import annotations

import re
from typing import Any

import msgspec

from db.checkin import Arrival, CheckIn, Status
from db.day import Day
from db.errors import IllegalTransition, NothingToUndo, StaleCheckIn
from db.line import Entry
from db.operations import QueueOperations

UNDO = "undone"
MERGES = ("merged", "absorbed")
NEVER_UNDONE = ("checked_in", UNDO)


class Corrections(QueueOperations):
    """Operations that take back what should not have happened; they raise what the others do."""

    def void(self, id: str, by: str, reason: str, expected_revision: int | None = None) -> CheckIn:
        """Mark a check-in as entered in error; raises ValueError without a reason.

        The reason "duplicate of A012" merges: A012 takes the higher priority and the earlier
        arrival of the two, and the merge cannot be undone.
        """
        if not reason.strip():
            raise ValueError("A check-in is voided for a reason.")
        with self._writing() as day:
            check_in, at = self._find(day, id, expected_revision), self._now(day)
            merge = re.fullmatch(r"duplicate of ([A-Z]+[0-9]+)", reason)
            survivor = day.check_ins.get(day.tickets.get(merge[1], 0)) if merge else None
            if merge and (survivor is None or survivor.number == check_in.number):
                raise ValueError("A duplicate needs the ticket of another check-in of today.")
            kind = "merged" if merge else "voided"
            edits = [self._edit(day, check_in, kind, by, Status.void, reason, ended_at=at)]
            if survivor is not None:
                taken: dict[str, Any] = {
                    "urgent": survivor.urgent or check_in.urgent,
                    "priority": max(survivor.priority, check_in.priority),
                    "arrived_at": min(survivor.arrived_at, check_in.arrived_at),
                }
                edits.append(self._edit(day, survivor, "absorbed", by, **taken))
            self._commit(day, edits)
            return day.check_ins[check_in.number]

    def amend(
        self, id: str, by: str, expected_revision: int | None = None, **changes: Any
    ) -> CheckIn:
        """Correct what was said on arriving: any field of Arrival, by name.

        Raises InvalidArrival as Arrival does, TypeError for a field it does not have, and
        KeyMissing when there is a name or phone to read or to seal.
        """
        with self._writing() as day:
            check_in = self._find(day, id, expected_revision)
            if check_in.status is Status.void:
                raise IllegalTransition(check_in.ticket, check_in.status, "amended")
            said = {
                name: getattr(check_in, name)
                for name in Arrival.__struct_fields__
                if hasattr(check_in, name)
            }
            person = {"name": "", "phone": ""}
            if changes.keys() & person.keys():
                sealed = day.marks[check_in.number].sealed
                if sealed is not None:
                    known = self._keys.unseal(day.date, id, sealed)
                    person = {"name": known.name, "phone": known.phone}
            arrival = Arrival(**(said | person | changes))
            edited: dict[str, Any] = {
                name: value for name, value in changes.items() if name not in person
            }
            if changes.keys() & person.keys():
                edited |= self._sealed(day, id, self._person(arrival))
            return self._change(day, check_in, "amended", by, **edited)

    def undo(self, by: str, manager: bool = False) -> CheckIn:
        """Take back the latest thing `by` did today, or with `manager` anyone did.

        Again undoes the one before it. Never undone: a check-in, a merge, an undo. Raises
        NothingToUndo, and StaleCheckIn if someone else changed that check-in since.
        """
        with self._writing() as day:
            entry = self._last_undoable(day, by, manager)
            assert entry.check_in is not None
            before: dict[str, Any] = entry.before or {}
            check_in = day.check_ins[entry.check_in]
            document, undone = self._edit(day, check_in, UNDO, by, **before)
            self._commit(day, [(document, msgspec.structs.replace(undone, undoes=entry.id))])
            return day.check_ins[check_in.number]

    def _last_undoable(self, day: Day, by: str, manager: bool) -> Entry:
        entries = day.journal.entries
        gone = {entry.undoes for _, entry in entries}
        for _, entry in reversed(entries):
            if entry.check_in is None or entry.kind in NEVER_UNDONE or entry.id in gone:
                continue
            if not manager and entry.by != by:
                continue
            if entry.kind in MERGES:
                break
            for index in reversed(day.events_of[entry.check_in]):
                later = entries[index][1]
                if later is entry:
                    return entry
                if later.kind != UNDO and later.id not in gone:
                    ticket = day.check_ins[entry.check_in].ticket
                    raise StaleCheckIn(ticket, later.by, later.kind)
        raise NothingToUndo
