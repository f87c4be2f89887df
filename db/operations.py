"""What staff do with a check-in: each operation is atomic and writes its event with it."""

# `id` is the word of the public interface.
# ruff: noqa: A002

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from db.checkin import OPEN, CheckIn, Status, allowed
from db.core import StoreCore
from db.day import CHECK_INS, Day
from db.errors import IllegalTransition
from db.line import Entry
from db.queue import next_in_line

QUEUED_AGAIN: dict[str, Any] = {
    "room": None,
    "called_at": None,
    "calls": 0,
    "began_at": None,
    "ended_at": None,
}
"""What a check-in forgets when it joins the queue again; its events remember."""


class QueueOperations(StoreCore):
    """The operations on check-ins of today.

    Each takes the id, who does it (`by`, an account's name) and, where someone looked before
    they acted, the revision they saw. They return the check-in as it is then. All raise
    UnknownCheckIn, StaleCheckIn if `expected_revision` is not the current one, and
    IllegalTransition, besides what any writing operation raises.
    """

    def call_next(
        self, room: str, by: str, service: str | None = None, services: Collection[str] = ()
    ) -> CheckIn | None:
        """Call whoever is next to a room; None if nobody waits for it.

        `service` asks for one service, `services` are those the room offers (empty: all);
        an urgent check-in comes first and suits every room.
        """
        with self._writing() as day:
            check_in = next_in_line(day.queued(), service, services)
            return None if check_in is None else self._call(day, check_in, room, by)

    def complete_and_call_next(
        self, room: str, by: str, service: str | None = None, services: Collection[str] = ()
    ) -> CheckIn | None:
        """Complete those in service in a room and call whoever is next to it, in one step.

        Someone called to the room who has not come in stays called: ask before this.
        """
        with self._writing() as day:
            edits = [
                self._edit(day, one, "completed", by, Status.done, ended_at=self._now(day))
                for one in day.check_ins.values()
                if one.status is Status.in_service and one.room == room
            ]
            check_in = next_in_line(day.queued(), service, services)
            if check_in is not None:
                edits.append(self._call_edit(day, check_in, room, by))
            if edits:
                self._commit(day, edits)
            return None if check_in is None else day.check_ins[check_in.number]

    def call(self, id: str, room: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Call one who is waiting to a room, out of turn if need be."""
        with self._writing() as day:
            return self._call(day, self._find(day, id, expected_revision), room, by)

    def recall(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Call one who was called once more, to the same room."""
        with self._writing() as day:
            check_in = self._find(day, id, expected_revision)
            self._require(check_in, {Status.called}, "recalled")
            calls, at = check_in.calls + 1, self._now(day)
            return self._change(day, check_in, "recalled", by, calls=calls, called_at=at)

    def begin(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Note that one who was called has come in."""
        with self._writing() as day:
            check_in, at = self._find(day, id, expected_revision), self._now(day)
            return self._change(day, check_in, "began", by, Status.in_service, began_at=at)

    def complete(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Note that one in service, or called and seen, is done."""
        with self._writing() as day:
            check_in, at = self._find(day, id, expected_revision), self._now(day)
            began = check_in.began_at or at
            return self._change(
                day, check_in, "completed", by, Status.done, began_at=began, ended_at=at
            )

    def no_show(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Note that one who was called did not come."""
        return self._end(id, "no_show", by, Status.no_show, expected_revision)

    def leave(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Note that one who was waiting, called or parked has gone."""
        return self._end(id, "left", by, Status.left, expected_revision)

    def return_to_queue(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Put one who was called, did not come or was parked back among those waiting.

        The place is by arrival, as before; one who was parked is next in line, by a higher
        priority.
        """
        with self._writing() as day:
            check_in = self._find(day, id, expected_revision)
            changes = dict(QUEUED_AGAIN)
            if check_in.status is Status.parked:
                changes["priority"] = check_in.priority + 1
            return self._change(day, check_in, "returned", by, Status.waiting, **changes)

    def park(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Note that one has gone elsewhere, to the laboratory say, and is coming back."""
        with self._writing() as day:
            check_in = self._find(day, id, expected_revision)
            return self._change(day, check_in, "parked", by, Status.parked, room=None)

    def transfer(
        self, id: str, service: str, by: str, expected_revision: int | None = None
    ) -> CheckIn:
        """Send one who is still here to another service (slug); ticket and status stay."""
        with self._writing() as day:
            check_in = self._find(day, id, expected_revision)
            self._require(check_in, OPEN, "transferred")
            return self._change(day, check_in, "transferred", by, service=service)

    def set_priority(
        self, id: str, priority: int, by: str, expected_revision: int | None = None
    ) -> CheckIn:
        """Set the priority, 0 unless staff raise it, of one who is still here."""
        with self._writing() as day:
            check_in = self._find(day, id, expected_revision)
            self._require(check_in, OPEN, "given a priority")
            return self._change(day, check_in, "priority_set", by, priority=priority)

    def set_room(
        self, id: str, room: str, by: str, expected_revision: int | None = None
    ) -> CheckIn:
        """Send one who was called or is in service to another room."""
        with self._writing() as day:
            check_in = self._find(day, id, expected_revision)
            self._require(check_in, {Status.called, Status.in_service}, "given a room")
            return self._change(day, check_in, "room_set", by, room=room)

    def _end(
        self, id: str, kind: str, by: str, to: Status, expected_revision: int | None
    ) -> CheckIn:
        with self._writing() as day:
            check_in, at = self._find(day, id, expected_revision), self._now(day)
            return self._change(day, check_in, kind, by, to, ended_at=at)

    def _call(self, day: Day, check_in: CheckIn, room: str, by: str) -> CheckIn:
        self._commit(day, [self._call_edit(day, check_in, room, by)])
        return day.check_ins[check_in.number]

    def _call_edit(
        self, day: Day, check_in: CheckIn, room: str, by: str
    ) -> tuple[dict[str, Any], Entry]:
        calls, at = check_in.calls + 1, self._now(day)
        return self._edit(
            day, check_in, "called", by, Status.called, room=room, calls=calls, called_at=at
        )

    def _require(self, check_in: CheckIn, statuses: Collection[Status], what: str) -> None:
        if check_in.status not in statuses:
            raise IllegalTransition(check_in.ticket, check_in.status, what)

    def _change(
        self,
        day: Day,
        check_in: CheckIn,
        kind: str,
        by: str,
        to: Status | None = None,
        **changes: Any,
    ) -> CheckIn:
        self._commit(day, [self._edit(day, check_in, kind, by, to, **changes)])
        return day.check_ins[check_in.number]

    def _edit(
        self,
        day: Day,
        check_in: CheckIn,
        kind: str,
        by: str,
        to: Status | None = None,
        reason: str | None = None,
        **changes: Any,
    ) -> tuple[dict[str, Any], Entry]:
        """Give the changed document, fields of other programs kept, and its event."""
        if to is not None:
            if not allowed(check_in.status, to):
                raise IllegalTransition(check_in.ticket, check_in.status, to)
            changes["status"] = to
        document = day.document(check_in.number)
        names = ("status", "room", "priority", "service", *changes)
        before = {name: document.get(name) for name in names}
        document |= changes
        document["revision"] = check_in.revision + 1
        entry = self._entry(kind, by, check_in=check_in.number, before=before, reason=reason)
        return document, entry

    def _commit(self, day: Day, edits: list[tuple[dict[str, Any], Entry]]) -> None:
        put = {str(document["number"]): document for document, _ in edits}
        day.journal.append(self._now(day), {CHECK_INS: put}, events=[entry for _, entry in edits])
