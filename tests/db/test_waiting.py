"""How long people waited: not while they were at the laboratory, with staff or gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from db import Arrival, CheckIn, CheckInStore, Status, waited_by, waits_until_called


def waited(store: CheckInStore, one: CheckIn, clock: Any) -> float:
    """Minutes in the queue, as of now."""
    found = waited_by(store.today(), store.events())[one.number]
    return found.until(clock()).total_seconds() / 60


@pytest.fixture
def one(store: CheckInStore) -> CheckIn:
    return store.check_in(Arrival(service="cupping"))


def test_time_at_the_laboratory_and_with_staff_is_not_waiting(
    store: CheckInStore, one: CheckIn, clock: Any
) -> None:
    clock.move(minutes=5)
    store.park(one.id, "lin")
    clock.move(minutes=40)
    assert waited(store, one, clock) == 5
    store.return_to_queue(one.id, "lin")
    clock.move(minutes=3)
    store.call(one.id, "1", "lin")
    clock.move(minutes=1)
    assert waited(store, one, clock) == 9, "who is called is not seen yet"
    store.begin(one.id, "lin")
    clock.move(minutes=20)
    assert waited(store, one, clock) == 9
    assert waits_until_called(store.today(), store.events()) == {one.number: timedelta(minutes=8)}


def test_who_came_back_after_a_no_show_has_waited_while_they_were_in_the_queue(
    store: CheckInStore, one: CheckIn, clock: Any
) -> None:
    clock.move(minutes=10)
    store.call(one.id, "1", "lin")
    clock.move(minutes=2)
    store.no_show(one.id, "lin")
    clock.move(minutes=120)
    store.return_to_queue(one.id, "lin")
    clock.move(minutes=4)
    assert waited(store, one, clock) == 16
    store.call(one.id, "1", "lin")
    assert waits_until_called(store.today(), store.events()) == {one.number: timedelta(minutes=10)}


def test_what_was_undone_never_happened(store: CheckInStore, one: CheckIn, clock: Any) -> None:
    clock.move(minutes=10)
    store.park(one.id, "lin")
    clock.move(minutes=10)
    store.undo("lin")
    assert waited(store, one, clock) == 20
    assert waits_until_called(store.today(), store.events()) == {}
    store.call(one.id, "1", "lin")
    clock.move(minutes=3)
    store.begin(one.id, "lin")
    clock.move(minutes=2)
    store.undo("lin")
    store.undo("lin")
    assert waited(store, one, clock) == 25
    assert waits_until_called(store.today(), store.events()) == {}, "nobody called them after all"


def test_who_is_here_before_their_appointment_does_not_wait_yet(
    store: CheckInStore, one: CheckIn, clock: Any
) -> None:
    store.confirm(one.id, "mei", clock.now + timedelta(minutes=30))
    clock.move(minutes=20)
    assert waited(store, one, clock) == 0
    store.park(one.id, "lin")
    clock.move(minutes=5)
    store.return_to_queue(one.id, "lin")
    clock.move(minutes=12)
    assert waited(store, one, clock) == 7
    store.call(one.id, "1", "lin")
    assert waits_until_called(store.today(), store.events()) == {one.number: timedelta(minutes=7)}


def test_who_comes_late_waits_from_their_arrival(
    store: CheckInStore, one: CheckIn, clock: Any
) -> None:
    store.confirm(one.id, "mei", clock.now - timedelta(minutes=30))
    clock.move(minutes=5)
    assert waited(store, one, clock) == 5


def test_who_is_called_before_their_appointment_has_not_waited(
    store: CheckInStore, one: CheckIn, clock: Any
) -> None:
    store.confirm(one.id, "mei", clock.now + timedelta(minutes=30))
    clock.move(minutes=10)
    store.call(one.id, "1", "lin")
    clock.move(minutes=5)
    store.begin(one.id, "lin")
    clock.move(minutes=60)
    assert waited(store, one, clock) == 0
    assert waits_until_called(store.today(), store.events()) == {one.number: timedelta()}


def test_calls_that_nobody_answered_stay_counted(store: CheckInStore, one: CheckIn) -> None:
    store.call(one.id, "1", "lin")
    store.recall(one.id, "lin")
    assert store.return_to_queue(one.id, "lin").calls == 2
    store.call(one.id, "1", "lin")
    store.no_show(one.id, "lin")
    back = store.return_to_queue(one.id, "lin")
    assert (back.calls, back.called_at, back.room) == (3, None, None)
    store.call(one.id, "2", "lin")
    store.pass_over(one.id, Status.waiting, "2", "lin")
    now = store.get(one.id)
    assert now
    assert now.calls == 4
    store.call(one.id, "2", "lin")
    store.begin(one.id, "lin")
    store.park(one.id, "lin")
    assert store.return_to_queue(one.id, "lin").calls == 0, "the last call was answered"
    store.call(one.id, "2", "lin")
    store.return_to_queue(one.id, "lin")
    store.park(one.id, "lin")
    assert store.return_to_queue(one.id, "lin").calls == 1, "nothing was answered meanwhile"
    store.call(one.id, "2", "lin")
    store.park(one.id, "lin")
    assert store.return_to_queue(one.id, "lin").calls == 0, "who is sent there was there"
