"""What was said on arriving is corrected; duplicates and mistakes leave the queue."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from tinydb.table import Document

from db import (
    Arrival,
    CheckIn,
    CheckInStore,
    IllegalTransition,
    ImpossibleArrival,
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


def moments_ago(store: CheckInStore, minutes: float) -> datetime:
    return store.calendar.now() - timedelta(minutes=minutes)


def test_who_was_entered_late_waits_from_when_they_came(store: CheckInStore, clock: Any) -> None:
    before = store.check_in(Arrival())
    clock.move(minutes=90)
    late = store.check_in(Arrival())
    came = moments_ago(store, 100)
    amended = store.amend(late.id, "lin", late.revision, arrived_at=came)
    assert (amended.arrived_at, amended.number, amended.revision) == (came, 2, 2)
    assert [one.ticket for one in store.queue()] == ["A002", "A001"]
    assert store.ahead(before) == 1
    event = store.history(late.id)[-1]
    assert (event.kind, event.by) == ("amended", "lin")
    again = store.undo("lin")
    assert again.arrived_at == late.arrived_at
    assert [one.ticket for one in store.queue()] == ["A001", "A002"]
    store.amend(late.id, "lin", arrived_at=came)
    called = store.call_next("1", "lin")
    assert called is not None
    assert called.id == late.id


def test_the_figures_count_from_when_they_truly_came(store: CheckInStore, clock: Any) -> None:
    for _ in range(5):
        one = store.check_in(Arrival(service="cupping"))
        store.amend(one.id, "lin", arrived_at=moments_ago(store, 50))
        store.call(one.id, "1", "lin")
        store.begin(one.id, "lin")
        store.complete(one.id, "lin")
    [figures] = store.days.figures(store.day, store.day)
    assert figures.waited is not None
    assert figures.waited.mean == 50


@pytest.mark.parametrize("minutes", [-1, -60 * 24, 29, 60 * 24])
def test_nobody_came_after_their_ticket_was_given_or_before_the_day_began(
    store: CheckInStore, clock: Any, minutes: float
) -> None:
    one = store.check_in(Arrival(service="cupping"))
    clock.move(minutes=30)
    with pytest.raises(ImpossibleArrival, match=r"\.$") as refused:
        store.amend(one.id, "lin", arrived_at=moments_ago(store, minutes))
    assert refused.value.latest == one.arrived_at
    assert refused.value.earliest == store.calendar.at(store.day, 4, 0)
    assert store.get(one.id) == one


def test_one_put_there_through_tinydb_came_before_their_call_all_the_same(
    store: CheckInStore, clock: Any
) -> None:
    one = store.check_in(Arrival())
    called = store.call(one.id, "1", "lin")
    document = msgspec.structs.asdict(called) | {"number": 2, "id": "two", "ticket": "A002"}
    with closing(store.database()) as database:
        database.table("checkins").insert(Document(document, doc_id=2))
    clock.move(minutes=30)
    with pytest.raises(ImpossibleArrival):
        store.amend("two", "lin", arrived_at=moments_ago(store, 20))
    store.amend("two", "lin", arrived_at=moments_ago(store, 40))


def test_a_correction_of_the_arrival_can_be_corrected(store: CheckInStore, clock: Any) -> None:
    one = store.check_in(Arrival())
    too_early = store.amend(one.id, "lin", arrived_at=moments_ago(store, 40))
    right = store.amend(one.id, "lin", too_early.revision, arrived_at=moments_ago(store, 20))
    assert right.arrived_at == moments_ago(store, 20)
    assert store.amend(one.id, "lin", arrived_at=one.arrived_at).arrived_at == one.arrived_at


@pytest.mark.parametrize("wrong", ["09:05", None, datetime(2026, 11, 23, 9, 5)])  # noqa: DTZ001 - wrong
def test_an_arrival_is_a_moment_and_nothing_else(store: CheckInStore, wrong: object) -> None:
    one = store.check_in(Arrival())
    with pytest.raises(TypeError):
        store.amend(one.id, "lin", arrived_at=wrong)
    assert store.get(one.id) == one
