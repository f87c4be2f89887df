"""Calling people: the one selected, or whoever is next, and what became of who never came in."""

from collections.abc import Callable, Sequence

import msgspec

from db import CheckIn, CheckInStore, Status
from kiosk.staff.acts import operations
from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.acts.breaks import working
from kiosk.staff.acts.choices import may_recall, what_became_of, which_room
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.operations import BECAME, bring, change
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


def call_next(at: AtDesk) -> None:
    """Call whoever is next."""
    _call(at, None)


def call_this(at: AtDesk, seen: CheckIn) -> None:
    """Call the one who is selected."""
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
    before = room_before(seen, at.queue.snapshot) if seen and at.queue.snapshot else ""
    question = which_room(rooms, seen, before or desk.room_before, at._)
    at.ask(question, lambda room: _call_to(at, room, seen))


def _call_to(at: AtDesk, room: str, seen: CheckIn | None) -> None:
    by, at.desk.room_before = at.desk.account.name, room
    if seen is None:
        _call_next_to(at, room)
    else:
        change(at, CALLED, lambda store: store.call(seen.id, room, by, seen.revision))


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


def ask_about(at: AtDesk, absent: CheckIn) -> None:
    """Ask what became of one who never came in; then call the next, unless they did."""
    room, by = absent.room or "", at.desk.account.name
    becomes = {"no_show": Status.no_show, "put_back": Status.waiting}
    comes = {"begin": operations.begin, "recall": operations.recall}

    def answered(answer: str) -> None:
        if answer in comes:
            comes[answer](at, absent, brings=True)
            return
        status, services = becomes[answer], _services_of(at, room)

        def run(store: CheckInStore) -> NextCalled:
            done = [c for c in store.today() if c.status is Status.in_service]
            done = [c for c in done if c.room == room]
            called = store.pass_over(absent.id, status, room, by, services, absent.revision)
            return NextCalled(called, done, room, absent)

        bring(at, Job(run, _one_step(by)))

    at.ask(what_became_of(absent, at.kiosk.settings.recall_limit, at._), answered)


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
