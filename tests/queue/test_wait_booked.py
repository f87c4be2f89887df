"""The expected wait of people with a confirmed appointment, and of those who wait beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from past_days import MINUTE, NOW, past, someone, stay

from db import CheckIn, Order, Status, Times
from db.queue import queue_of
from kiosk.queue.wait.history import History
from kiosk.queue.wait.wait import Wait, expected_wait

BUSY = [stay(90, "1", ago=2)]
"""A visit that has just begun in the only room; they take 20 minutes."""


def booked(n: int, minutes: float, ago: float = 10, **more: Any) -> CheckIn:
    """Somebody with an appointment in so many minutes."""
    return someone(n, ago, due_at=NOW + timedelta(minutes=minutes), **more)


def wait(
    me: CheckIn,
    others: Sequence[CheckIn] = (),
    order: Order = Order.appointment,
    history: History | None = None,
) -> Wait:
    found = expected_wait(
        me,
        queue_of([me, *others], order, NOW),
        BUSY,
        {"1": ()},
        history or past(),
        NOW,
        MINUTE,
        order=order,
    )
    assert found is not None
    return found


@pytest.mark.parametrize("order", Order)
def test_nothing_is_promised_before_an_appointment(order: Order) -> None:
    found = wait(booked(9, 93), order=order)
    assert 93 <= found.low <= found.middle <= found.high
    assert found.shown[0] == 95, "rounded to where they are due already"
    assert found.shown[1] > 95
    assert wait(booked(9, 0.5), order=order).high < 45


def test_who_is_urgent_waits_for_no_appointment() -> None:
    assert wait(booked(9, 93, urgent=True)).high < 45


def test_who_is_due_goes_before_walk_ins_and_by_arrival_nobody_does() -> None:
    walk_ins = [someone(n, 20) for n in range(1, 5)]
    by_arrival = wait(booked(9, -5), walk_ins, Order.arrival)
    assert wait(booked(9, -5), walk_ins).high < 40 < by_arrival.low
    assert by_arrival == wait(someone(9, 10), walk_ins, Order.arrival)


def test_who_will_be_due_overtakes_those_who_still_wait_then() -> None:
    walk_ins = [someone(n, 20) for n in range(1, 4)]
    alone, joined = (
        wait(someone(5, 10), [*walk_ins, *later])
        for later in ([], [booked(6, 25, ago=5), booked(7, 25, ago=5)])
    )
    assert joined.middle > alone.middle + 30
    assert wait(someone(5, 10), [*walk_ins, booked(6, 300, ago=5)]) == alone, "long after"
    later = [booked(6, 25, ago=5), booked(7, 25, ago=5)]
    by_arrival = (
        wait(someone(5, 10), some, Order.arrival) for some in (walk_ins, walk_ins + later)
    )
    assert len(set(map(repr, by_arrival))) == 1


def test_who_is_due_sooner_overtakes_who_is_due_later() -> None:
    assert wait(booked(9, 20, ago=15), [booked(1, 10, ago=5)]).middle > 35
    assert wait(booked(9, 10, ago=5), [booked(1, 20, ago=2)]).middle < 35


def test_whoever_was_put_first_is_called_before_those_who_are_due() -> None:
    due = [booked(n, -10) for n in range(1, 5)]
    assert wait(someone(9, 10, priority=1), due).high < 40
    put_first = [someone(n, 20, priority=1) for n in range(1, 4)]
    assert wait(booked(9, -10), put_first).middle > 60


def test_where_staff_often_put_people_first_they_come_before_those_who_are_due() -> None:
    due, often = [booked(n, -10, ago=20) for n in range(1, 7)], past(preferred=8)
    assert wait(someone(9, 0), due, history=often).low < 40
    assert wait(someone(9, 0), due).low > 80


def test_booked_people_who_are_still_to_come_lengthen_the_wait_of_others_only() -> None:
    walk_ins = [someone(n, 20) for n in range(1, 7)]
    many = past(booked=Times(15, 10.0, 0.5))
    usual, crowded = (wait(someone(9, 10), walk_ins, history=h) for h in (past(), many))
    assert crowded.middle > usual.middle + 20
    assert wait(booked(9, -5), walk_ins, history=many).high < 60
    early = past(booked=Times(15, 600.0, 0.5))
    assert wait(someone(9, 10), walk_ins, history=early).middle < usual.middle + 20
    by_arrival = (wait(someone(9, 10), walk_ins, Order.arrival, h) for h in (past(), many))
    assert len(set(map(repr, by_arrival))) == 1


def test_what_somebody_just_said_of_an_appointment_may_be_confirmed_as_often_as_it_is() -> None:
    walk_ins = [someone(n, 20) for n in range(1, 7)]
    said = {"appointment": True, "appointment_time": "09:55"}
    often = past(booked=Times(9, 10.0, 0.5), said_booked=10)
    never = past(said_booked=10)
    plain = wait(someone(9, 0), walk_ins, history=often)
    assert wait(someone(9, 0, **said), walk_ins, history=often).middle < 40 < plain.low
    assert wait(someone(9, 0, **said), walk_ins, history=never).middle > 80
    assert wait(someone(9, 10, **said), walk_ins, history=often).low > 40, "staff have not"
    assert wait(someone(9, 0, appointment=True), walk_ins, history=often) == plain, "no time"
    later = {"appointment": True, "appointment_time": "10:50"}
    assert wait(someone(9, 0, **later), walk_ins, history=often).low > 40
    by_arrival = (
        wait(someone(9, 0, **more), walk_ins, Order.arrival, often) for more in ({}, said)
    )
    assert len(set(map(repr, by_arrival))) == 1


def test_a_room_is_not_given_up_for_letting_somebody_wait_who_is_not_due() -> None:
    quiet = [stay(90, "1", ago=150, took=20)]
    me = booked(9, 30, ago=120)
    found = expected_wait(me, [me], quiet, {"1": ()}, past(), NOW, MINUTE)
    assert found is not None
    assert found.high < 50


def test_called_ones_are_no_longer_ahead() -> None:
    called = booked(1, -5, status=Status.called, called_at=NOW)
    assert wait(someone(9, 10), [called]) == wait(someone(9, 10))
