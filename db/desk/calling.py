"""Calling people to a room: whoever is next or one in particular, and once more."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from db.checkin import CheckIn, Status
from db.core import Edit, StoreCore
from db.day import Day
from db.desk.editing import Changes, back_in_line, change, edit, find
from db.desk.errors import IllegalTransition
from db.kinds import EventKind


def call_next(
    core: StoreCore, room: str, by: str, service: str | None = None, services: Collection[str] = ()
) -> CheckIn | None:
    """Call whoever is next to a room; None if nobody waits for it.

    `service` asks for one service, `services` are those the room offers (empty: all);
    an urgent check-in comes first and suits every room.
    """
    with core.writing() as day:
        return _next(core, day, room, by, service, services)


def complete_and_call_next(
    core: StoreCore, room: str, by: str, service: str | None = None, services: Collection[str] = ()
) -> CheckIn | None:
    """Complete those in service in a room and call whoever is next to it, in one step.

    Someone called to the room who has not come in stays called: ask before this.
    """
    with core.writing() as day:
        done = _completed(core, day, room, by)
        return _next(core, day, room, by, service, services, done)


def pass_over(
    core: StoreCore,
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
    with core.writing() as day:
        settled = _settled(core, day, id, becomes, by, expected_revision)
        done = _completed(core, day, room, by)
        return _next(core, day, room, by, None, services, [settled, *done])


def call(
    core: StoreCore, id: str, room: str, by: str, expected_revision: int | None = None
) -> CheckIn:
    """Call one who is waiting to a room, out of turn if need be."""
    return change(
        core, id, by, expected_revision, EventKind.called, Status.called, _called_to(room)
    )


def complete_and_call(
    core: StoreCore,
    id: str,
    room: str,
    by: str,
    expected_revision: int | None = None,
    absent: tuple[str, Status, int] | None = None,
) -> CheckIn:
    """Complete those in service in a room and call one in particular to it, in one step.

    `absent`: the id of one who was called there and never came in, what they become as in
    `pass_over`, and the revision that was seen of them.
    """
    with core.writing() as day:
        one = find(day, id, expected_revision)
        edits = []
        if absent is not None:
            edits.append(_settled(core, day, absent[0], absent[1], by, absent[2]))
        edits += _completed(core, day, room, by)
        changes = _called_to(room)(one, core.now_in(day))
        edits.append(edit(core, day, one, EventKind.called, by, Status.called, **changes))
        return core.commit(day, edits)[-1]


def recall(core: StoreCore, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
    """Call one who was called once more, to the same room."""
    among = {Status.called}
    return change(core, id, by, expected_revision, EventKind.recalled, None, _called_again, among)


def _settled(
    core: StoreCore, day: Day, id_: str, becomes: Status, by: str, expected_revision: int | None
) -> Edit:
    """Make one who was called and never came in a no-show, or have them wait again."""
    if becomes not in (Status.no_show, Status.waiting):
        raise ValueError("Who never came in is a no-show or waits again.")
    absent = find(day, id_, expected_revision)
    if absent.status is not Status.called:
        raise IllegalTransition(absent.ticket, absent.status, becomes)
    if becomes is Status.no_show:
        ended = core.now_in(day)
        return edit(core, day, absent, EventKind.no_show, by, becomes, ended_at=ended)
    return edit(core, day, absent, EventKind.returned, by, becomes, **back_in_line(absent))


def _completed(core: StoreCore, day: Day, room: str, by: str) -> list[Edit]:
    at, seen = core.now_in(day), day.in_service(room)
    return [edit(core, day, one, EventKind.completed, by, Status.done, ended_at=at) for one in seen]


def _next(
    core: StoreCore,
    day: Day,
    room: str,
    by: str,
    service: str | None,
    services: Collection[str],
    first: Collection[Edit] = (),
) -> CheckIn | None:
    """Call whoever is next, in one transaction with what comes `first`."""
    edits = list(first)
    wanted = set(services) if services else None
    if service is not None:
        wanted = {service} if wanted is None else wanted & {service}
    called = day.waiting.first(wanted, core.now_in(day))
    if called is not None:
        changes = _called_to(room)(called, core.now_in(day))
        edits.append(edit(core, day, called, EventKind.called, by, Status.called, **changes))
    written = core.commit(day, edits) if edits else []
    return None if called is None else written[-1]


def _called_to(room: str) -> Changes:
    return lambda one, at: {"room": room} | _called_again(one, at)


def _called_again(one: CheckIn, at: datetime) -> dict[str, Any]:
    return {"calls": one.calls + 1, "called_at": at}
