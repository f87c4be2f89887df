"""What was done in one session at the desk, and how the last of it is taken back."""

from collections import deque
from collections.abc import Callable
from datetime import datetime

import msgspec

from db import Account, CheckIn, CheckInStore, Event, EventKind, NothingToUndo, Reception, Role
from kiosk.staff.acts.said_today import SaidToday

Way = Callable[[CheckInStore], object]

AT_MOST = 10
"""Steps of a session that are taken back one after another; older ones are asked about."""
NO_STEPS = (EventKind.undone, EventKind.answered, EventKind.absorbed)
"""Events that are nobody's step to take back; "absorbed" is the other half of a merge."""
FOR_GOOD = (EventKind.checked_in, EventKind.merged, EventKind.erased)
"""Events that no undo takes back."""


class Happened(msgspec.Struct, frozen=True):
    """One thing that happened to a check-in: the event's kind, and the check-in after it."""

    kind: EventKind
    check_in: CheckIn


class Step(msgspec.Struct, frozen=True):
    """What one key did, all of it, and the way back; None where there is none."""

    what: tuple[Happened, ...]
    back: Way | None


class TakenBack(msgspec.Struct, frozen=True):
    """A step was taken back: what it had done, and what is so again."""

    what: tuple[Happened, ...]
    now: CheckIn | Reception | SaidToday


class Cannot(msgspec.Struct, frozen=True):
    """The last step is one that cannot be taken back."""

    what: tuple[Happened, ...]


class Older(msgspec.Struct, frozen=True):
    """Nothing of this session is left: this was done before it, or by somebody else."""

    what: Happened
    by: str
    at: datetime
    event: str
    """Its id."""


class Steps:
    """The steps of one sign-in; they end with it. For one thread at a time."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._last: deque[Step] = deque(maxlen=AT_MOST)
        self._told: set[str] = set()
        """Events that were said to be for good; what is older may then be asked about."""

    def note(self, step: Step) -> None:
        """Remember what a key did."""
        self._last.append(step)

    def take_back(self, store: CheckInStore) -> TakenBack | Cannot | Older:
        """Take back the last step of this session; raises NothingToUndo and StoreError.

        What is older, or somebody else's, is only named, for a question to be asked. So is what
        lies behind a step that cannot be taken back.
        """
        if not self._last:
            return self._older(store)
        step = self._last.pop()
        if step.back is None:
            self._last.clear()
            for one in step.what:
                self._told |= {event.id for event in _done(store, one.check_in, self._account.name)}
            return Cannot(step.what)
        now = step.back(store)
        assert isinstance(now, CheckIn | Reception | SaidToday)
        return TakenBack(step.what, now)

    def take_back_older(self, store: CheckInStore, older: Older) -> TakenBack:
        """Take back what was asked about; raises StaleCheckIn if something came after it."""
        check_in, manager = older.what.check_in, self._account.role is Role.manager
        now = store.undo(self._account.name, manager, check_in.id, event=older.event)
        return TakenBack((older.what,), now)

    def _older(self, store: CheckInStore) -> Cannot | Older:
        events, today = store.events(), {one.number: one for one in store.today()}
        gone, everyones = {event.undoes for event in events}, self._account.role is Role.manager
        for event in reversed(events):
            check_in = today.get(event.check_in or 0)
            if check_in is None or event.what in NO_STEPS or {event.id} & (gone | self._told):
                continue
            if event.by != self._account.name and not (everyones and event.by):
                continue
            what = Happened(event.what, check_in)
            if event.what in FOR_GOOD:
                self._told.add(event.id)
                return Cannot((what,))
            return Older(what, event.by, event.at, event.id)
        raise NothingToUndo


def step_of(store: CheckInStore, by: str, *changed: CheckIn) -> Step | None:
    """The step that has just changed these check-ins, in the order in which it is taken back."""
    what, ids = [], []
    for one in changed:
        for event in _done(store, one, by):
            what.append(Happened(event.what, one))
            ids.append((one.id, event.id))

    def back(store: CheckInStore) -> CheckIn:
        undone = [store.undo(by, id=id_, event=event) for id_, event in ids]
        return undone[0]

    for_good = any(one.kind in FOR_GOOD for one in what)
    return Step(tuple(what), None if for_good else back) if ids else None


def _done(store: CheckInStore, check_in: CheckIn, by: str) -> list[Event]:
    """The last thing somebody did to a check-in, if anything."""
    return [event for event in store.history(check_in.id) if event.by == by][-1:]
