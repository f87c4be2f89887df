"""A visit that ended goes on, whoever ended it; and it is one visit."""

from __future__ import annotations

from typing import Any

import pytest

from db import (
    Arrival,
    CheckIn,
    CheckInStore,
    IllegalTransition,
    NothingToUndo,
    StaleCheckIn,
    Status,
    stays_of,
)

WHY = "ended by mistake"


@pytest.fixture
def inside(store: CheckInStore) -> CheckIn:
    one = store.check_in(Arrival(service="cupping"))
    store.call(one.id, "2", "lin")
    return store.begin(one.id, "lin")


def test_anybody_reopens_a_visit_that_another_ended_and_says_why(
    store: CheckInStore, inside: CheckIn
) -> None:
    done = store.complete(inside.id, "lin")
    back = store.reopen(done.id, "mei", WHY, done.revision)
    assert (back.status, back.room, back.began_at, back.ended_at) == (
        Status.in_service,
        "2",
        inside.began_at,
        None,
    )
    event = store.history(done.id)[-1]
    assert (event.kind, event.by, event.reason) == ("reopened", "mei", WHY)
    with pytest.raises(StaleCheckIn, match="mei"):
        store.complete(done.id, "lin", done.revision)


def test_who_comes_back_waits_next_in_line(store: CheckInStore, inside: CheckIn) -> None:
    first = store.check_in(Arrival())
    store.complete(inside.id, "lin")
    back = store.reopen(inside.id, "mei", "came back", waits=True)
    assert (back.status, back.room, back.called_at, back.ended_at) == (
        Status.waiting,
        None,
        None,
        None,
    )
    assert [one.ticket for one in store.queue()] == [back.ticket, first.ticket]


def test_no_show_left_and_void_go_on_where_they_stood(store: CheckInStore) -> None:
    one = store.check_in(Arrival())
    store.call(one.id, "1", "lin")
    store.no_show(one.id, "lin")
    assert store.reopen(one.id, "mei", WHY).status is Status.called
    store.begin(one.id, "lin")
    began = store.park(one.id, "lin").began_at
    store.leave(one.id, "lin")
    back = store.reopen(one.id, "mei", WHY)
    assert (back.status, back.began_at) == (Status.parked, began)
    assert began
    store.void(one.id, "lin", "tried out")
    assert store.reopen(one.id, "mei", WHY).status is Status.parked


def test_who_was_done_straight_from_the_call_has_not_come_in_again(store: CheckInStore) -> None:
    one = store.check_in(Arrival())
    store.call(one.id, "1", "lin")
    store.complete(one.id, "lin")
    back = store.reopen(one.id, "mei", WHY)
    assert (back.status, back.began_at, back.ended_at) == (Status.called, None, None)


def test_a_reopening_is_a_step_that_is_taken_back(store: CheckInStore, inside: CheckIn) -> None:
    store.complete(inside.id, "lin")
    store.reopen(inside.id, "mei", WHY)
    assert store.undo("mei").status is Status.done
    with pytest.raises(NothingToUndo):
        store.undo("mei")
    assert store.reopen(inside.id, "mei", WHY).status is Status.in_service, "once more"


def test_who_is_here_or_was_merged_is_not_reopened_nor_anybody_without_a_reason(
    store: CheckInStore, inside: CheckIn
) -> None:
    other = store.check_in(Arrival())
    for here in (inside, other):
        with pytest.raises(IllegalTransition):
            store.reopen(here.id, "mei", WHY)
    store.merge(other.id, inside.id, "lin")
    with pytest.raises(IllegalTransition):
        store.reopen(other.id, "mei", WHY)
    store.complete(inside.id, "lin")
    with pytest.raises(ValueError, match="reason"):
        store.reopen(inside.id, "mei", "  ")


def test_what_was_corrected_after_the_end_stays_corrected(
    store: CheckInStore, inside: CheckIn
) -> None:
    store.complete(inside.id, "lin")
    store.amend(inside.id, "lin", guardian=True)
    back = store.reopen(inside.id, "mei", WHY)
    assert (back.status, back.guardian) == (Status.in_service, True)


def test_it_is_one_stay_in_the_room_and_another_one_after_waiting(
    store: CheckInStore, inside: CheckIn, clock: Any
) -> None:
    clock.move(minutes=5)
    store.complete(inside.id, "lin")
    clock.move(minutes=1)
    store.reopen(inside.id, "mei", WHY)
    clock.move(minutes=4)
    store.complete(inside.id, "lin")
    [stay] = stays_of(store.today(), store.events())
    assert (stay.minutes, stay.outcome) == (10, Status.done)
    store.reopen(inside.id, "mei", "came back", waits=True)
    assert len(stays_of(store.today(), store.events())) == 1
    store.call(inside.id, "3", "mei")
    assert [one.room for one in stays_of(store.today(), store.events())] == ["2", "3"]
