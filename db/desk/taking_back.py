"""Taking back what was done to a check-in: the latest step of somebody, or that one left."""

import msgspec

from db.checkin import CheckIn, Event, Status
from db.day import Day
from db.desk.editing import ANSWERED, Editing
from db.desk.errors import IllegalTransition, NothingToUndo, StaleCheckIn

UNDO = "undone"
MERGES = ("merged", "absorbed")
NEVER_UNDONE = ("checked_in", UNDO, ANSWERED)


class TakingBack(Editing):
    """The operations that take back; more about all of them at Operations."""

    def undo(
        self, by: str, manager: bool = False, id: str | None = None, event: str | None = None
    ) -> CheckIn:
        """Take back the latest thing `by` did today, or with `manager` anyone did.

        With an `id`, the latest to that check-in; with an `event` (its id), exactly that. Again
        undoes the one before it. Never undone: a check-in, a merge, an undo. Raises
        NothingToUndo, and StaleCheckIn if someone else changed that check-in since.
        """
        with self._writing() as day:
            number = None if id is None else self._find(day, id).number
            last = _last_undoable(day, by, manager, number, event)
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


def _last_undoable(
    day: Day, by: str, manager: bool, number: int | None, wanted: str | None = None
) -> Event:
    events = day.events()
    gone = {event.undoes for event in events}
    for event in reversed(events):
        if event.check_in is None or event.kind in NEVER_UNDONE or event.id in gone:
            continue
        if (not manager and event.by != by) or number not in (None, event.check_in):
            continue
        if wanted not in (None, event.id):
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
