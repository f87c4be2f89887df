"""Calling people: the one selected, or whoever is next, and what became of who never came in."""

from collections.abc import Callable, Sequence

import msgspec

from db import CheckIn, CheckInStore, Status
from kiosk.staff.acts import operations
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.breaks import working
from kiosk.staff.acts.choices import may_recall, what_became_of, which_room, who_stays
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.operations import BECAME, bring
from kiosk.staff.acts.steps import Step, step_of
from kiosk.staff.acts.told import CALLED, GOING
from kiosk.staff.seen.alerts import Alert, alerts
from kiosk.staff.seen.rows import room_before


class NextCalled(msgspec.Struct, frozen=True):
    """What came of `call next`: who was called, and who was done with that."""

    called: CheckIn | None
    done: Sequence[CheckIn]
    room: str
    absent: CheckIn | None = None
    """Who was settled first."""

    @property
    def changed(self) -> list[CheckIn]:
        """Everybody this changed, in the order in which it is taken back."""
        return [one for one in (self.called, *self.done, self.absent) if one]


class NeverCame(msgspec.Struct, frozen=True):
    """Nobody was called yet: somebody was called to that room before and has not come in."""

    absent: CheckIn


class Occupied(msgspec.Struct, frozen=True):
    """Nobody goes there yet: by then somebody else was called to that room, or is in it."""

    seen: CheckIn
    """Who was to go there."""
    room: str
    today: Sequence[CheckIn]
    ask: Callable[[AtDesk, str, CheckIn, Sequence[CheckIn]], None]
    """What is asked then."""


def call_next(at: AtDesk) -> None:
    """Call whoever is next."""
    _call(at, None)


def call_this(at: AtDesk, seen: CheckIn) -> None:
    """Call the one who is selected; who was at the laboratory is back, and waits again."""
    if seen.status is Status.parked:
        operations.put_back(at, seen)
    else:
        _call(at, seen)


def _call(at: AtDesk, seen: CheckIn | None) -> None:
    """To one's own room, else to one that is asked for; None is whoever is next."""
    desk, rooms = at.desk, [room.name for room in at.kiosk.settings.rooms]
    if seen is None:
        if (free := working(at, rooms)) is None:
            return
        rooms = free
    if desk.room or len(rooms) == 1:
        _call_to(at, desk.room or rooms[0], seen)
        return
    if seen is None and at.queue.snapshot and not _anybody_waits(at.queue.snapshot.today):
        at.say(at._("Nobody is waiting"), refused=True)
        return
    before = room_before(seen, at.queue.snapshot) if seen and at.queue.snapshot else ""
    question = which_room(rooms, seen, before or desk.room_before, at._)
    at.ask(question, lambda room: _call_to(at, room, seen))


def _anybody_waits(today: Sequence[CheckIn]) -> bool:
    return any(one.status is Status.waiting for one in today)


def _call_to(at: AtDesk, room: str, seen: CheckIn | None) -> None:
    at.desk.room_before = room
    if seen is None:
        _call_next_to(at, room)
    else:
        call_one_to(at, room, seen, at.queue.snapshot.today if at.queue.snapshot else ())


def call_one_to(at: AtDesk, room: str, seen: CheckIn, today: Sequence[CheckIn]) -> None:
    """Call one in particular; a room's visit ends with that, unless both are said to be there.

    `today`: who is there already, as far as that is known.
    """
    others = there(today, room, seen)
    if absent := never_came(others, room):
        ask_about(at, absent, seen)
    elif others:
        question = who_stays(others, seen, room, at._)
        at.ask(question, lambda answer: _call_beside(at, room, seen, ends=answer == "done"))
    else:
        _call_beside(at, room, seen, unless_occupied=True)


def _call_beside(
    at: AtDesk, room: str, seen: CheckIn, *, ends: bool = False, unless_occupied: bool = False
) -> None:
    """`ends`: whoever is in the room is done; else they stay where they are."""
    by = at.desk.account.name

    def run(store: CheckInStore) -> CheckIn | NextCalled | Occupied:
        today = store.today()  # keys come faster than news
        others = there(today, room, seen)
        if others and unless_occupied:
            return Occupied(seen, room, today, call_one_to)
        if not ends:
            return store.call(seen.id, room, by, seen.revision)
        done = [one for one in others if one.status is Status.in_service]
        called = store.complete_and_call(seen.id, room, by, seen.revision)
        return NextCalled(called, done, room)

    at.desk.do(Job(run, _one_step(by), CALLED))


def there(today: Sequence[CheckIn], room: str, seen: CheckIn) -> list[CheckIn]:
    """Who was called to a room or is in it, but for the one that this is about."""
    in_a_room = (Status.called, Status.in_service)
    return [c for c in today if c.room == room and c.status in in_a_room and c.id != seen.id]


def _call_next_to(at: AtDesk, room: str) -> None:
    """Complete the room's patient and call the next; who never came in is asked about first."""
    if at.queue.snapshot and (absent := never_came(at.queue.snapshot.today, room)):
        ask_about(at, absent)
        return
    by, services = at.desk.account.name, _services_of(at, room)

    def run(store: CheckInStore) -> NextCalled | NeverCame:
        today = store.today()  # keys come faster than news
        if absent := never_came(today, room):
            return NeverCame(absent)
        done = [c for c in today if c.status is Status.in_service and c.room == room]
        called = store.complete_and_call_next(room, by, services=services)
        return NextCalled(called, done, room)

    bring(at, Job(run, _one_step(by)))


def ask_about(at: AtDesk, absent: CheckIn, seen: CheckIn | None = None) -> None:
    """Ask what became of one who never came in; then call the next, unless they did.

    With `seen` that one is called and not the next.
    """
    room, by = absent.room or "", at.desk.account.name
    becomes = {"no_show": Status.no_show, "put_back": Status.waiting}
    comes = {"begin": operations.begin, "recall": operations.recall}

    def answered(answer: str) -> None:
        if answer in comes:
            comes[answer](at, absent, brings=True)
            return
        if answer == "both" and seen:
            _call_beside(at, room, seen)
            return
        status, services = becomes[answer], _services_of(at, room)

        def run(store: CheckInStore) -> NextCalled:
            done = [c for c in store.today() if c.status is Status.in_service]
            done = [c for c in done if c.room == room]
            if seen is None:
                called = store.pass_over(absent.id, status, room, by, services, absent.revision)
            else:
                settled = absent.id, status, absent.revision
                called = store.complete_and_call(seen.id, room, by, seen.revision, settled)
            return NextCalled(called, done, room, absent)

        bring(at, Job(run, _one_step(by)))

    at.ask(what_became_of(absent, at.kiosk.settings.recall_limit, at._, seen), answered)


def recall(at: AtDesk, seen: CheckIn) -> None:
    """Call somebody once more; who was called often enough is asked about."""
    limit = at.kiosk.settings.recall_limit
    if may_recall(seen, limit):
        operations.recall(at, seen)
    else:
        at.ask(what_became_of(seen, limit, at._), lambda answer: BECAME[answer](at, seen))


def _services_of(at: AtDesk, room: str) -> tuple[str, ...]:
    return next((r.services for r in at.kiosk.settings.rooms if r.name == room), ())


def _one_step(by: str) -> Callable[[CheckInStore, object], Step | None]:
    """What one key did is one thing to take back, however many events it was."""

    def step(store: CheckInStore, result: object) -> Step | None:
        if isinstance(result, CheckIn):
            return step_of(store, by, result)
        changed = result.changed if isinstance(result, NextCalled) else []
        return step_of(store, by, *changed)

    return step


def go(at: AtDesk) -> None:
    """Answer the first alert that nobody has answered."""
    waiting = [a for a in alerts(at.queue.snapshot) if not a.going] if at.queue.snapshot else []
    if waiting:
        answer(at, waiting[0])
    else:
        at.say(at._("Nobody is calling for help"), refused=True)


def answer(at: AtDesk, alert: Alert) -> None:
    """Say that one is going: every terminal, and the kiosk that called, shows it."""
    if alert.going or at.desk.leaving_for:
        return
    by = at.desk.account.name
    if call := alert.help_call:
        at.desk.do(Job(lambda store: store.acknowledge(call, by)))
    elif urgent := alert.check_in:
        at.desk.do(Job(lambda store: store.answer_urgent(urgent, by), told=GOING))


def never_came(today: Sequence[CheckIn], room: str) -> CheckIn | None:
    """The one called to a room last, if they are still only called."""
    called = [c for c in today if c.status is Status.called and c.room == room and c.called_at]
    return max(
        called, key=lambda c: (c.called_at and c.called_at.timestamp(), c.number), default=None
    )
