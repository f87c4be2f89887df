"""Who is called first: by arrival, or those first whose confirmed appointment has come."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from db import Arrival, CheckIn, CheckInStore, Order, queue_of

Open = Callable[..., CheckInStore]
Beside = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def booked_first(open_here: Open) -> CheckInStore:
    """A store whose order is by appointment; the clock says 10:00."""
    return open_here(order="appointment")


def at(store: CheckInStore, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return store.calendar.at(store.day, hour, minute)


def comes(store: CheckInStore, due: str = "", **said: Any) -> CheckIn:
    one = store.check_in(Arrival(**said))
    return store.confirm(one.id, "mei", at(store, due)) if due else one


def called(store: CheckInStore) -> list[str]:
    return [one.ticket for one in store.queue()]


def test_by_arrival_no_appointment_counts(store: CheckInStore) -> None:
    comes(store)
    comes(store, "09:00")
    assert store.order is Order.arrival
    assert called(store) == ["A001", "A002"]


def test_an_order_that_nobody_knows_is_refused(open_here: Open) -> None:
    with pytest.raises(ValueError, match="age"):
        open_here(order="age")


def test_who_is_due_comes_first_by_appointment_and_the_others_by_arrival(
    booked_first: CheckInStore,
) -> None:
    comes(booked_first)
    comes(booked_first, "10:00")
    comes(booked_first, "09:30")
    comes(booked_first, "10:30")
    comes(booked_first)
    assert called(booked_first) == ["A003", "A002", "A001", "A004", "A005"]


def test_a_time_that_only_the_person_gave_orders_nothing(booked_first: CheckInStore) -> None:
    comes(booked_first)
    comes(booked_first, appointment=True, appointment_time="09:30")
    assert called(booked_first) == ["A001", "A002"]


def test_urgent_ones_and_those_put_first_stand_above(booked_first: CheckInStore) -> None:
    comes(booked_first, "09:00")
    booked_first.set_priority(comes(booked_first).id, 1, "mei")
    comes(booked_first, urgent=True)
    comes(booked_first, "09:00", urgent=True)
    assert called(booked_first) == ["A003", "A004", "A002", "A001"]


def test_becoming_due_changes_places_though_nothing_happens(
    booked_first: CheckInStore, clock: Any
) -> None:
    walk_in, booked = comes(booked_first), comes(booked_first, "10:30")
    clock.move(minutes=29, seconds=59)
    assert called(booked_first) == ["A001", "A002"]
    assert [booked_first.ahead(one) for one in (walk_in, booked)] == [0, 1]
    clock.move(seconds=1)
    assert called(booked_first) == ["A002", "A001"]
    assert [booked_first.ahead(one) for one in (walk_in, booked)] == [1, 0]


def test_the_next_is_called_by_the_same_rule(booked_first: CheckInStore, clock: Any) -> None:
    comes(booked_first, service="cupping")
    comes(booked_first, "10:30", service="tuina")
    comes(booked_first, "10:20", service="cupping")
    clock.move(minutes=40)
    tickets = []
    for services in ((), ("cupping",), ("cupping",), ("cupping",), ("tuina",)):
        one = booked_first.call_next("1", "lin", services=services)
        tickets.append(one and one.ticket)
    assert tickets == ["A003", "A001", None, None, "A002"]


def test_what_is_taken_back_or_corrected_orders_nothing_any_more(
    booked_first: CheckInStore,
) -> None:
    comes(booked_first)
    booked = comes(booked_first, "09:30")
    assert called(booked_first) == ["A002", "A001"]
    booked_first.undo("mei")
    assert called(booked_first) == ["A001", "A002"]
    booked_first.confirm(booked.id, "mei", at(booked_first, "09:30"))
    booked_first.amend(booked.id, "mei", appointment_time="09:45")
    assert called(booked_first) == ["A001", "A002"]


def test_after_the_laboratory_their_place_is_the_one_they_kept(
    booked_first: CheckInStore,
) -> None:
    comes(booked_first, "09:30")
    one = comes(booked_first)
    booked_first.park(one.id, "mei")
    booked_first.return_to_queue(one.id, "mei")
    assert called(booked_first) == ["A002", "A001"]


def test_a_moment_says_when_the_order_changes(booked_first: CheckInStore, clock: Any) -> None:
    walk_in, one = comes(booked_first), comes(booked_first, "10:30")
    comes(booked_first, "11:00", urgent=True)  # who is urgent waits for no appointment
    before = booked_first.moment()
    assert (before.queue[1:], before.next_due) == ([walk_in, one], one.due_at)
    clock.move(minutes=30)
    after = booked_first.moment()
    assert (after.queue[1:], after.next_due) == ([one, walk_in], None)
    assert before.revision != after.revision
    assert booked_first.moment() == after


def test_by_arrival_a_moment_lasts_until_something_happens(store: CheckInStore, clock: Any) -> None:
    comes(store, "10:30")
    before = store.moment()
    clock.move(minutes=30)
    assert (before.next_due, store.moment()) == (None, before)


def test_a_clock_set_back_takes_nobodys_turn(booked_first: CheckInStore, clock: Any) -> None:
    comes(booked_first)
    comes(booked_first, "10:30")
    clock.move(minutes=31)
    comes(booked_first)
    clock.move(minutes=-10)
    assert called(booked_first) == ["A002", "A001", "A003"]


async def test_whoever_watches_hears_that_somebody_is_due(
    booked_first: CheckInStore, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.watch.LOOK_AGAIN", 0.01)
    comes(booked_first, "10:30")
    comes(booked_first, "10:31")
    changes = booked_first.watch()
    await anext(changes)
    for _ in range(2):
        heard = asyncio.ensure_future(anext(changes))
        done, _pending = await asyncio.wait([heard], timeout=0.05)
        assert not done
        clock.move(minutes=30.5)
        await asyncio.wait_for(heard, 5)


def test_another_process_has_the_same_order(
    booked_first: CheckInStore, open_here: Open, beside: Beside
) -> None:
    comes(booked_first)
    comes(booked_first, "10:30")
    comes(booked_first, "10:20")
    code = (
        "store.order = Order('appointment')\n"
        "print(*[one.ticket for one in store.queue()], flush=True)\n"
        "print(store.call_next('1', 'lin').ticket, flush=True)\n"
    )
    assert beside(code).communicate()[0].split() == ["A003", "A002", "A001", "A003"]
    assert open_here(order="appointment").get(booked_first.queue()[0].id) is not None
    assert [(one.ticket, one.status) for one in booked_first.today()][2] == ("A003", "called")


def test_many_changes_at_once_leave_the_same_order(
    booked_first: CheckInStore, open_here: Open, clock: Any
) -> None:
    for n in range(60):
        comes(booked_first, f"10:{59 - n:02d}" if n % 3 else "", urgent=n % 20 == 7)
    clock.move(minutes=30)
    again, urgent = open_here(order="appointment"), 3
    assert called(again) == called(booked_first)
    for first in called(again)[: urgent + 2]:
        one = again.call_next("1", "lin")
        assert one
        assert one.ticket == first


def test_a_line_in_turn_is_reckoned_without_a_store(store: CheckInStore) -> None:
    comes(store)
    comes(store, "09:30")
    line = store.queue()
    assert queue_of(line[::-1], Order.arrival, at(store, "10:00")) == line
    assert queue_of(line[::-1], Order.appointment, at(store, "09:29")) == line
    assert queue_of(line[::-1], Order.appointment, at(store, "09:30")) == line[::-1]
