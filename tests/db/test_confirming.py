"""An appointment that staff confirmed: it has a moment, until somebody says that it is another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from db import Arrival, CheckIn, CheckInStore, IllegalTransition, InvalidArrival, StaleCheckIn


@pytest.fixture
def half_past_ten(store: CheckInStore) -> datetime:
    return store.calendar.at(store.day, 10, 30)


@pytest.fixture
def booked(store: CheckInStore) -> CheckIn:
    return store.check_in(Arrival(appointment=True, appointment_time="10:00", practitioner="Lin"))


def test_a_time_that_only_the_person_gave_is_not_confirmed(booked: CheckIn) -> None:
    assert booked.due_at is None


def test_who_is_confirmed_is_due_and_it_is_known_who_said_so(
    store: CheckInStore, booked: CheckIn, half_past_ten: datetime
) -> None:
    one = store.confirm(booked.id, "mei", half_past_ten, "Wolf", booked.revision)
    assert (one.due_at, one.due_at and one.due_at.tzinfo) == (half_past_ten, UTC)
    assert (one.appointment_time, one.practitioner) == ("10:30", "Wolf")
    event = store.history(one.id)[-1]
    assert (event.kind, event.by) == ("confirmed", "mei")
    with pytest.raises(StaleCheckIn, match="mei"):
        store.confirm(booked.id, "lin", half_past_ten, None, booked.revision)


def test_who_said_nothing_of_an_appointment_has_one_then(
    store: CheckInStore, half_past_ten: datetime
) -> None:
    one = store.confirm(store.check_in(Arrival()).id, "mei", half_past_ten)
    assert (one.appointment, one.practitioner) == (True, None)


def test_nobody_in_particular_leaves_whom_the_person_named(
    store: CheckInStore, booked: CheckIn, half_past_ten: datetime
) -> None:
    assert store.confirm(booked.id, "mei", half_past_ten).practitioner == "Lin"


def test_it_is_taken_back_like_other_steps(
    store: CheckInStore, booked: CheckIn, half_past_ten: datetime
) -> None:
    store.confirm(booked.id, "mei", half_past_ten, "Wolf")
    back = store.undo("mei")
    assert (back.due_at, back.appointment_time, back.practitioner) == (None, "10:00", "Lin")


def test_a_time_that_is_corrected_is_no_longer_confirmed(
    store: CheckInStore, booked: CheckIn, half_past_ten: datetime
) -> None:
    store.confirm(booked.id, "mei", half_past_ten)
    assert store.amend(booked.id, "mei", service="cupping").due_at == half_past_ten
    assert store.amend(booked.id, "mei", appointment_time="11:00").due_at is None
    store.confirm(booked.id, "mei", half_past_ten)
    gone = store.amend(booked.id, "mei", appointment=False, appointment_time=None)
    assert (gone.due_at, gone.appointment) == (None, False)


def test_a_duplicate_hands_on_its_confirmed_time(
    store: CheckInStore, booked: CheckIn, half_past_ten: datetime
) -> None:
    other = store.check_in(Arrival(appointment=True, appointment_time="9:00".zfill(5)))
    store.confirm(booked.id, "mei", half_past_ten)
    store.merge(booked.id, other.ticket, "mei")
    kept = store.get(other.id)
    assert kept
    assert (kept.due_at, kept.appointment_time) == (half_past_ten, "10:30")


def test_what_is_no_moment_of_today_is_refused(
    store: CheckInStore, booked: CheckIn, half_past_ten: datetime
) -> None:
    with pytest.raises(ValueError, match="day"):
        store.confirm(booked.id, "mei", half_past_ten + timedelta(days=1))
    with pytest.raises(TypeError):
        store.confirm(booked.id, "mei", half_past_ten.replace(tzinfo=None))
    with pytest.raises(InvalidArrival):
        store.confirm(booked.id, "mei", half_past_ten, "Wo\x1blf")
    assert store.get(booked.id) == booked


def test_after_midnight_is_still_of_that_day(store: CheckInStore, booked: CheckIn) -> None:
    late = store.calendar.at(store.day, 0, 30)
    one = store.confirm(booked.id, "mei", late)
    assert (one.due_at, one.appointment_time, one.day) == (late, "00:30", booked.day)


def test_who_is_gone_is_not_confirmed(
    store: CheckInStore, booked: CheckIn, half_past_ten: datetime
) -> None:
    store.leave(booked.id, "mei")
    with pytest.raises(IllegalTransition):
        store.confirm(booked.id, "mei", half_past_ten)


# Together with what else staff say: one step, which one undo takes back


def test_who_is_added_at_the_desk_is_due_at_once(
    store: CheckInStore, half_past_ten: datetime
) -> None:
    one = store.check_in(Arrival(practitioner="Wolf"), by="mei", due_at=half_past_ten)
    assert (one.due_at, one.appointment, one.appointment_time) == (half_past_ten, True, "10:30")
    assert store.get(one.id) == one
    assert [event.kind for event in store.history(one.id)] == ["checked_in"]


def test_what_is_corrected_with_a_time_is_one_step(
    store: CheckInStore, booked: CheckIn, half_past_ten: datetime
) -> None:
    one = store.amend(booked.id, "mei", service="cupping", due_at=half_past_ten)
    assert (one.due_at, one.appointment_time, one.service) == (half_past_ten, "10:30", "cupping")
    later = half_past_ten + timedelta(hours=1)
    assert store.amend(booked.id, "mei", due_at=later, appointment_time="11:30").due_at == later
    store.undo("mei")
    back = store.undo("mei")
    assert (back.due_at, back.appointment_time, back.service) == (None, "10:00", "")


def test_no_moment_of_today_is_refused_there_too(
    store: CheckInStore, booked: CheckIn, half_past_ten: datetime
) -> None:
    tomorrow = half_past_ten + timedelta(days=1)
    with pytest.raises(ValueError, match="day"):
        store.check_in(Arrival(), due_at=tomorrow)
    with pytest.raises(ValueError, match="day"):
        store.amend(booked.id, "mei", due_at=tomorrow)
    with pytest.raises(TypeError):
        store.amend(booked.id, "mei", due_at=None)
    assert store.today() == [booked]
