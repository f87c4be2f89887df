"""Names are unsealed once each, and gone with whoever was signed in."""

from collections.abc import Callable

import pytest
from staff_driver import Desk

from db import CheckIn, CheckInStore, Person
from kiosk.staff.seen.unsealed import Unsealed


@pytest.fixture
def asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tickets whose name was asked of the store, one after another."""
    asked: list[str] = []
    person = desk.store.person

    def ask(check_in: CheckIn) -> Person:
        asked.append(check_in.ticket)
        return person(check_in)

    monkeypatch.setattr(desk.store, "person", ask)
    return asked


def names(unsealed: Unsealed, store: CheckInStore) -> list[str]:
    people = unsealed.people(store, store.today())
    return [person.name for person in people.values() if person]


def test_each_is_unsealed_once_and_again_when_they_were_changed(
    desk: Desk, asked: list[str]
) -> None:
    one, unsealed = desk.arrive("Zoë"), Unsealed()
    assert names(unsealed, desk.store) == ["Zoë"]
    desk.arrive("Mallory")
    assert names(unsealed, desk.store) == ["Zoë", "Mallory"]
    assert asked == ["A001", "A002"]
    desk.store.amend(one.id, "Mei", name="Zoe")
    assert names(unsealed, desk.store) == ["Zoe", "Mallory"]
    assert asked == ["A001", "A002", "A001"]


def test_what_is_forgotten_is_unsealed_anew(desk: Desk, asked: list[str]) -> None:
    desk.arrive("Zoë")
    unsealed = Unsealed()
    names(unsealed, desk.store)
    unsealed.forget()
    names(unsealed, desk.store)
    assert asked == ["A001", "A001"]


def test_what_was_being_unsealed_when_all_was_forgotten_is_not_kept(
    desk: Desk, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.arrive("Zoë")
    unsealed = Unsealed()
    person: Callable[[CheckIn], Person] = desk.store.person

    def lock_meanwhile(check_in: CheckIn) -> Person:
        unsealed.forget()
        return person(check_in)

    monkeypatch.setattr(desk.store, "person", lock_meanwhile)
    names(unsealed, desk.store)
    names(unsealed, desk.store)
    assert asked == ["A001", "A001"]
