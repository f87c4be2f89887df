"""What staff do with a check-in, and what they may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from db import (
    Arrival,
    CheckIn,
    CheckInStore,
    IllegalTransition,
    InvalidArrival,
    NothingToUndo,
    StaleCheckIn,
    Status,
    UnknownCheckIn,
)


@pytest.fixture
def waiting(store: CheckInStore) -> CheckIn:
    return store.check_in(Arrival(service="cupping"))


@pytest.fixture
def called(store: CheckInStore, waiting: CheckIn) -> CheckIn:
    return store.call(waiting.id, "2", "lin")


def kinds(store: CheckInStore) -> list[str]:
    return [event.kind for event in store.events()]


def test_a_visit_from_ticket_to_end(store: CheckInStore, waiting: CheckIn, clock: Any) -> None:
    clock.move(minutes=5)
    called = store.call_next("2", "lin")
    assert called is not None
    assert (called.status, called.room, called.calls) == (Status.called, "2", 1)
    assert called.called_at == clock.now
    clock.move(minutes=1)
    begun = store.begin(called.id, "mei")
    assert (begun.status, begun.began_at) == (Status.in_service, clock.now)
    clock.move(minutes=20)
    done = store.complete(begun.id, "mei")
    assert (done.status, done.ended_at, done.revision) == (Status.done, clock.now, 4)
    assert [(event.kind, event.by) for event in store.history(done.id)] == [
        ("checked_in", ""),
        ("called", "lin"),
        ("began", "mei"),
        ("completed", "mei"),
    ]
    assert store.queue() == []


def test_an_event_says_what_was_before(store: CheckInStore, called: CheckIn) -> None:
    event = store.events(since=1)[0]
    assert (event.n, event.kind, event.by, event.device) == (2, "called", "lin", "desk")
    assert event.check_in == called.number
    assert event.before is not None
    assert event.before["status"] == "waiting"
    assert event.before["room"] is None
    assert event.before["service"] == "cupping"


def test_done_straight_from_called_implies_begin(store: CheckInStore, called: CheckIn) -> None:
    done = store.complete(called.id, "lin")
    assert done.began_at == done.ended_at is not None


def test_recall_counts_and_keeps_the_room(store: CheckInStore, called: CheckIn, clock: Any) -> None:
    clock.move(minutes=3)
    again = store.recall(called.id, "lin")
    assert (again.calls, again.room, again.called_at) == (2, "2", clock.now)


def test_a_no_show_can_be_put_back_in_the_old_place(store: CheckInStore, called: CheckIn) -> None:
    later = store.check_in(Arrival())
    store.no_show(called.id, "lin")
    assert store.queue() == [later]
    back = store.return_to_queue(called.id, "lin")
    assert (back.status, back.room, back.calls, back.called_at) == (Status.waiting, None, 1, None)
    assert [one.ticket for one in store.queue()] == ["A001", "A002"]


def test_back_from_the_laboratory_is_next_in_line(store: CheckInStore) -> None:
    first, second = store.check_in(Arrival()), store.check_in(Arrival())
    store.park(second.id, "lin")
    assert store.queue() == [first]
    store.return_to_queue(second.id, "lin")
    assert [one.ticket for one in store.queue()] == ["A002", "A001"]


def test_where_somebody_was_sent_is_told_by_the_event(
    store: CheckInStore, waiting: CheckIn
) -> None:
    store.park(waiting.id, "lin", place="cashier")
    assert store.history(waiting.id)[-1].reason == "cashier"
    other = store.check_in(Arrival())
    store.park(other.id, "lin")
    assert store.history(other.id)[-1].reason is None
    third = store.check_in(Arrival())
    with pytest.raises(InvalidArrival):
        store.park(third.id, "lin", place="a\x1b[31m")


def test_a_transfer_keeps_ticket_and_status(store: CheckInStore, waiting: CheckIn) -> None:
    moved = store.transfer(waiting.id, "tuina", "lin")
    assert (moved.service, moved.ticket, moved.status) == ("tuina", "A001", Status.waiting)


def test_another_room_calls_anew_who_has_not_come_in(
    store: CheckInStore, called: CheckIn, clock: Any
) -> None:
    clock.move(minutes=2)
    sent = store.set_room(called.id, "3", "lin")
    assert (sent.room, sent.called_at, sent.calls) == ("3", clock.now, 1)
    store.begin(called.id, "lin")
    clock.move(minutes=2)
    again = store.set_room(called.id, "1", "mei")
    assert (again.room, again.called_at) == ("1", sent.called_at)
    assert store.undo("mei").room == "3"


Step = Callable[[CheckInStore, str], Any]
STEPS: dict[str, Step] = {
    "called": lambda store, id_: store.call(id_, "1", "lin"),
    "in_service": lambda store, id_: store.begin(id_, "lin"),
    "done": lambda store, id_: store.complete(id_, "lin"),
    "no_show": lambda store, id_: store.no_show(id_, "lin"),
    "parked": lambda store, id_: store.park(id_, "lin"),
    "left": lambda store, id_: store.leave(id_, "lin"),
    "waiting": lambda store, id_: store.return_to_queue(id_, "lin"),
    "void": lambda store, id_: store.void(id_, "lin", "tried the screen"),
}


@pytest.mark.parametrize(
    ("way", "to"),
    [
        ([], "in_service"),
        ([], "done"),
        ([], "no_show"),
        ([], "waiting"),
        (["called"], "called"),
        (["called", "in_service"], "waiting"),
        (["called", "in_service"], "no_show"),
        (["called", "in_service"], "left"),
        (["called", "done"], "called"),
        (["called", "no_show"], "called"),
        (["parked"], "done"),
        (["void"], "void"),
        (["left"], "waiting"),
    ],
)
def test_anything_else_is_an_illegal_transition(
    store: CheckInStore, waiting: CheckIn, way: list[str], to: str
) -> None:
    for step in way:
        STEPS[step](store, waiting.id)
    before, events = store.get(waiting.id), len(store.events())
    with pytest.raises(IllegalTransition, match="A001"):
        STEPS[to](store, waiting.id)
    assert store.get(waiting.id) == before
    assert len(store.events()) == events


def test_what_needs_somebody_present_is_refused_afterwards(
    store: CheckInStore, waiting: CheckIn
) -> None:
    store.leave(waiting.id, "lin")
    for refused in (
        lambda: store.transfer(waiting.id, "tuina", "lin"),
        lambda: store.set_priority(waiting.id, 1, "lin"),
        lambda: store.set_room(waiting.id, "1", "lin"),
        lambda: store.recall(waiting.id, "lin"),
    ):
        with pytest.raises(IllegalTransition):
            refused()


def test_of_two_people_acting_on_one_ticket_one_reads_who_was_first(
    store: CheckInStore, waiting: CheckIn
) -> None:
    store.call(waiting.id, "2", "Lin", expected_revision=waiting.revision)
    with pytest.raises(StaleCheckIn, match="Lin") as stale:
        store.call(waiting.id, "3", "Mei", expected_revision=waiting.revision)
    assert (stale.value.by, stale.value.kind, stale.value.ticket) == ("Lin", "called", "A001")


def test_an_unknown_id_is_refused(store: CheckInStore) -> None:
    with pytest.raises(UnknownCheckIn):
        store.begin("nobody", "lin")


def test_next_for_a_room_is_one_it_offers_or_an_urgent_one(store: CheckInStore) -> None:
    store.check_in(Arrival(service="orthopaedics"))
    tuina = store.check_in(Arrival(service="tuina"))
    unsure = store.check_in(Arrival())
    offers = ("tuina", "cupping")
    urgent = store.check_in(Arrival(urgent=True))
    tickets = []
    for _ in range(3):
        one = store.call_next("1", "lin", services=offers)
        tickets.append(one and one.ticket)
    assert tickets == [urgent.ticket, tuina.ticket, None]
    assert store.call_next("1", "lin", service="cupping") is None
    last = store.call_next("1", "lin", service="")
    assert last is not None
    assert last.ticket == unsure.ticket


def test_complete_and_call_next_is_one_transaction(store: CheckInStore, called: CheckIn) -> None:
    following = store.check_in(Arrival())
    store.begin(called.id, "mei")
    lines = store.open_day(store.day).journal.n
    next_one = store.complete_and_call_next("2", "mei")
    assert next_one is not None
    assert (next_one.ticket, next_one.room) == (following.ticket, "2")
    done = store.get(called.id)
    assert done is not None
    assert done.status is Status.done
    assert store.open_day(store.day).journal.n == lines + 1


def test_whoever_never_came_in_is_not_completed(store: CheckInStore, called: CheckIn) -> None:
    assert store.complete_and_call_next("2", "mei") is None
    assert store.get(called.id) == called


def test_undo_goes_back_step_by_step(store: CheckInStore, called: CheckIn) -> None:
    begun = store.begin(called.id, "lin")
    store.complete(called.id, "lin")
    assert store.undo("lin").status is begun.status
    assert store.undo("lin").status is Status.called
    last = store.undo("lin")
    assert (last.status, last.room, last.calls, last.called_at) == (Status.waiting, None, 0, None)
    assert [one.ticket for one in store.queue()] == ["A001"]
    with pytest.raises(NothingToUndo):
        store.undo("lin")
    assert kinds(store)[-3:] == ["undone"] * 3


def test_what_was_undone_can_be_done_again(store: CheckInStore, called: CheckIn) -> None:
    store.undo("lin")
    store.call(called.id, "3", "lin")
    assert store.undo("lin").status is Status.waiting


def test_undo_is_for_ones_own_acts_or_a_manager(store: CheckInStore, called: CheckIn) -> None:
    with pytest.raises(NothingToUndo):
        store.undo("mei")
    assert store.undo("mei", manager=True).status is Status.waiting


def test_undo_does_not_take_back_what_someone_else_built_on(
    store: CheckInStore, called: CheckIn
) -> None:
    store.begin(called.id, "mei")
    with pytest.raises(StaleCheckIn, match="mei"):
        store.undo("lin")


def test_going_to_an_urgent_ticket_keeps_nothing_from_being_taken_back(
    store: CheckInStore,
) -> None:
    urgent = store.check_in(Arrival(urgent=True))
    store.call(urgent.id, "1", "lin")
    store.answer_urgent(urgent.id, "mei")
    back = store.undo("lin")
    assert back.status is Status.waiting
    assert store.answered_by(urgent.id) == "mei"


def test_who_never_came_in_is_settled_and_the_next_called_in_one_step(
    store: CheckInStore, called: CheckIn
) -> None:
    second = store.check_in(Arrival())
    seen = store.pass_over(called.id, Status.no_show, "2", "lin", (), called.revision)
    assert seen is not None
    assert (seen.id, seen.status, seen.room) == (second.id, Status.called, "2")
    assert store.get(called.id).status is Status.no_show
    with pytest.raises(StaleCheckIn):
        store.pass_over(called.id, Status.waiting, "2", "lin", (), called.revision)
    with pytest.raises(IllegalTransition):
        store.pass_over(called.id, Status.waiting, "2", "lin")
    with pytest.raises(ValueError, match="no-show"):
        store.pass_over(seen.id, Status.done, "2", "lin")


def test_who_is_put_back_keeps_their_place_and_is_not_the_one_called(
    store: CheckInStore, called: CheckIn
) -> None:
    assert store.pass_over(called.id, Status.waiting, "2", "lin") is None, "nobody else waits"
    second = store.check_in(Arrival())
    again = store.call(called.id, "2", "lin")
    seen = store.pass_over(again.id, Status.waiting, "2", "lin")
    assert seen is not None
    assert seen.id == second.id
    first = store.queue()[0]
    assert (first.id, first.status, first.arrived_at) == (
        called.id,
        Status.waiting,
        called.arrived_at,
    )
    for _ in range(2):
        store.undo("lin")
    assert store.get(called.id).status is Status.called
    assert store.get(second.id).status is Status.waiting


def test_the_first_to_answer_an_urgent_check_in_stays_the_one(store: CheckInStore) -> None:
    urgent = store.check_in(Arrival(urgent=True))
    answered = store.answer_urgent(urgent.id, "lin")
    assert answered.status is Status.waiting
    assert store.answer_urgent(urgent.id, "mei") == answered
    assert [e.by for e in store.history(urgent.id) if e.kind == "answered"] == ["lin"]
    with pytest.raises(NothingToUndo):
        store.undo("lin")


def test_who_left_too_soon_is_brought_back_to_where_they_stood(
    store: CheckInStore, called: CheckIn
) -> None:
    left = store.leave(called.id, "kiosk")
    back = store.bring_back(left.id, "lin", left.revision)
    assert (back.status, back.room, back.ended_at) == (Status.called, "2", None)
    with pytest.raises(IllegalTransition):
        store.bring_back(left.id, "lin")
