"""What may be said on arriving, and which status may follow which."""

from __future__ import annotations

import pytest

from db import Arrival, InvalidArrival, Person, Status, allowed

FOLLOWS = {
    Status.waiting: {Status.called, Status.no_show, Status.parked},
    Status.called: {Status.waiting},
    Status.in_service: {Status.called},
    Status.parked: {Status.waiting, Status.called, Status.in_service},
    Status.done: {Status.in_service, Status.called},
    Status.no_show: {Status.called},
    Status.left: {Status.waiting, Status.called, Status.parked},
    Status.void: set(Status) - {Status.void},
}


@pytest.mark.parametrize("then", Status)
def test_a_status_follows_exactly_those_of_the_table(then: Status) -> None:
    assert {now for now in Status if allowed(now, then)} == FOLLOWS[then]


@pytest.mark.parametrize("name", ["[/b]", "O'Neill", "王小明", "محمد", "👩‍👧", "Zoë", "x" * 80])
def test_names_of_every_script_are_taken(name: str) -> None:
    assert Arrival(name=name).name == name


@pytest.mark.parametrize(
    "name", ["x" * 81, "x" * 10_000, "\x1b[2J", "a\nb", "\x00", "\ud800", "a\u202eb", "a\u2028b"]
)
def test_a_name_that_cannot_be_shown_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(InvalidArrival, match=r"^[A-Z].*\.$") as refused:
        Arrival(name=name)
    assert refused.value.field == "name"
    assert name not in str(refused.value)


def test_other_values_are_refused_too() -> None:
    with pytest.raises(ValueError, match="like 10:30"):
        Arrival(appointment_time="25:00")
    with pytest.raises(ValueError, match="companion"):
        Arrival(whom="dog")
    with pytest.raises(ValueError, match="phone"):
        Arrival(phone="138\x1b")


def test_who_somebody_is_never_stands_in_a_repr() -> None:
    for value in (Arrival(name="王小明", phone="13812345678"), Person("王小明", "13812345678")):
        assert "王" not in repr(value)
        assert "138" not in repr(value)
        assert value.__rich_repr__() == []
