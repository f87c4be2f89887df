"""What the table says of waiting: who is next, how long, and of calls that nobody answered."""

from pathlib import Path

from staff_driver import Desk

from db import Role, Status
from kiosk.settings import Room


async def test_who_is_next_is_marked_and_is_whom_n_calls(tmp_path: Path) -> None:
    rooms = (Room("1", services=("tuina",)), Room("2"))
    desk = Desk(tmp_path, rooms=rooms, wait_alarms={"acupuncture": 5}, staff_idle_minutes=60)
    desk.hire()
    first = desk.arrive("Zoë", service="cupping")
    mine = desk.arrive("Ada", service="tuina")
    late = desk.arrive("Omar", service="acupuncture")
    async with desk.open():
        await desk.sign_in("Mei", "1", Role.practitioner)
        await desk.wait(6 * 60)
        await desk.sees("LATE")
        assert "LATE" in desk.line(late.ticket)
        assert desk.tickets == [first.ticket, mine.ticket, late.ticket], "alarms move nobody"
        assert "next in line" in desk.line(mine.ticket)
        assert "waiting" in desk.line(first.ticket)
        await desk.press("n")
        await desk.sees(f"Mei called {mine.ticket} to Room 1")


async def test_time_at_the_laboratory_counts_for_no_alarm(tmp_path: Path) -> None:
    desk = Desk(tmp_path, wait_alarm_minutes=30, staff_idle_minutes=90)
    desk.hire()
    one = desk.arrive("Zoë")
    desk.passed += 10 * 60
    desk.store.park(one.id, "Mei")
    desk.passed += 45 * 60
    async with desk.open():
        await desk.sign_in()
        await desk.press("enter")
        await desk.sees("Longest 10 min")
        assert "LATE" not in desk.text
        assert " 10  next" in desk.line("A001")
        await desk.wait(20 * 60)
        assert "LATE" in desk.line("A001")


async def test_calls_that_nobody_answered_are_shown_and_the_limit_holds(tmp_path: Path) -> None:
    desk = Desk(tmp_path, recall_limit=1)
    desk.hire()
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.press("enter", "1")
        await desk.sees("called R1")
        await desk.press("r")
        await desk.sees("called R1 2x")
        await desk.press("w")
        await desk.sees("missed 2x")
        await desk.press("enter", "2")
        await desk.sees("called R2 3x")
        await desk.press("r")
        assert "A001 was called 3x to Room 2 and has not come in:" in desk.text
        assert "Call again" not in desk.text
        await desk.press("3")
        await desk.until(lambda: desk.now_is(one).status is Status.in_service)
