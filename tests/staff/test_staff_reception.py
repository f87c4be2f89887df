"""`o`, reception at the staff's screen: no time that is over, and open only with somebody there."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from siblings import siblings
from staff_driver import Desk

from db import Reception, ReceptionState, Role
from kiosk.staff.acts.choices import times_of_today


async def test_a_time_that_is_over_when_it_is_chosen_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path, staff_idle_minutes=60)
    async with desk.open():
        await desk.sign_in()
        await desk.press("o", "2")
        await desk.sees("Back at:", "1  11:00")
        desk.passed += 18 * 60
        await desk.press("1")
        await desk.sees("11:00 is over. Nothing was changed.")
        assert desk.store.reception_said() is None


async def test_any_time_of_today_can_be_typed(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("o", "2")
        await desk.sees("Back at:", "7  Another time", "Enter  do not say")
        await desk.press("7")
        await desk.sees("Back at:", "A time of today, such as 10:30", "Enter  save")
        await desk.press(*"1125", "enter")
        await desk.sees("Lin: reception is away", " o  away 11:25")
        assert desk.store.reception_said() == Reception(ReceptionState.away, "11:25")
        await desk.press("u")
        await desk.sees(" o  open")


@siblings(
    2,
    ("typed", "said"),
    [
        ("soon", "A time looks like 10:30. Nothing was changed."),
        ("2560", "A time looks like 10:30. Nothing was changed."),
        ("", "A time looks like 10:30. Nothing was changed."),
        ("1³", "A time looks like 10:30. Nothing was changed."),
        ("9.30", "09:30 is over. Nothing was changed."),
    ],
)
async def test_what_is_no_time_is_said_and_stays_to_be_mended(
    desk: Desk, typed: str, said: str
) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("o", "2", "7", *typed, "enter")
        await desk.sees(said, "Back at:", typed)
        assert desk.store.reception_said() is None
        await desk.press("ctrl+u", *"１２：０５", "enter")
        await desk.sees(" o  away 12:05")


async def test_enter_does_not_say_when_reception_is_back(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("o", "2", "enter")
        await desk.sees("Lin: reception is away", " o  away")
        assert desk.store.reception_said() == Reception(ReceptionState.away)


async def test_a_typed_time_is_left_without_a_change(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("o", "2", "7", *"11", "escape")
        await desk.misses("Back at:")
        assert desk.store.reception_said() is None


async def test_a_time_that_is_over_no_longer_stands_in_the_header(tmp_path: Path) -> None:
    desk = Desk(tmp_path, staff_idle_minutes=60)
    async with desk.open():
        await desk.sign_in()
        await desk.press("o", "2", "1")
        await desk.sees(" o  away 11:00")
        desk.passed += 18 * 60
        await desk.misses("away 11:00")
        assert " o  away" in desk.text
        assert desk.store.reception_said() == Reception(ReceptionState.away, "11:00")


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        ("21:00", ["21:15", "21:30", "21:45", "22:00", "22:30", "23:00"]),
        ("23:12", ["23:30", "23:45"]),
        ("23:50", []),
    ],
)
def test_only_times_of_today_are_offered(now: str, offered: list[str]) -> None:
    hour, minute = map(int, now.split(":"))
    today = datetime(2026, 11, 23) + timedelta(hours=hour, minutes=minute)  # noqa: DTZ001 - typed
    assert [f"{time:%H:%M}" for time in times_of_today(today)] == offered


async def test_open_is_not_open_while_nobody_is_at_the_desk(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in("Mei", "2", Role.practitioner)
        await desk.sees(" o  away")
        await desk.press("o", "1")
        await desk.sees("Reception is open as soon as somebody signs in at the desk", " o  away")
        desk.open_store(device="front").mark_present("Lin")
        await desk.sees(" o  open")
        await desk.press("o", "1")
        await desk.sees("Mei: reception is open")
