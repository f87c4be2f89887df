"""Where confirmed appointments order the queue: the table has the order of the calls."""

from datetime import datetime
from pathlib import Path

import pytest
from lobby_driver import DUE_FIRST
from staff_driver import Desk

from db import Role


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that looks often whether time has passed; it is 10:42."""
    monkeypatch.setattr("db.watch.LOOK_AGAIN", 0.02)
    desk = Desk(tmp_path, clinic=DUE_FIRST, wait_alarm_minutes=10, staff_idle_minutes=90)
    desk.hire()
    return desk


def clock(desk: Desk, hour: int, minute: int) -> datetime:
    return desk.store.calendar.at(desk.store.day, hour, minute)


async def test_who_becomes_due_moves_though_nobody_presses_a_key(desk: Desk) -> None:
    walk_in = desk.arrive("Zoë")
    booked = desk.arrive("Omar")
    desk.store.confirm(booked.id, "Mei", clock(desk, 11, 0))
    async with desk.open():
        await desk.sign_in("Mei", "1", Role.practitioner)
        assert desk.tickets == [walk_in.ticket, booked.ticket]
        assert "next in line" in desk.line(walk_in.ticket)
        desk.passed += 18 * 60
        await desk.until(lambda: desk.tickets == [booked.ticket, walk_in.ticket])
        assert "next in line" in desk.line(booked.ticket)
        assert "waiting" in desk.line(walk_in.ticket)
        await desk.press("n")
        await desk.sees(f"Mei called {booked.ticket} to Room 1")


async def test_who_came_early_is_late_only_long_after_their_appointment(desk: Desk) -> None:
    booked = desk.arrive("Omar")
    desk.store.confirm(booked.id, "Mei", clock(desk, 11, 0))
    async with desk.open():
        await desk.sign_in()
        await desk.wait(27 * 60)
        await desk.sees("Longest 9 min")
        assert "LATE" not in desk.text
        await desk.wait(60)
        await desk.sees("Longest 10 min", "LATE")


async def test_it_is_told_who_has_a_confirmed_appointment_and_who_only_says_so(desk: Desk) -> None:
    said = desk.arrive("Zoë", appointment=True, appointment_time="10:50", practitioner="Lin")
    booked = desk.arrive("Omar", appointment=True, appointment_time="10:30")
    desk.store.confirm(booked.id, "Mei", clock(desk, 10, 45))
    async with desk.open((120, 36)):
        await desk.sign_in()
        await desk.sees("appt with Lin")
        assert "appt" in desk.line(said.ticket)
        assert "confirmed" not in desk.line(said.ticket)
        assert "10:45" in desk.line(booked.ticket)
        assert "confirmed" in desk.line(booked.ticket)
        await desk.press("down")
        await desk.sees("appt 10:45 confirmed")
        desk.store.confirm(booked.id, "Mei", clock(desk, 10, 50), "Ng")
        await desk.sees("appt 10:50 confirmed  appt with Ng")
        desk.store.set_away("Ng", away=True, by="Mei")
        await desk.sees("appt 10:50 confirmed  appt with Ng, who is away today")
