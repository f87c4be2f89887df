"""What was said on arriving is corrected; duplicates and mistakes leave the queue."""

from __future__ import annotations

from typing import Any

import pytest

from db import (
    Arrival,
    CheckIn,
    CheckInStore,
    IllegalTransition,
    InvalidArrival,
    NothingToUndo,
    Person,
    Status,
    UnknownCheckIn,
)


@pytest.fixture
def waiting(store: CheckInStore) -> CheckIn:
    return store.check_in(Arrival(service="cupping"))


def test_a_duplicate_is_merged_into_the_survivor(store: CheckInStore, clock: Any) -> None:
    early = store.check_in(Arrival())
    clock.move(minutes=9)
    store.check_in(Arrival())
    survivor = store.check_in(Arrival())
    store.set_priority(early.id, 2, "lin")
    gone = store.merge(early.id, survivor.id, "lin")
    assert gone.status is Status.void
    kept = store.get(survivor.id)
    assert kept is not None
    assert (kept.arrived_at, kept.priority) == (early.arrived_at, 2)
    assert [one.ticket for one in store.queue()] == ["A003", "A002"]
    with pytest.raises(NothingToUndo):
        store.undo("lin")


def test_what_was_said_can_be_corrected_and_the_correction_undone(store: CheckInStore) -> None:
    store.check_in(Arrival(phone="13812345678"))
    wrong = store.check_in(Arrival(name="Zoe", urgent=True))
    right = store.amend(wrong.id, "lin", name="Zoë", phone="138 1234 5678", urgent=False)
    assert store.person(right) == Person("Zoë", "+8613812345678")
    assert (right.urgent, right.has_phone, right.same_phone_as) == (False, True, "A001")
    assert store.amend(wrong.id, "lin", service="tuina").service == "tuina"
    store.undo("lin")
    assert store.person(store.undo("lin")) == Person("Zoe", "")
    with pytest.raises(InvalidArrival):
        store.amend(wrong.id, "lin", name="\x1b")
    with pytest.raises(TypeError):
        store.amend(wrong.id, "lin", ticket="A009")


def test_a_duplicate_brings_every_answer_that_the_other_lacks(store: CheckInStore) -> None:
    gone = store.check_in(
        Arrival(
            name="Zoë",
            phone="13812345678",
            service="cupping",
            appointment=True,
            appointment_time="10:30",
            practitioner="Dr Wu",
            first_visit=True,
            whom="child",
            guardian=True,
            consent="3",
        )
    )
    kept = store.check_in(Arrival(name="王小明", service="tuina"))
    store.merge(gone.id, kept.id, "lin")
    joined = store.get(kept.id)
    assert joined is not None
    assert store.person(joined) == Person("王小明", "+8613812345678")
    assert (joined.has_phone, joined.same_phone_as) == (True, None)
    assert (joined.service, joined.practitioner) == ("tuina", "Dr Wu")
    assert (joined.appointment, joined.appointment_time) == (True, "10:30")
    assert (joined.first_visit, joined.whom, joined.guardian) == (True, "child", True)
    assert joined.consent == "3"
    assert store.check_in(Arrival(phone="13812345678")).same_phone_as == kept.ticket


@pytest.mark.parametrize("ended", ["void", "leave", "no_show", "complete"])
def test_nobody_is_merged_into_one_who_is_gone(store: CheckInStore, ended: str) -> None:
    here, gone = store.check_in(Arrival()), store.check_in(Arrival())
    more = {"reason": "tried out"} if ended == "void" else {}
    if ended in ("no_show", "complete"):
        store.call(gone.id, "1", "lin")
    getattr(store, ended)(gone.id, by="lin", **more)
    with pytest.raises(IllegalTransition):
        store.merge(here.id, gone.id, "lin")
    assert store.queue() == [here]


def test_nobody_is_merged_into_themselves_or_nobody(store: CheckInStore, waiting: CheckIn) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        store.merge(waiting.id, waiting.ticket, "lin")
    with pytest.raises(UnknownCheckIn):
        store.merge(waiting.id, "A077", "lin")
    assert store.queue() == [waiting]


def test_a_void_needs_a_reason_and_whatever_it_is_merges_nothing(store: CheckInStore) -> None:
    one, other = store.check_in(Arrival()), store.check_in(Arrival(urgent=True))
    with pytest.raises(ValueError, match=r"\.$"):
        store.void(one.id, "lin", " ")
    store.void(other.id, "lin", f"duplicate of {one.ticket}")
    assert store.queue() == [one]
