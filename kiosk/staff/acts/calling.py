"""Calling people: the one selected, or whoever is next, and what became of who never came in."""

from collections.abc import Sequence

import msgspec

from db import Account, CheckIn, CheckInStore, Status
from kiosk.staff.acts import sentences
from kiosk.staff.acts.choices import may_recall, what_became_of, which_room
from kiosk.staff.acts.operations import OperationsScreen
from kiosk.staff.acts.steps import Step, step_of
from kiosk.staff.desk.alerts import Alert, alerts
from kiosk.staff.desk.jobs import Job
from kiosk.staff.desk.rows import room_before


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


class CallingScreen(OperationsScreen):
    """The queue screen as far as it calls people and answers their calls."""

    def __init__(self, account: Account, room: str = "", rung: set[str] | None = None) -> None:
        super().__init__(account, room, rung)
        self._last_room = ""

    def action_key(self, action: str) -> None:
        """Keys that call somebody, or go to somebody."""
        check_in = self.selected
        match action:
            case "call_next":
                self.call(None)
            case "call_this" if check_in and check_in.status is Status.waiting:
                self.call(check_in)
            case "recall" if check_in and self._called_enough(check_in):
                question = what_became_of(check_in, self._recall_limit, self._)
                self.ask(question, lambda answer: self.operate(answer, check_in))
            case "go":
                self._go()
            case _:
                super().action_key(action)

    def _called_enough(self, check_in: CheckIn) -> bool:
        called = check_in.status is Status.called
        return called and not may_recall(check_in, self._recall_limit)

    @property
    def _recall_limit(self) -> int:
        return self.kiosk.settings.recall_limit

    def call(self, seen: CheckIn | None) -> None:
        """Call somebody, or whoever is next: to one's own room, else to one that is asked for."""
        rooms = [room.name for room in self.kiosk.settings.rooms]
        if self.room or len(rooms) == 1:
            self._call_to(self.room or rooms[0], seen)
            return
        before = room_before(seen, self.snapshot) if seen and self.snapshot else ""
        question = which_room(rooms, seen, before or self._last_room, self._)
        self.ask(question, lambda room: self._call_to(room, seen))

    def _call_to(self, room: str, seen: CheckIn | None) -> None:
        by, self._last_room = self.account.name, room
        if seen is None:
            self._call_next(room)
        else:
            self.change("call", seen, lambda store: store.call(seen.id, room, by, seen.revision))

    def _call_next(self, room: str) -> None:
        """Complete the room's patient and call the next; who never came in is asked about first."""
        if self.snapshot and (absent := never_came(self.snapshot.today, room)):
            self._ask_about(absent)
            return

        def run(store: CheckInStore) -> NextCalled | NeverCame:
            today = store.today()  # keys come faster than news
            if absent := never_came(today, room):
                return NeverCame(absent)
            done = [c for c in today if c.status is Status.in_service and c.room == room]
            by, services = self.account.name, self._services_of(room)
            called = store.complete_and_call_next(room, by, services=services)
            return NextCalled(called, done, room)

        self.bring(Job("call_next", run, self._step))

    def _ask_about(self, absent: CheckIn) -> None:
        """Ask what became of one who never came in; then call the next, unless they did."""
        room, by = absent.room or "", self.account.name
        becomes = {"no_show": Status.no_show, "put_back": Status.waiting}

        def answered(answer: str) -> None:
            if answer not in becomes:
                self.operate(answer, absent, brings=True)
                return

            def run(store: CheckInStore) -> NextCalled:
                done = [c for c in store.today() if c.status is Status.in_service]
                done = [c for c in done if c.room == room]
                status, services = becomes[answer], self._services_of(room)
                called = store.pass_over(absent.id, status, room, by, services, absent.revision)
                return NextCalled(called, done, room, absent)

            self.bring(Job("call_next", run, self._step))

        self.ask(what_became_of(absent, self._recall_limit, self._), answered)

    def _services_of(self, room: str) -> tuple[str, ...]:
        return next((r.services for r in self.kiosk.settings.rooms if r.name == room), ())

    def _step(self, store: CheckInStore, result: object) -> Step | None:
        """What one key did is one thing to take back, however many events it was."""
        changed = result.changed if isinstance(result, NextCalled) else []
        return step_of(store, self.account.name, *changed)

    def _go(self) -> None:
        """Answer the first alert that nobody has answered."""
        waiting = [a for a in alerts(self.snapshot) if not a.going] if self.snapshot else []
        if waiting:
            self.answer(waiting[0])
        else:
            self.say(self._("Nobody is calling for help"), refused=True)

    def answer(self, alert: Alert) -> None:
        """Say that one is going: every terminal, and the kiosk that called, shows it."""
        if alert.going or self.leaving_for:
            return
        by = self.account.name
        if call := alert.help_call:
            self.do(Job("go", lambda store: store.acknowledge(call, by)))
        elif urgent := alert.check_in:
            self.do(Job("go", lambda store: store.answer_urgent(urgent, by)))

    def finished(self, job: Job, result: object) -> None:
        """Say who was called; ask about who never came in."""
        if isinstance(result, NeverCame):
            if not self.asking:
                self._ask_about(result.absent)
        elif isinstance(result, NextCalled):
            if result.called:
                self.brought(job, result.called)
            who = self.account.name
            said = sentences.next_called(who, result.called, result.done, result.room, self._)
            self.say(said, refused=not result.changed, undo=bool(result.changed))
        else:
            super().finished(job, result)


def never_came(today: Sequence[CheckIn], room: str) -> CheckIn | None:
    """The one called to a room last, if they are still only called."""
    called = [c for c in today if c.status is Status.called and c.room == room and c.called_at]
    return max(
        called, key=lambda c: (c.called_at and c.called_at.timestamp(), c.number), default=None
    )
