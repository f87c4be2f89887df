"""Taking back what was done to a check-in: the latest step of somebody, or that one left."""

import msgspec

from db.checkin import CheckIn, Event, Status
from db.core import StoreCore
from db.day import Day, Steps
from db.desk.editing import edit, find
from db.desk.errors import IllegalTransition, NothingToUndo, StaleCheckIn
from db.kinds import EventKind, Undoing, undoing

UNDONE_OVER = (EventKind.undone, EventKind.answered)
"""What may have happened to a check-in since: what was done before is taken back all the same."""


def undo(
    core: StoreCore, by: str, manager: bool = False, id: str | None = None, event: str | None = None
) -> CheckIn:
    """Take back the latest thing `by` did today, or with `manager` anyone did.

    With an `id`, the latest to that check-in; with an `event` (its id), exactly that. Again
    undoes the one before it. Never undone: a check-in, a merge, an undo. Raises
    NothingToUndo, and StaleCheckIn if someone else changed that check-in since.
    """
    with core.writing() as day:
        number = None if id is None else find(day, id).number
        last = _last_undoable(day, by, manager, number, event)
        return _take_back(core, day, last, by)


def bring_back(core: StoreCore, id: str, by: str, expected_revision: int | None = None) -> CheckIn:
    """Let one who left, by mistake or too soon, stand again where they stood before."""
    with core.writing() as day:
        check_in = find(day, id, expected_revision)
        last = day.events_of(check_in.number)[-1:]
        if check_in.status is not Status.left or not last or last[0].what is not EventKind.left:
            raise IllegalTransition(check_in.ticket, check_in.status, Status.waiting)
        return _take_back(core, day, last[0], by)


def _take_back(core: StoreCore, day: Day, last: Event, by: str) -> CheckIn:
    check_in = day.check_ins[last.check_in or 0]
    document, event = edit(core, day, check_in, EventKind.undone, by, **(last.before or {}))
    event = msgspec.structs.replace(event, undoes=last.id)
    return core.commit(day, [(document, event)])[0]


def _last_undoable(
    day: Day, by: str, manager: bool, number: int | None, wanted: str | None = None
) -> Event:
    steps = day.steps()
    gone = steps.taken_back
    for event in reversed(_done(steps, by, manager, number)):
        becomes = undoing(event.what)
        if becomes is Undoing.passed or event.id in gone:
            continue
        if event.check_in not in day.check_ins:
            continue  # it was removed through TinyDB
        if not manager and event.by != by:
            continue
        if wanted not in (None, event.id):
            continue
        if becomes is Undoing.ends:
            break
        assert event.check_in is not None
        for later in reversed(steps.of[event.check_in]):
            if later.n == event.n:
                break
            if later.what not in UNDONE_OVER and later.id not in gone:
                one = day.check_ins[event.check_in]
                raise StaleCheckIn(one.ticket, later.by, later.kind, one.status)
        return event
    raise NothingToUndo


def _done(steps: Steps, by: str, manager: bool, number: int | None) -> list[Event]:
    """Give the steps among which to look for the last one, oldest first."""
    if number is not None:
        return steps.of.get(number, [])
    return steps.done if manager else steps.by.get(by, [])
