"""Today's list at the desk: who is expected, late, missing or here; confirmed by one key."""

from __future__ import annotations

from datetime import datetime

import pytest
from staff_driver import Desk, full_width

from db import Arrival, CheckIn, Expected, Status
from kiosk.staff.desk.list_screen import ListScreen
from kiosk.staff.desk.list_table import ListTable


def at(desk: Desk, hour: int, minute: int = 0) -> datetime:
    return desk.store.calendar.at(desk.store.day, hour, minute)


def book(desk: Desk, hour: int, minute: int, name: str, **other: object) -> None:
    """One more on the list; it is 10:42."""
    one = Expected(ref=name, due_at=at(desk, hour, minute), name=name, **other)
    desk.store.bring({f"{name}.csv": [one]}, "calendar")


def booked(desk: Desk, time: str = "10:30", name: str = "Zoë Brandt", **other: object) -> CheckIn:
    """Somebody checks in who says that they are booked."""
    return desk.arrive(name, appointment=True, appointment_time=time, **other)


async def test_the_page_says_who_is_missing_late_expected_and_here(desk: Desk) -> None:
    book(desk, 10, 12, "Missing One", practitioner="Wolf")
    book(desk, 10, 13, "Late One", service="cupping")
    book(desk, 10, 42, "Expected One")
    book(desk, 9, 0, "Come One")
    listed = desk.store.moment().bookings[0]
    desk.store.confirm(desk.arrive("Come").id, "Mei", listed.due_at, booking=listed.id)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("appt late: 2")
        await desk.press(".")
        await desk.sees("Missing 1", "Late 1", "Still to come 1", "Have come 1")
        rows = [line.split() for line in desk.lines if "One" in line][:4]
        assert [(row[row.index("One") - 1], row[-1]) for row in rows] == [
            ("Missing", "Wolf"),
            ("Late", "late"),
            ("Expected", "expected"),
            ("Come", "here"),
        ]
        assert "29" in desk.line_of("Late One")
        assert "A001" in desk.line_of("Come One")
        await desk.press(".")
        await desk.sees("call next")


async def test_a_list_that_changes_is_seen_at_once_and_time_passes(desk: Desk) -> None:
    book(desk, 10, 43, "Zoë Brandt")
    async with desk.open():
        await desk.sign_in()
        await desk.press("。")
        await desk.sees("expected", "Zoë Brandt")
        await desk.wait(130)
        await desk.sees("late")
        book(desk, 11, 0, "Anna Beck")
        await desk.sees("Anna Beck")


async def test_who_stands_at_the_desk_is_checked_in_by_one_key(desk: Desk) -> None:
    book(desk, 10, 30, "Zoë Brandt", phone="+8613812345678", service="cupping", practitioner="Wolf")
    async with desk.open():
        await desk.sign_in()
        await desk.press(".", "enter")
        await desk.sees("Lin added A001")
        [one] = desk.store.today()
        assert (one.due_at, one.service, one.practitioner) == (at(desk, 10, 30), "cupping", "Wolf")
        assert one.booking == desk.store.moment().bookings[0].id
        assert desk.store.person(one).phone == "+8613812345678"
        assert desk.selected == "A001"
        await desk.press(".", "enter")
        await desk.sees("A001")
        assert len(desk.store.today()) == 1, "who is here is gone to"
        await desk.press("u")
        await desk.until(lambda: desk.now_is(one).status is Status.void)
        assert desk.store.moment().come == {}


async def test_who_has_a_ticket_already_gets_no_second_one(desk: Desk) -> None:
    book(desk, 10, 30, "Zoë Brandt")
    one = desk.arrive("Zoe Brandt")
    async with desk.open():
        await desk.sign_in()
        await desk.press(".", "enter")
        await desk.sees("Booked at 10:30. Here already as:", "A001 Zoe Brandt")
        await desk.press("enter")
        await desk.until(lambda: desk.now_is(one).due_at == at(desk, 10, 30))
        assert len(desk.store.today()) == 1


@pytest.mark.parametrize("key", ["=", full_width("=")])
async def test_one_key_confirms_who_is_proposed_and_one_takes_it_back(desk: Desk, key: str) -> None:
    book(desk, 10, 30, "Zoë Brandt", practitioner="Wolf")
    one = booked(desk, "10:00", "brandt zoe")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("listed 10:30, said 10:00: = confirms")
        await desk.press(key)
        await desk.sees("Lin confirmed the appointment of A001", "confirmed")
        now = desk.now_is(one)
        assert (now.due_at, now.practitioner) == (at(desk, 10, 30), "Wolf")
        assert now.booking == desk.store.moment().bookings[0].id
        await desk.press(key)
        await desk.sees("A001 is confirmed for 10:30")
        await desk.press("u")
        await desk.until(lambda: desk.now_is(one).due_at is None)
        assert desk.now_is(one).booking is None


async def test_where_it_is_not_sure_it_asks(desk: Desk) -> None:
    book(desk, 10, 30, "Zoë Brandt")
    book(desk, 11, 0, "Zoë Silva")
    one = booked(desk, "10:30", "Zoe")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("perhaps on the list: = asks")
        await desk.press("=")
        await desk.sees("1  10:30 Zoë Brandt", "2  11:00 Zoë Silva", "3  10:30, as they said")
        await desk.press("2")
        await desk.until(lambda: desk.now_is(one).due_at == at(desk, 11))


async def test_the_same_name_at_quite_another_time_is_asked_about(desk: Desk) -> None:
    book(desk, 10, 30, "Zoë Brandt")
    booked(desk, "12:01")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("perhaps on the list: = asks")
        await desk.press("=")
        await desk.sees("1  10:30 Zoë Brandt", "2  12:01, as they said")


async def test_who_is_not_on_the_list_is_confirmed_as_they_said_or_by_another_time(
    desk: Desk,
) -> None:
    book(desk, 10, 30, "Zoë Brandt")
    one, other = booked(desk, "10:30", "Anna Beck"), booked(desk, "15:00", "Tom Marsh")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("not on the list: = asks")
        await desk.press("=")
        await desk.sees("1  10:30 Zoë Brandt", "2  10:30, as they said")
        await desk.press("2")
        await desk.until(lambda: desk.now_is(one).due_at == at(desk, 10, 30))
        assert desk.now_is(one).booking is None
        await desk.press("down", "=", "3", *["backspace"] * 5, *"9", "enter")
        await desk.sees("A time looks like 10:30. Nothing was changed.")
        await desk.press("=", "3", *["backspace"] * 5, *"1515", "enter")
        await desk.until(lambda: desk.now_is(other).due_at == at(desk, 15, 15))


async def test_without_a_list_the_time_that_was_said_is_confirmed(desk: Desk) -> None:
    one, other = booked(desk, "15:00"), desk.arrive("Anna")
    async with desk.open():
        await desk.sign_in()
        await desk.press("=")
        await desk.until(lambda: desk.now_is(one).due_at == at(desk, 15))
        await desk.press("down", "=")
        await desk.sees("Appointment of A002, such as 10:30:")
        await desk.press(*"1115", "enter")
        await desk.until(lambda: desk.now_is(other).due_at == at(desk, 11, 15))
        await desk.press(".")
        await desk.sees("Nobody is booked today, as far as is known here.")


async def test_hidden_names_are_neither_shown_nor_compared(desk: Desk) -> None:
    book(desk, 10, 30, "Zoë Brandt", phone="+8613812345678")
    booked(desk, "12:00", "Zoë Brandt", phone="13812345678")
    async with desk.open():
        await desk.sign_in()
        await desk.press("h")
        await desk.sees("not on the list: = asks")
        await desk.press("=")
        await desk.sees("1  10:30 (hidden)")
        await desk.press("escape", ".")
        await desk.sees("(hidden)")
        assert "Zoë" not in desk.text
        await desk.press("v")
        await desk.sees("Names and phones are hidden: h shows them")
        await desk.press("h")
        await desk.sees("Zoë Brandt", "138 **** 5678")
        await desk.press("v")
        await desk.sees("138 1234 5678")
        await desk.wait(11)
        await desk.sees("138 **** 5678")
    seen = [one for one in desk.accounts.audit.entries() if one.kind == "phone_seen"]
    assert len(seen) == 1


async def test_what_no_key_opens_is_sealed_and_can_be_confirmed_by_time(desk: Desk) -> None:
    book(desk, 10, 30, "Zoë Brandt")
    one = booked(desk, "10:30", "")
    for key in (desk.folder / "keys").glob("*.key"):
        key.unlink()
    async with desk.open():
        await desk.sign_in()
        await desk.press(".")
        await desk.sees("(sealed)")
        await desk.press("escape", "=")
        await desk.sees("1  10:30 (sealed)")
        await desk.press("1")
        await desk.until(lambda: desk.now_is(one).due_at == at(desk, 10, 30))


async def test_a_lock_and_a_call_for_help_close_the_page(desk: Desk) -> None:
    book(desk, 10, 30, "Zoë Brandt")
    async with desk.open():
        await desk.sign_in()
        await desk.press(".")
        await desk.sees("Zoë Brandt")
        page = desk.app.screen
        assert isinstance(page, ListScreen)
        table = page.query_one(ListTable)
        desk.store.call_for_help("kiosk 1")
        await desk.sees("HELP at kiosk 1", "call next")
        assert (page.listed, table.is_empty) == ({}, True), "names are let go of"
        await desk.press(".", "l")
        await desk.misses("Zoë Brandt")
        await desk.sees("Who are you?")


async def test_somebody_of_the_list_is_found_by_what_is_typed(desk: Desk) -> None:
    book(desk, 10, 30, "Zoë Brandt", phone="+8613812345678")
    book(desk, 10, 35, "王芳")
    book(desk, 10, 40, "Anna Müller")
    async with desk.open():
        await desk.sign_in()
        await desk.press(".", "/", *"muller")
        await desk.sees("Anna Müller")
        await desk.misses("Zoë Brandt")
        await desk.press("enter", "escape")
        await desk.sees("Zoë Brandt", "王芳", "Anna Müller")
        await desk.press("/", *"5678", "escape")
        await desk.sees("王芳")
        await desk.press("/", *"nobody")
        await desk.sees("Nobody was found")
        await desk.press(*["backspace"] * 6, *"wangf", "enter")
        await desk.misses("Anna Müller")
        await desk.press("enter")
        await desk.sees("Lin added A001")
        assert desk.store.person(desk.store.today()[0]).name == "王芳"
        await desk.press("h", ".", "/", *"zoe")
        await desk.sees("Nobody was found")


async def test_who_was_checked_in_by_a_colleague_meanwhile_stays_theirs(desk: Desk) -> None:
    book(desk, 10, 30, "Zoë Brandt")
    async with desk.open():
        await desk.sign_in()
        await desk.press(".")
        await desk.sees("Zoë Brandt")
        [one] = desk.store.moment().bookings
        desk.send("enter")
        came = desk.store.check_in(Arrival(), by="Mei", due_at=one.due_at, booking=one.id)
        await desk.sees("They are here already, as A001")
        await desk.press("u")
        await desk.settle()
        assert desk.now_is(came).status is Status.waiting, "what Mei did is not taken back unasked"
        assert len(desk.store.today()) == 1
