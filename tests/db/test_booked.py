"""Today's list: who is booked, sealed like any name, brought anew from the same files."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import (
    Arrival,
    Booking,
    Brought,
    CheckInStore,
    Expected,
    HasCome,
    InvalidArrival,
    InvalidDocument,
    KeyMissing,
    Person,
    StoreError,
)

Open = Callable[..., CheckInStore]
TODAY = date(2026, 11, 23)
SECRET = re.compile(rb'"secret":"([^"]*)"')


def at(store: CheckInStore, hour: int, minute: int = 0) -> datetime:
    return store.calendar.at(store.day, hour, minute)


def zoe(store: CheckInStore, **other: Any) -> Expected:
    said = {
        "ref": "1",
        "due_at": at(store, 10, 30),
        "name": "Zoë Brandt",
        "phone": "+8613812345678",
    }
    return Expected(**said | {"service": "cupping", "practitioner": "Wolf"} | other)


def anna(store: CheckInStore, **other: Any) -> Expected:
    return Expected(**{"ref": "2", "due_at": at(store, 9), "name": "Anna"} | other)


def names(store: CheckInStore) -> list[str]:
    found = []
    for one in store.moment().bookings:
        try:
            found.append(store.booked_person(one.id).name)
        except KeyMissing:
            found.append("(sealed)")
    return found


def bring(store: CheckInStore, *expected: Expected, **more: Any) -> Brought:
    return store.bring({"day.csv": expected}, "calendar", **more)


def alive(folder: Path) -> int:
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = [secret for path in files for secret in SECRET.findall(path.read_bytes())]
    return sum(bool(secret.strip(b"-")) for secret in found)


def test_who_is_booked_stands_on_the_list_by_time_and_names_are_sealed(
    store: CheckInStore, open_here: Open, tmp_path: Path
) -> None:
    assert bring(store, zoe(store), anna(store)) == Brought(new=2)
    for each in (store, open_here()):
        first, second = each.moment().bookings
        assert (first.due_at, first.service, first.practitioner) == (at(store, 9), "", None)
        assert (second.due_at, second.service, second.practitioner) == (
            at(store, 10, 30),
            "cupping",
            "Wolf",
        )
        assert each.booked_person(second.id) == Person("Zoë Brandt", "+8613812345678")
        assert names(each) == ["Anna", "Zoë Brandt"]
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for told in ("Zoë", "Brandt", "Anna", "+8613812345678", "day.csv"):
        assert told.encode() not in written
    assert store.days.verify(TODAY).damaged_line is None
    assert [(event.kind, event.by) for event in store.events()] == [("listed", "calendar")] * 2


def test_the_same_file_again_changes_nothing(store: CheckInStore, journal: Path) -> None:
    bring(store, zoe(store), anna(store))
    before = journal.read_bytes()
    assert bring(store, anna(store), zoe(store)) == Brought(same=2)
    assert journal.read_bytes() == before


def test_a_newer_version_moves_corrects_and_takes_off(store: CheckInStore, tmp_path: Path) -> None:
    bring(store, zoe(store), anna(store))
    ids = {one.due_at: one.id for one in store.moment().bookings}
    moved = zoe(store, due_at=at(store, 11), practitioner=None)
    assert bring(store, moved) == Brought(changed=1, gone=1)
    [one] = store.moment().bookings
    assert (one.id, one.due_at, one.practitioner) == (ids[at(store, 10, 30)], at(store, 11), None)
    assert alive(tmp_path / "data") == 1, "the name of who was taken off is destroyed"
    assert bring(store, zoe(store, due_at=at(store, 11), practitioner=None, name="Zoë B.")) == (
        Brought(changed=1)
    )
    assert names(store) == ["Zoë B."]
    assert alive(tmp_path / "data") == 1, "and so is the name before"
    assert [event.reason for event in store.events()][2:] == [None, "gone", None]


def test_what_a_file_says_is_taken_off_by_that_file_only(store: CheckInStore) -> None:
    bring(store, zoe(store))
    assert store.bring({"other.ics": [anna(store)]}, "calendar") == Brought(new=1)
    assert bring(store, keep=["1"]) == Brought()
    assert bring(store, part=["day.csv"]) == Brought()
    assert names(store) == ["Anna", "Zoë Brandt"]
    assert bring(store) == Brought(gone=1)
    assert names(store) == ["Anna"]


def test_who_stands_in_two_files_stands_there_once_as_the_later_says(store: CheckInStore) -> None:
    files = {"old.csv": [zoe(store)], "new.csv": [zoe(store, due_at=at(store, 12))]}
    assert store.bring(files, "calendar") == Brought(new=1)
    assert store.bring(files, "calendar") == Brought(same=1)
    assert [one.due_at for one in store.moment().bookings] == [at(store, 12)]


def test_who_has_come_is_known_by_their_check_in(store: CheckInStore) -> None:
    bring(store, zoe(store), anna(store))
    one = store.moment().bookings[1]
    came = store.check_in(Arrival(name="Zoe", appointment=True, appointment_time="10:00"))
    assert store.moment().come == {}
    store.confirm(came.id, "mei", one.due_at, one.practitioner, booking=one.id)
    confirmed = store.get(came.id)
    assert confirmed is not None
    assert store.moment().come == {one.id: confirmed}
    store.confirm(came.id, "mei", at(store, 10, 45))
    assert one.id in store.moment().come, "another time, the same person"
    store.undo("mei")
    store.undo("mei")
    assert store.moment().come == {}


def test_who_stands_at_the_desk_comes_by_the_list_at_once(store: CheckInStore) -> None:
    bring(store, zoe(store))
    [one] = store.moment().bookings
    arrival = Arrival(name="Zoë Brandt", appointment=True, appointment_time="10:30")
    came = store.check_in(arrival, by="mei", due_at=one.due_at, booking=one.id)
    assert (came.due_at, came.booking) == (one.due_at, one.id)
    assert store.moment().come == {one.id: came}
    store.void(came.id, "mei", "tried out")
    assert store.moment().come == {}


def test_a_duplicate_hands_on_who_it_was_on_the_list(store: CheckInStore) -> None:
    bring(store, zoe(store))
    [one] = store.moment().bookings
    kept, gone = store.check_in(Arrival()), store.check_in(Arrival())
    store.confirm(gone.id, "mei", one.due_at, booking=one.id)
    store.merge(gone.id, kept.id, "mei")
    assert store.moment().come[one.id].id == kept.id


def test_who_is_erased_is_erased_on_the_list_too_and_the_file_does_not_bring_them_back(
    store: CheckInStore, tmp_path: Path
) -> None:
    bring(store, zoe(store), anna(store))
    one = store.moment().bookings[1]
    came = store.check_in(Arrival(name="Zoë Brandt"), due_at=one.due_at, booking=one.id)
    assert store.days.what_is_kept(came.ticket).booked_person == Person(
        "Zoë Brandt", "+8613812345678"
    )
    store.days.erase(came.ticket, "mei")
    assert names(store) == ["Anna", "(sealed)"]
    assert alive(tmp_path / "data") == 1
    kept = store.days.what_is_kept(came.ticket)
    assert kept.booked is not None
    assert (kept.booked.sealed, kept.booked_person) == (None, None)
    assert bring(store, zoe(store), anna(store)) == Brought(same=2)
    assert names(store) == ["Anna", "(sealed)"]


def test_a_name_that_is_emptied_is_gone_from_the_list_too(store: CheckInStore) -> None:
    bring(store, zoe(store))
    [one] = store.moment().bookings
    came = store.check_in(Arrival(name="Zoë"), due_at=one.due_at, booking=one.id)
    store.amend(came.id, "mei", name="")
    assert names(store) == ["(sealed)"]


def test_a_restore_of_an_older_copy_erases_the_list_again(
    store: CheckInStore, open_here: Open, tmp_path: Path
) -> None:
    bring(store, zoe(store))
    [one] = store.moment().bookings
    came = store.check_in(Arrival(), due_at=one.due_at, booking=one.id)
    copy = (tmp_path / "data" / "downtown" / "2026-11-23.jsonl").read_bytes()
    store.days.backup(tmp_path / "copy")
    store.days.erase(came.ticket, "mei")
    journal = tmp_path / "data" / "downtown" / "2026-11-23.jsonl"
    store.close()
    journal.write_bytes(journal.read_bytes()[: len(copy) - 10] + b"spoilt\n{}\n")
    again = open_here()
    again.days.restore(tmp_path / "copy")
    assert names(open_here()) == ["(sealed)"]


def test_with_the_days_key_the_list_is_gone_and_another_key_brings_it_anew(
    store: CheckInStore, open_here: Open, tmp_path: Path
) -> None:
    bring(store, zoe(store))
    [before] = store.moment().bookings
    for key in (tmp_path / "keys").glob("*.key"):
        key.unlink()
    again = open_here()
    assert names(again) == ["(sealed)"]
    assert bring(again, zoe(again)) == Brought(changed=1)
    [one] = again.moment().bookings
    assert (one.id, names(again)) == (before.id, ["Zoë Brandt"])


def test_a_list_holds_appointments_of_today(store: CheckInStore) -> None:
    with pytest.raises(ValueError, match="today"):
        bring(store, zoe(store, due_at=at(store, 10) + timedelta(days=1)))
    with pytest.raises(TypeError):
        zoe(store, due_at=at(store, 10).replace(tzinfo=None))
    with pytest.raises(InvalidArrival):
        zoe(store, name="Zo\x1bë")
    with pytest.raises(InvalidArrival):
        zoe(store, name="Z" * 81)
    assert "Zoë" not in repr(zoe(store))


def test_a_day_of_an_older_version_takes_no_list(format_1: CheckInStore) -> None:
    with pytest.raises(StoreError, match="older version"):
        bring(format_1, zoe(format_1))


def test_what_another_program_writes_there_is_looked_at(store: CheckInStore) -> None:
    bring(store, zoe(store))
    with store.database() as database:
        table = database.table("bookings")
        [document] = table.all()
        with pytest.raises(InvalidDocument, match="due_at"):
            table.update({"due_at": "2025-01-01T00:00:00Z"})
        table.insert(dict(document) | {"id": "other"})
    one, other = store.moment().bookings
    assert {one.id, other.id} > {"other"}
    assert isinstance(one, Booking)
    assert bring(store, zoe(store)) == Brought(same=1, gone=1)


def test_another_process_sees_the_list_and_may_bring_it_too(
    store: CheckInStore, beside: Callable[[str], Any]
) -> None:
    bring(store, zoe(store), anna(store))
    code = (
        "due = store.calendar.at(store.day, 10, 30)\n"
        "one = Expected(ref='1', due_at=due, name='Zoë Brandt', phone='+8613812345678',\n"
        "    service='cupping', practitioner='Wolf')\n"
        "print(store.bring({'day.csv': [one]}, 'calendar'))\n"
    )
    assert "gone=1, same=1" in beside(code).communicate(timeout=60)[0]
    assert names(store) == ["Zoë Brandt"]


def test_nobody_of_the_list_comes_twice_whoever_is_quicker(
    store: CheckInStore, open_here: Open
) -> None:
    bring(store, zoe(store))
    [one] = store.moment().bookings
    came = store.check_in(Arrival(), by="mei", due_at=one.due_at, booking=one.id)
    there = open_here()
    with pytest.raises(HasCome, match=came.ticket):
        there.check_in(Arrival(), by="lin", due_at=one.due_at, booking=one.id)
    other = there.check_in(Arrival(), by="lin")
    with pytest.raises(HasCome) as refused:
        there.confirm(other.id, "lin", one.due_at, booking=one.id)
    assert refused.value.ticket == came.ticket
    assert [c.ticket for c in store.today()] == [came.ticket, other.ticket]
    assert store.confirm(came.id, "mei", one.due_at, booking=one.id).booking == one.id
    store.void(came.id, "mei", "tried out")
    assert there.confirm(other.id, "lin", one.due_at, booking=one.id).booking == one.id
