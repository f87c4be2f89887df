"""What colleagues take back of what somebody did here: they are told, wherever they look."""

from collections.abc import Sequence

import msgspec

from db import Event, EventKind, Moment
from kiosk.staff.acts.steps import Happened

ENDS = (EventKind.completed, EventKind.no_show, EventKind.left, EventKind.voided)
"""What a reopening takes back."""


class Reversed(msgspec.Struct, frozen=True):
    """A colleague took back a step."""

    who: str
    what: Happened


class TakenBackByOthers:
    """Hears of every moment, and gives what is new among what others took back of `account`'s."""

    def __init__(self, account: str) -> None:
        self._account = account
        self._seen: int | None = None
        """Events that are known; what happened before the first moment is no news."""

    def news(self, moment: Moment) -> list[Reversed]:
        """What was taken back since the moment before, oldest first."""
        events, seen = moment.events, self._seen
        self._seen = len(events)
        if seen is None or seen > len(events):  # the first, or another day's
            return []
        by_number = {one.number: one for one in moment.check_ins}
        found = []
        for event in events[seen:]:
            mine = _taken_back_by(event, events)
            now = by_number.get(event.check_in or 0)
            if mine and now and event.by != self._account == mine.by:
                # The room is the one that the step had led to.
                then = msgspec.structs.replace(now, room=(event.before or {}).get("room"))
                found.append(Reversed(event.by, Happened(mine.what, then)))
        return found


def _taken_back_by(event: Event, events: Sequence[Event]) -> Event | None:
    """The step that an event takes back, if it takes back one."""
    if event.undoes is not None:
        return next((one for one in events if one.id == event.undoes), None)
    if event.what is not EventKind.reopened:
        return None
    before = (one for one in reversed(events) if one.n < event.n)
    ended = (one for one in before if one.check_in == event.check_in and one.what in ENDS)
    return next(ended, None)
