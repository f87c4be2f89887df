"""What staff must not miss: the bell, the screen that is locked, and waits grown too long."""

from pathlib import Path

import pytest
from staff_driver import Desk


@pytest.fixture
def rung(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every ring of this terminal."""
    rung: list[str] = []
    monkeypatch.setattr(desk.app, "bell", lambda: rung.append("ring"))
    return rung


async def test_the_bell_rings_once_for_each_that_nobody_answers(
    desk: Desk, rung: list[str]
) -> None:
    async with desk.open():
        await desk.sign_in()
        assert rung == []
        first = desk.arrive(urgent=True)
        await desk.sees(f"{first.ticket} URGENT")
        assert rung == ["ring"]
        desk.arrive()
        await desk.sees("Waiting 2")
        assert rung == ["ring"]
        desk.store.call_for_help("kiosk-1")
        await desk.sees("HELP at kiosk-1")
        assert rung == ["ring", "ring"]
        await desk.press("i")
        await desk.sees("Lin is going")
        assert rung == ["ring", "ring"]


async def test_a_locked_screen_keeps_bell_tickets_and_counts_and_no_name(
    desk: Desk, rung: list[str]
) -> None:
    async with desk.open():
        await desk.sign_in()
        desk.arrive("Quillfeather", "13800138000")
        await desk.sees("Quillfeather")
        await desk.press("l")
        await desk.sees("Who are you?", "Waiting 1")
        urgent = desk.arrive("Quillfeather", urgent=True)
        await desk.sees(f"{urgent.ticket} URGENT", "Waiting 2")
        assert rung == ["ring"]
        assert "Quillfeather" not in desk.text
        assert "138" not in desk.text


async def test_each_service_has_its_own_alarm_which_marks_and_moves_nobody(tmp_path: Path) -> None:
    desk = Desk(tmp_path, wait_alarm_minutes=30, wait_alarms={"cupping": 10}, staff_idle_minutes=60)
    desk.hire()
    async with desk.open():
        await desk.sign_in()
        patient = desk.arrive(service="acupuncture")
        short = desk.arrive(service="cupping")
        await desk.sees(short.ticket)
        assert desk.tickets == [patient.ticket, short.ticket]
        await desk.wait(11 * 60)
        await desk.sees("LATE")
        assert "LATE" in desk.line(short.ticket)
        assert "LATE" not in desk.line(patient.ticket)
        assert desk.tickets == [patient.ticket, short.ticket], "the order is the calling order"
