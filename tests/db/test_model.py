"""The store and a plain list, driven side by side through whatever can happen at a desk."""

from __future__ import annotations

import shutil
import tempfile
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from db import Arrival, CheckInStore, IllegalTransition, NothingToUndo, Order, open_store

FOLLOWS = {
    "call": ({"waiting"}, "called"),
    "begin": ({"called"}, "in_service"),
    "complete": ({"in_service", "called"}, "done"),
    "no_show": ({"called"}, "no_show"),
    "leave": ({"waiting", "called", "parked"}, "left"),
    "return_to_queue": ({"called", "no_show", "parked"}, "waiting"),
    "park": ({"waiting", "called", "in_service"}, "parked"),
    "void": ({"waiting", "called", "in_service", "parked", "done", "no_show", "left"}, "void"),
    "recall": ({"called"}, "called"),
}


HERE = ("waiting", "called", "in_service", "parked")


@dataclass
class Someone:
    ticket: str
    id: str
    arrival: Arrival
    came: int
    service: str
    status: str = "waiting"
    priority: int = 0
    urgent: bool = False
    merged: bool = False
    stood: str = "waiting"
    """Where they stood last while they were here."""
    due: datetime | None = None

    def place(self, order: Order, now: datetime) -> tuple[object, ...]:
        put_first = not self.urgent, -self.priority
        came = self.came, int(self.ticket[1:])
        if order is Order.appointment and self.due and self.due <= now and not self.urgent:
            return *put_first, 0, self.due, *came
        return *put_first, 1, *came


@dataclass
class Done:
    """What was done to whom, and how they were before; `who` is None for what stays done."""

    who: int | None
    before: Someone | None = None


@dataclass
class Desk:
    people: list[Someone] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)

    def queue(self, order: Order, now: datetime) -> list[Someone]:
        queued = [one for one in self.people if one.status in ("waiting", "called")]
        return sorted(queued, key=lambda one: one.place(order, now))

    def change(self, index: int) -> Someone:
        self.done.append(Done(index, deepcopy(self.people[index])))
        return self.people[index]


@pytest.mark.filterwarnings("default")
class StoreAndModel(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        self.stores: list[CheckInStore] = []
        self.desk = Desk()

    @initialize(order=st.sampled_from(Order))
    def two_terminals_start(self, order: Order) -> None:
        self.order = order
        self.stores += [self.open(), self.open()]

    def open(self) -> CheckInStore:
        return open_store(
            self.folder / "data",
            "downtown",
            keys_dir=self.folder / "keys",
            time_zone="Asia/Shanghai",
            order=self.order,
            clock=lambda: self.now,
        )

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)

    @property
    def store(self) -> CheckInStore:
        """The terminals take turns."""
        self.stores.reverse()
        return self.stores[0]

    def queue(self) -> list[Someone]:
        return self.desk.queue(self.order, self.now)

    def pick(self, number: int) -> int:
        return number % len(self.desk.people)

    @rule(service=st.sampled_from(["", "cupping", "tuina"]), urgent=st.booleans())
    def somebody_comes(self, service: str, urgent: bool) -> None:
        self.now += timedelta(minutes=1)
        arrival = Arrival(name="Zoë", service=service, urgent=urgent)
        number = len(self.desk.people) + 1
        one = self.store.check_in(arrival, id=f"{self.now:%d}-{number}")
        assert one.ticket == f"A{number:03d}"
        somebody = Someone(one.ticket, one.id, arrival, number, service, urgent=urgent)
        self.desk.people.append(somebody)

    @rule(minutes=st.integers(1, 15))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.desk.people)
    @rule(number=st.integers(0, 99), minutes=st.integers(-20, 20))
    def an_appointment_is_confirmed(self, number: int, minutes: int) -> None:
        index, due = self.pick(number), self.now + timedelta(minutes=minutes)
        one = self.desk.people[index]
        if one.status not in HERE:
            with pytest.raises(IllegalTransition):
                self.store.confirm(one.id, "lin", due)
            return
        assert self.store.confirm(one.id, "lin", due).due_at == due
        self.desk.change(index).due = due

    @precondition(lambda self: self.desk.people)
    @rule(number=st.integers(0, 99))
    def a_request_is_repeated(self, number: int) -> None:
        one = self.desk.people[self.pick(number)]
        assert self.store.check_in(one.arrival, id=one.id).ticket == one.ticket

    @rule(services=st.sampled_from([(), ("cupping",), ("cupping", "tuina")]))
    def the_next_is_called(self, services: tuple[str, ...]) -> None:
        called = self.store.call_next("1", "lin", services=services)
        for one in self.queue():
            suits = not services or one.service in services
            if one.status == "waiting" and (one.urgent or suits):
                assert called is not None
                assert called.ticket == one.ticket
                self.desk.change(self.desk.people.index(one)).status = "called"
                return
        assert called is None

    @precondition(lambda self: self.desk.people)
    @rule(number=st.integers(0, 99), act=st.sampled_from(sorted(FOLLOWS)))
    def something_is_done(self, number: int, act: str) -> None:
        index = self.pick(number)
        one = self.desk.people[index]
        before, after = FOLLOWS[act]
        more = {"call": {"room": "1"}, "void": {"reason": "tried"}}.get(act, {})
        run = getattr(self.store, act)
        if one.status not in before:
            with pytest.raises(IllegalTransition):
                run(one.id, by="lin", **more)
            return
        assert run(one.id, by="lin", **more).status == after
        changed = self.desk.change(index)
        if one.status in HERE:
            changed.stood = one.status
        if act == "return_to_queue" and one.status == "parked":
            changed.priority += 1
        changed.status = after

    @precondition(lambda self: self.desk.people)
    @rule(number=st.integers(0, 99), waits=st.booleans())
    def a_visit_is_reopened(self, number: int, waits: bool) -> None:
        index = self.pick(number)
        one = self.desk.people[index]
        if one.merged or one.status not in ("done", "no_show", "left", "void"):
            with pytest.raises(IllegalTransition):
                self.store.reopen(one.id, "lin", "by mistake", waits=waits)
            return
        before = one.stood
        status = self.store.reopen(one.id, "lin", "by mistake", waits=waits).status
        changed = self.desk.change(index)
        changed.status = "waiting" if waits else before
        changed.priority += waits
        assert status == changed.status

    @precondition(lambda self: len(self.desk.people) > 1)
    @rule(number=st.integers(0, 99), other=st.integers(0, 99))
    def a_duplicate_is_merged(self, number: int, other: int) -> None:
        gone, kept = self.desk.people[self.pick(number)], self.desk.people[self.pick(other)]
        if gone is kept:
            return
        if gone.status == "void" or kept.status in ("void", "done", "no_show", "left"):
            with pytest.raises(IllegalTransition):
                self.store.merge(gone.id, kept.id, "lin")
            return
        self.store.merge(gone.id, kept.id, "lin")
        kept.service = kept.service or gone.service
        kept.priority = max(kept.priority, gone.priority)
        kept.came = min(kept.came, gone.came)
        kept.urgent |= gone.urgent
        kept.due = kept.due or gone.due
        gone.status, gone.merged = "void", True
        self.desk.done.append(Done(None))

    @rule()
    def the_last_is_undone(self) -> None:
        if not self.desk.done or self.desk.done[-1].who is None:
            with pytest.raises(NothingToUndo):
                self.store.undo("mei", manager=True)
            return
        last = self.desk.done.pop()
        self.store.undo("mei", manager=True)
        assert last.who is not None
        assert last.before is not None
        self.desk.people[last.who] = last.before

    @rule()
    def a_terminal_starts_anew(self) -> None:
        self.stores[0].close()
        self.stores[0] = self.open()

    @precondition(lambda self: self.desk.people)
    @rule()
    def a_new_day_begins(self) -> None:
        before = self.stores[0].day
        self.now += timedelta(days=1)
        self.store.set_reception_state("open", "lin")
        ends = {"waiting": "left", "called": "left", "parked": "left", "in_service": "done"}
        expected = [ends.get(one.status, one.status) for one in self.desk.people]
        assert [row["status"] for row in self.store.days.export(before, before)] == expected
        assert self.store.days.verify(before).is_closed
        self.desk = Desk()

    @invariant()
    def both_agree(self) -> None:
        store = self.store
        assert [one.ticket for one in store.queue()] == [one.ticket for one in self.queue()]
        assert [(one.ticket, one.status, one.priority) for one in store.today()] == [
            (one.ticket, one.status, one.priority) for one in self.desk.people
        ]


TestStoreAndModel = StoreAndModel.TestCase
TestStoreAndModel.settings = settings(
    max_examples=30, stateful_step_count=30, deadline=None, derandomize=True, database=None
)
