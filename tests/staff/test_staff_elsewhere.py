"""Who goes home, to another room, or goes on after the end: a key each, which `u` takes back."""

from pathlib import Path

from staff_driver import Desk

from db import CheckIn, Status
from kiosk.settings import Room


def in_room(desk: Desk, room: str, by: str = "Mei") -> CheckIn:
    """Somebody who is inside."""
    one = desk.arrive("Zoë")
    return desk.store.begin(desk.store.call(one.id, room, by).id, by)


async def test_who_leaves_is_no_mistake_and_no_show_and_can_come_back(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.press("q")
        await desk.sees(f"Lin: {one.ticket} has left", "Nobody is here any more")
        assert desk.now_is(one).status is Status.left
        await desk.press("u")
        await desk.sees(f"Lin took back: {one.ticket} left")
        assert desk.now_is(one).status is Status.waiting


async def test_who_is_with_staff_has_not_left(desk: Desk) -> None:
    one = in_room(desk, "2")
    async with desk.open():
        await desk.sign_in()
        await desk.press("q")
        assert desk.now_is(one).status is Status.in_service


async def test_a_visit_that_somebody_else_ended_goes_on_for_a_reason(desk: Desk) -> None:
    one = in_room(desk, "2")
    desk.store.complete(one.id, "Mei")
    async with desk.open():
        await desk.sign_in()
        await desk.press("f", "5")
        await desk.sees("done 10:42")
        await desk.press("e")
        assert f"Reopen {one.ticket}, why?" in desk.text
        await desk.press("enter")
        assert desk.now_is(one).status is Status.done, "a bare Enter is no reason"
        await desk.press("1")
        await desk.sees(f"Lin reopened {one.ticket}")
        now, event = desk.now_is(one), desk.store.history(one.id)[-1]
        assert (now.status, now.room, event.reason) == (Status.in_service, "2", "ended by mistake")
        await desk.press("u")
        await desk.sees(f"Lin took back: {one.ticket} reopened")
        assert desk.now_is(one).status is Status.done


async def test_who_has_come_back_waits_first_in_line(desk: Desk) -> None:
    one = in_room(desk, "2")
    desk.store.complete(one.id, "Mei")
    other = desk.arrive("Mallory")
    async with desk.open():
        await desk.sign_in()
        await desk.press("f", "5", "e", "2")
        await desk.sees(f"Lin reopened {one.ticket}")
        assert [c.ticket for c in desk.store.queue()] == [one.ticket, other.ticket]


async def test_two_are_in_one_room_only_where_it_is_said(desk: Desk) -> None:
    one = in_room(desk, "2")
    desk.store.complete(one.id, "Mei")
    other = in_room(desk, "2")
    async with desk.open():
        await desk.sign_in()
        await desk.press("f", "5", "e")
        await desk.sees(f"Ended by mistake: in Room 2, to {other.ticket}")
        await desk.press("escape", "escape")
        third = desk.store.call(desk.arrive("Mallory").id, "1", "Mei")
        await desk.until(lambda: desk.selected == third.ticket or third.ticket in desk.text)
        await desk.press("home", "s")
        assert f"Room 2, to {other.ticket}" in desk.text
        await desk.press("2")
        await desk.sees(f"{other.ticket} in Room 2. Send {third.ticket} there:")
        assert desk.now_is(third).room == "1"
        await desk.press("2")
        await desk.sees(f"Lin sent {third.ticket} to Room 2")
        assert desk.now_is(third).room == "2"
        assert desk.now_is(other).status is Status.in_service


async def test_who_was_called_or_is_inside_goes_to_another_room(desk: Desk) -> None:
    one = in_room(desk, "2")
    async with desk.open():
        await desk.sign_in()
        await desk.press("s")
        assert "Room 2" not in desk.text.partition("Send")[2]
        await desk.press("3")
        await desk.sees(f"Lin sent {one.ticket} to Room 3")
        assert (desk.now_is(one).status, desk.now_is(one).room) == (Status.in_service, "3")
        await desk.press("u")
        await desk.sees(f"Lin took back: {one.ticket} moved to Room")
        assert desk.now_is(one).room == "2"


async def test_with_two_rooms_the_other_one_is_no_question(tmp_path: Path) -> None:
    desk = Desk(tmp_path, rooms=(Room("1"), Room("2")))
    desk.hire()
    one = in_room(desk, "1")
    async with desk.open():
        await desk.sign_in()
        await desk.press("s")
        await desk.sees(f"Lin sent {one.ticket} to Room 2")
    assert desk.now_is(one).room == "2"


async def test_with_the_laboratory_alone_one_key_sends_there(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        assert "k  to lab" in desk.text
        await desk.press("k")
        await desk.sees(f"Lin sent {one.ticket} to the laboratory", "lab 10:42", "At lab 1")
        assert desk.store.history(one.id)[-1].reason == "laboratory"


async def test_with_more_places_the_key_asks_and_the_row_says_where(tmp_path: Path) -> None:
    desk = Desk(tmp_path, places=("laboratory", "cashier", "herbs", "X-ray"))
    desk.hire()
    people = [desk.arrive("Zoë") for _ in range(4)]
    async with desk.open():
        await desk.sign_in()
        assert "k  send to" in desk.text
        for one, key, where, mark in zip(
            people,
            "1234",
            ("the laboratory", "the cashier", "the herbal pharmacy", "X-ray"),
            ("lab 10:42", "cashier 10:42", "herbs 10:42", "X-ray 10:42"),
            strict=True,
        ):
            await desk.press("home", "k", key)
            await desk.sees(f"Lin sent {one.ticket} to {where}", mark)
        await desk.sees("Sent on 4")
        await desk.press("u")
        await desk.sees(f"Lin took back: {one.ticket} sent on")
        assert desk.now_is(one).status is Status.waiting


async def test_those_sent_on_are_a_part_of_the_queue_all_of_them_and_by_place(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, places=("laboratory", "cashier"))
    desk.hire()
    one, two = desk.arrive("Zoë"), desk.arrive("Omar")
    desk.store.park(one.id, "Mei", place="laboratory")
    desk.store.park(two.id, "Mei", place="cashier")
    async with desk.open():
        await desk.sign_in()
        await desk.press("f")
        offered = desk.text.partition("Show:")[2]
        assert "At lab" not in offered
        await desk.press("4")
        assert "Sent on  2" in desk.text
        await desk.press("f", "7")
        assert "Sent to the cashier  1" in desk.text
        assert desk.tickets == [two.ticket]
