"""Changing one check-in: which status may follow which, who was first, and what was before."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

import msgspec

from db.checkin import CheckIn, Status
from db.core import Edit, StoreCore
from db.day import Day
from db.desk.errors import IllegalTransition, StaleCheckIn
from db.errors import UnknownCheckIn
from db.kinds import EventKind

TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.waiting: frozenset({Status.called, Status.no_show, Status.parked}),
    Status.called: frozenset({Status.waiting}),
    Status.in_service: frozenset({Status.called}),
    Status.parked: frozenset({Status.waiting, Status.called, Status.in_service}),
    Status.done: frozenset({Status.in_service, Status.called}),
    Status.no_show: frozenset({Status.called}),
    Status.left: frozenset({Status.waiting, Status.called, Status.parked}),
    Status.void: frozenset(set(Status) - {Status.void}),
}
"""For each status, the statuses it may follow."""

QUEUED_AGAIN: dict[str, Any] = {"calls": 0} | dict.fromkeys(
    ("room", "called_at", "began_at", "ended_at")
)
"""What a check-in forgets when it joins the queue again; its events remember."""


def back_in_line(one: CheckIn) -> dict[str, Any]:
    """Give what is forgotten of one who joins the queue again; calls nobody answered stay."""
    return QUEUED_AGAIN | ({"calls": one.calls} if one.began_at is None else {})


Changes = Callable[[CheckIn, datetime], dict[str, Any]]
"""From a check-in and the moment to what is changed of it."""


def allowed(now: Status, then: Status) -> bool:
    """Say whether a check-in may go from `now` to `then`."""
    return now in TRANSITIONS[then]


def find(day: Day, id_: str, expected_revision: int | None = None) -> CheckIn:
    """Give a check-in; raises UnknownCheckIn, and StaleCheckIn if its revision is another."""
    number = day.ids.get(id_)
    if number is None:
        raise UnknownCheckIn
    check_in = day.check_ins[number]
    if expected_revision not in (None, check_in.revision):
        events = day.events_of(number)  # none: it was put there through TinyDB
        by, kind = (events[-1].by, events[-1].kind) if events else ("", "changed")
        raise StaleCheckIn(check_in.ticket, by or "Someone", kind, check_in.status)
    return check_in


def edit(
    core: StoreCore,
    day: Day,
    check_in: CheckIn,
    kind: EventKind,
    by: str,
    to: Status | None = None,
    reason: str | None = None,
    **changes: Any,
) -> Edit:
    """Change a copy of the document, keeping fields of other programs."""
    if to is not None:
        if not allowed(check_in.status, to):
            raise IllegalTransition(check_in.ticket, check_in.status, to)
        changes["status"] = to
    document = day.document(check_in.number)
    was = msgspec.to_builtins(check_in) | document  # some came through TinyDB without all
    names = ("status", "room", "priority", "service", *changes)
    before = {name: was.get(name) for name in names}
    document |= changes
    document["revision"] = check_in.revision + 1
    event = core.new_event(kind, by, day, check_in=check_in.number, before=before, reason=reason)
    return document, event


def change(
    core: StoreCore,
    id_: str,
    by: str,
    expected_revision: int | None,
    kind: EventKind,
    to: Status | None = None,
    changes: Changes = lambda *_: {},
    among: Collection[Status] = frozenset(Status),
    reason: str | None = None,
    **values: Any,
) -> CheckIn:
    """Change one check-in, whose status must be one of `among` and allow for `to`."""
    with core.writing() as day:
        check_in = find(day, id_, expected_revision)
        if check_in.status not in among:
            raise IllegalTransition(check_in.ticket, check_in.status, kind)
        changed = values | changes(check_in, core.now_in(day))
        return core.commit(day, [edit(core, day, check_in, kind, by, to, reason, **changed)])[0]
