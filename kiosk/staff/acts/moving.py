"""To another room: two are in one only by saying so, as where somebody is called there."""

from collections.abc import Sequence

import msgspec

from db import CheckIn, CheckInStore, Status
from kiosk.staff.acts import operations
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.calling import Occupied, never_came, there
from kiosk.staff.acts.choices import what_became_of, which_other_room, who_stays
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.steps import Step, step_of


class Moved(msgspec.Struct, frozen=True):
    """Somebody went to another room; those who were `there` are done, or settled."""

    check_in: CheckIn
    there: Sequence[CheckIn] = ()

    @property
    def done(self) -> list[CheckIn]:
        """Whose visit is over with that."""
        return [one for one in self.there if one.status is Status.done]


def other_room(at: AtDesk, seen: CheckIn) -> None:
    """Ask for another room, unless there is one only."""
    rooms = [room.name for room in at.kiosk.settings.rooms if room.name != seen.room]
    today = at.queue.snapshot.today if at.queue.snapshot else ()
    if not rooms:
        at.say(at._("There is no other room"), refused=True)
    elif len(rooms) == 1:
        move_to(at, rooms[0], seen, today)
    else:
        taken = {room: there(today, room, seen) for room in rooms}
        question = which_other_room(rooms, seen, taken, at._)
        at.ask(question, lambda room: move_to(at, room, seen, today))


def move_to(at: AtDesk, room: str, seen: CheckIn, today: Sequence[CheckIn]) -> None:
    """Send somebody to a room; whoever is there already is asked about, as far as it is known."""
    others = there(today, room, seen)
    if absent := never_came(others, room):
        limit = at.kiosk.settings.recall_limit
        question = what_became_of(absent, limit, at._, seen, moves=True)
        at.ask(question, lambda answer: _settle(at, room, seen, absent, answer))
    elif others:
        question = who_stays(others, seen, room, at._, moves=True)
        ends = tuple(others)
        at.ask(question, lambda answer: _move(at, room, seen, ends if answer == "done" else ()))
    else:
        _move(at, room, seen, unless_occupied=True)


def _settle(at: AtDesk, room: str, seen: CheckIn, absent: CheckIn, answer: str) -> None:
    """What became of one who never came in; where they did, nobody else goes there."""
    match answer:
        case "begin":
            operations.begin(at, absent, brings=True)
        case "recall":
            operations.recall(at, absent, brings=True)
        case "both":
            _move(at, room, seen)
        case _:
            _move(at, room, seen, (absent,), no_show=answer == "no_show")


def _move(
    at: AtDesk,
    room: str,
    seen: CheckIn,
    ends: Sequence[CheckIn] = (),
    *,
    no_show: bool = False,
    unless_occupied: bool = False,
) -> None:
    """`ends`: those who are there no more with that; who never came in waits, or is a `no_show`."""
    by = at.desk.account.name

    def end(store: CheckInStore, one: CheckIn) -> CheckIn:
        if one.status is Status.in_service:
            return store.complete(one.id, by, one.revision)
        settle = store.no_show if no_show else store.return_to_queue
        return settle(one.id, by, one.revision)

    def run(store: CheckInStore) -> Moved | Occupied:
        today = store.today()  # keys come faster than news
        if unless_occupied and there(today, room, seen):
            return Occupied(seen, room, today, move_to)
        moved = store.set_room(seen.id, room, by, seen.revision)
        return Moved(moved, [end(store, one) for one in ends])

    def step(store: CheckInStore, result: object) -> Step | None:
        if not isinstance(result, Moved):
            return None
        return step_of(store, by, result.check_in, *result.there)

    at.desk.do(Job(run, step))
