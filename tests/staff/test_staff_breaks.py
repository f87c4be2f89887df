"""A room has a break until a time: `n` calls nobody there, and everybody at a desk sees it."""

from datetime import timedelta
from pathlib import Path

from staff_driver import Desk

from db import Role
from kiosk.settings import Room


async def test_at_the_desk_a_room_and_a_time_are_asked_for(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.press("z")
        assert "Break of:" in desk.text
        await desk.press("2")
        assert "Room 2 has a break until:" in desk.text
        await desk.press("2")
        await desk.sees("Lin: Room 2 has a break until 11:15", "R2 break until 11:15")
        await desk.press("n")
        offered = desk.text.partition("Call the next to:")[2]
        assert "Room 1" in offered
        assert "Room 3" in offered
        assert "Room 2" not in offered
        await desk.press("3")
        await desk.sees(f"Lin called {one.ticket} to Room 3")


async def test_a_break_is_over_with_its_time_with_the_key_and_with_undo(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("z", "2", "1", "u")
        await desk.sees("Lin: Room 2 goes on")
        await desk.misses("break until")
        await desk.press("z", "2", "1")
        await desk.sees("R2 break until 11:00")
        await desk.press("z")
        assert "Room 2 goes on" in desk.text
        await desk.press("2")
        await desk.misses("break until")
        await desk.press("u")
        await desk.sees("Lin: Room 2 has a break until 11:00", "R2 break until 11:00")
        desk.passed += 18 * 60
        await desk.misses("R2 break until")


async def test_in_a_room_the_own_one_has_it_and_n_says_which_key_ends_it(desk: Desk) -> None:
    desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in("Wolf", room="2", role=Role.practitioner)
        await desk.press("z", "1")
        await desk.sees("Wolf: Room 2 has a break until 11:00", "R2 break until")
        await desk.press("n")
        await desk.sees("Room 2 has a break until 11:00: z ends it")
        assert desk.store.queue()[0].room is None
        await desk.press("z")
        await desk.sees("Wolf: Room 2 goes on")
        await desk.misses("R2 break until")
        await desk.press("n")
        await desk.sees("Wolf called A001 to Room 2")


async def test_any_time_of_today_can_be_typed_and_one_that_is_over_is_refused(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, rooms=(Room("1"),))
    desk.hire()
    async with desk.open():
        await desk.sign_in()
        await desk.press("z", "7", *"1310", "enter")
        await desk.sees("has a break until 13:10", "R1 break until")
        await desk.press("z")
        await desk.misses("R1 break until")
        await desk.press("z", "7", "9", "enter")
        await desk.sees("A time looks like 10:30. Nothing", "Room 1 has a break until:")
        await desk.press("backspace", *"0900", "enter")
        await desk.sees("09:00 is over. Nothing was changed.")
        await desk.press("escape")
        await desk.misses("Room 1 has a break until:")
        assert desk.store.moment().paused(desk.now()) == {}


async def test_a_second_press_knows_of_the_first_before_it_is_read(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in("Wolf", room="2", role=Role.practitioner)
        screen = desk.app.screen
        screen.workers.cancel_group(screen, "follow")
        desk.send("z", "1", "z")
        await desk.sees("Wolf: Room 2 goes on")
        assert desk.store.moment().paused(desk.now()) == {}
        desk.send("y", "1", "y")
        await desk.sees("Matthew Stevens is here after all")
        desk.send("escape", "j", "L", "enter", "enter", "1", "j")
        await desk.sees("There is a notice until")


async def test_what_a_colleague_said_later_is_not_hidden_by_what_was_said_here(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in("Wolf", room="2", role=Role.practitioner)
        await desk.press("z", "1")
        await desk.sees("R2 break until")
        desk.store.set_break("2", None, "Mei")
        await desk.misses("R2 break until")
        await desk.press("z")
        assert "Room 2 has a break until:" in desk.text


async def test_what_of_today_has_no_room_is_counted(desk: Desk) -> None:
    until = desk.now() + timedelta(minutes=33)
    for room in "123":
        desk.store.set_break(room, until, "Mei")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Longest 0 min  R1 break until 11:15 +2")
