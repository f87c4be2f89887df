"""What staff do with a check-in: each operation is atomic and writes its event with it."""

# `id` is the word of the public interface.
# ruff: noqa: A002

import re
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

import msgspec

from db.checkin import OPEN, Arrival, CheckIn, Event, Status
from db.core import Edit
from db.day import Day
from db.desk.editing import Editing
from db.desk.errors import IllegalTransition, NothingToUndo, StaleCheckIn
from db.privacy.people import People

QUEUED_AGAIN: dict[str, Any] = {"calls": 0} | dict.fromkeys(
    ("room", "called_at", "began_at", "ended_at")
)
"""What a check-in forgets when it joins the queue again; its events remember."""

UNDO = "undone"
MERGES = ("merged", "absorbed")
ANSWERED = "answered"
NEVER_UNDONE = ("checked_in", UNDO, ANSWERED)

Changes = Callable[[CheckIn, datetime], dict[str, Any]]


class Operations(Editing, People):
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
            return self._next(day, room, by, service, services)

    def complete_and_call_next(
        self, room: str, by: str, service: str | None = None, services: Collection[str] = ()
    ) -> CheckIn | None:
        """Complete those in service in a room and call whoever is next to it, in one step.

        Someone called to the room who has not come in stays called: ask before this.
        """
        with self._writing() as day:
            done = self._completed(day, room, by)
            return self._next(day, room, by, service, services, done)

    def pass_over(
        self,
        id: str,
        becomes: Status,
        room: str,
        by: str,
        services: Collection[str] = (),
        expected_revision: int | None = None,
    ) -> CheckIn | None:
        """Settle one who was called and never came in, and call whoever is next, in one step.

        They become `no_show`, or go back to `waiting` at their place by arrival without being
        the one who is called. Those in service in the room are done. None if nobody waits.
        """
        if becomes not in (Status.no_show, Status.waiting):
            raise ValueError("Who never came in is a no-show or waits again.")
        with self._writing() as day:
            absent = self._find(day, id, expected_revision)
            if absent.status is not Status.called:
                raise IllegalTransition(absent.ticket, absent.status, becomes)
            if becomes is Status.no_show:
                edit = self._edit(day, absent, "no_show", by, becomes, ended_at=self._now(day))
            else:
                edit = self._edit(day, absent, "returned", by, becomes, **QUEUED_AGAIN)
            done = self._completed(day, room, by)
            return self._next(day, room, by, None, services, [edit, *done])

    def call(self, id: str, room: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Call one who is waiting to a room, out of turn if need be."""
        return self._do(id, by, expected_revision, "called", Status.called, _called_to(room))

    def recall(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Call one who was called once more, to the same room."""
        among = {Status.called}
        return self._do(id, by, expected_revision, "recalled", None, _called_again, among)

    def begin(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Note that one who was called has come in."""
        return self._do(
            id, by, expected_revision, "began", Status.in_service, lambda _, at: {"began_at": at}
        )

    def complete(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Note that one in service, or called and seen, is done."""

        def ended(one: CheckIn, at: datetime) -> dict[str, Any]:
            return {"began_at": one.began_at or at, "ended_at": at}

        return self._do(id, by, expected_revision, "completed", Status.done, ended)

    def no_show(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Note that one who was called did not come."""
        return self._do(id, by, expected_revision, "no_show", Status.no_show, _ended)

    def leave(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Note that one who was waiting, called or parked has gone."""
        return self._do(id, by, expected_revision, "left", Status.left, _ended)

    def return_to_queue(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Put one who was called, did not come or was parked back among those waiting.

        The place is by arrival, as before; one who was parked is next in line, by a higher
        priority.
        """

        def back(one: CheckIn, _: datetime) -> dict[str, Any]:
            return QUEUED_AGAIN | {"priority": one.priority + (one.status is Status.parked)}

        return self._do(id, by, expected_revision, "returned", Status.waiting, back)

    def park(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Note that one has gone elsewhere, to the laboratory say, and is coming back."""
        return self._do(id, by, expected_revision, "parked", Status.parked, room=None)

    def transfer(
        self, id: str, service: str, by: str, expected_revision: int | None = None
    ) -> CheckIn:
        """Send one who is still here to another service (slug); ticket and status stay."""
        return self._do(id, by, expected_revision, "transferred", among=OPEN, service=service)

    def set_priority(
        self, id: str, priority: int, by: str, expected_revision: int | None = None
    ) -> CheckIn:
        """Set the priority, 0 unless staff raise it, of one who is still here."""
        return self._do(id, by, expected_revision, "priority_set", among=OPEN, priority=priority)

    def set_room(
        self, id: str, room: str, by: str, expected_revision: int | None = None
    ) -> CheckIn:
        """Send one who was called or is in service to another room."""
        among = {Status.called, Status.in_service}
        return self._do(id, by, expected_revision, "room_set", among=among, room=room)

    def answer_urgent(self, id: str, by: str) -> CheckIn:
        """Note that `by` is going to an urgent check-in; the first to answer stays the one."""
        with self._writing() as day:
            check_in = self._find(day, id)
            if _answered_by(day, check_in.number) is not None:
                return check_in
            if check_in.status not in OPEN:
                raise IllegalTransition(check_in.ticket, check_in.status, ANSWERED)
            return self._commit(day, [self._edit(day, check_in, ANSWERED, by)])[0]

    def answered_by(self, id: str) -> str | None:
        """Say who is going to an urgent check-in; None if nobody has said so."""
        with self._reading() as day:
            return _answered_by(day, day.ids.get(id, 0))

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
            return self._commit(day, edits)[0]

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
            said: dict[str, Any] = {
                name: getattr(check_in, name, "") for name in Arrival.__struct_fields__
            }
            who = changes.keys() & {"name", "phone"}
            if who:
                known = self._unseal(check_in, day.marks[check_in.number].sealed)
                said |= {"name": known.name, "phone": known.phone}
            arrival = Arrival(**(said | changes))
            edited = {name: value for name, value in changes.items() if name not in who}
            if who:
                edited |= self._sealed(day, id, self._person(arrival))
            return self._commit(day, [self._edit(day, check_in, "amended", by, **edited)])[0]

    def undo(self, by: str, manager: bool = False, id: str | None = None) -> CheckIn:
        """Take back the latest thing `by` did today, or with `manager` anyone did.

        With an `id`, the latest to that check-in. Again undoes the one before it. Never undone:
        a check-in, a merge, an undo. Raises NothingToUndo, and StaleCheckIn if someone else
        changed that check-in since.
        """
        with self._writing() as day:
            number = None if id is None else self._find(day, id).number
            last = _last_undoable(day, by, manager, number)
            return self._take_back(day, last, by)

    def bring_back(self, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
        """Let one who left, by mistake or too soon, stand again where they stood before."""
        with self._writing() as day:
            check_in = self._find(day, id, expected_revision)
            last = day.events_of(check_in.number)[-1:]
            if check_in.status is not Status.left or not last or last[0].kind != "left":
                raise IllegalTransition(check_in.ticket, check_in.status, Status.waiting)
            return self._take_back(day, last[0], by)

    def _take_back(self, day: Day, last: Event, by: str) -> CheckIn:
        check_in = day.check_ins[last.check_in or 0]
        document, event = self._edit(day, check_in, UNDO, by, **(last.before or {}))
        event = msgspec.structs.replace(event, undoes=last.id)
        return self._commit(day, [(document, event)])[0]

    def _completed(self, day: Day, room: str, by: str) -> list[Edit]:
        at, there = self._now(day), day.check_ins.values()
        seen = [one for one in there if one.status is Status.in_service and one.room == room]
        return [self._edit(day, one, "completed", by, Status.done, ended_at=at) for one in seen]

    def _next(
        self,
        day: Day,
        room: str,
        by: str,
        service: str | None,
        services: Collection[str],
        first: Collection[Edit] = (),
    ) -> CheckIn | None:
        """Call whoever is next, in one transaction with what comes `first`."""
        edits = list(first)
        called = _next_in_line(day.queued(), service, services)
        if called is not None:
            changes = _called_to(room)(called, self._now(day))
            edits.append(self._edit(day, called, "called", by, Status.called, **changes))
        written = self._commit(day, edits) if edits else []
        return None if called is None else written[-1]

    def _do(
        self,
        id: str,
        by: str,
        expected_revision: int | None,
        kind: str,
        to: Status | None = None,
        changes: Changes = lambda *_: {},
        among: Collection[Status] = frozenset(Status),
        **values: Any,
    ) -> CheckIn:
        """Change one check-in, whose status must be one of `among` and allow for `to`."""
        with self._writing() as day:
            check_in = self._find(day, id, expected_revision)
            if check_in.status not in among:
                raise IllegalTransition(check_in.ticket, check_in.status, kind)
            changed = values | changes(check_in, self._now(day))
            return self._commit(day, [self._edit(day, check_in, kind, by, to, **changed)])[0]


def _answered_by(day: Day, number: int) -> str | None:
    return next((e.by for e in day.events_of(number) if e.kind == ANSWERED), None)


def _called_to(room: str) -> Changes:
    return lambda one, at: {"room": room} | _called_again(one, at)


def _called_again(one: CheckIn, at: datetime) -> dict[str, Any]:
    return {"calls": one.calls + 1, "called_at": at}


def _ended(_: CheckIn, at: datetime) -> dict[str, Any]:
    return {"ended_at": at}


def _next_in_line(
    queue: Iterable[CheckIn], service: str | None = None, services: Collection[str] = ()
) -> CheckIn | None:
    """Pick whom to call next from `queue`, which is in calling order.

    `service` asks for one service; `services` are those the room offers, empty for all. An
    urgent check-in suits every room, whatever its service.
    """
    for check_in in queue:
        suits = not services or check_in.service in services
        if check_in.status is Status.waiting and (
            check_in.urgent or (suits and service in (None, check_in.service))
        ):
            return check_in
    return None


def _last_undoable(day: Day, by: str, manager: bool, number: int | None) -> Event:
    events = day.events()
    gone = {event.undoes for event in events}
    for event in reversed(events):
        if event.check_in is None or event.kind in NEVER_UNDONE or event.id in gone:
            continue
        if (not manager and event.by != by) or number not in (None, event.check_in):
            continue
        if event.kind in MERGES:
            break
        for later in reversed(events[event.n :]):
            quiet = later.kind in (UNDO, ANSWERED) or later.id in gone
            if later.check_in == event.check_in and not quiet:
                ticket = day.check_ins[event.check_in].ticket
                raise StaleCheckIn(ticket, later.by, later.kind)
        return event
    raise NothingToUndo
