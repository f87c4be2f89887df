"""The lobby while the clock is wrong, and while another terminal holds the store's lock."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from troubled_clinic import DESK, FIRST, SECOND, TO_AGREE, TOMORROW, Clinic, the_rest_works

from db import Arrival, StoreBusy


async def test_a_clock_set_back_keeps_day_and_order(clinic: Clinic) -> None:
    clinic.store.check_in(Arrival())
    async with clinic.open():
        clinic.set_by = timedelta(hours=-30)
        assert "You are checked in" in await clinic.check_in()
        await clinic.home_says("2 people waiting")
        assert clinic.on_disk() == [FIRST, SECOND]
        arrived = [one.arrived_at for one in clinic.today()]
        assert arrived == sorted(arrived)


async def test_a_clock_set_forward_and_put_right_gives_tickets_throughout(clinic: Clinic) -> None:
    clinic.store.check_in(Arrival())
    async with clinic.open():
        clinic.set_by = timedelta(days=1)
        assert "You are checked in" in await clinic.check_in()
        assert clinic.on_disk() == [(TOMORROW, "A001")]
        clinic.set_by = timedelta()
        await clinic.home_says("1 person waiting")
        assert "You are checked in" in await clinic.check_in()
        assert clinic.on_disk() == [(TOMORROW, "A001"), (TOMORROW, "A002")]


async def test_a_check_in_typed_over_the_end_of_the_day_belongs_to_the_new_one(
    clinic: Clinic,
) -> None:
    clinic.set_by = timedelta(hours=17, minutes=17)  # 3:59 in Shanghai
    clinic.store.check_in(Arrival())
    async with clinic.open():
        await clinic.type(TO_AGREE)
        clinic.passed += 50
        assert clinic.on_disk() == [FIRST]
        clinic.passed += 11
        await clinic.press("1")
        assert clinic.screen == "TicketScreen"
        assert clinic.on_disk() == [(TOMORROW, "A001")]
        await clinic.home_says("1 person waiting")


@pytest.fixture
def holder(clinic: Clinic) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the store's lock until it reads a line; somebody has checked in."""
    clinic.store.check_in(Arrival())
    code = (
        "import fcntl, sys\n"
        "lock = open(sys.argv[1])\n"
        "fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "print('held', flush=True)\n"
        "sys.stdin.readline()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(clinic.journal.parent / ".lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


async def test_one_moment_please_until_the_other_terminal_is_done(
    clinic: Clinic, holder: subprocess.Popen[str]
) -> None:
    refused, may_go = threading.Event(), threading.Event()
    store = clinic.app.store()
    check_in = store.check_in

    def noted(arrival: Arrival, **options: Any) -> Any:
        try:
            return check_in(arrival, **options)
        except StoreBusy:
            refused.set()
            assert may_go.wait(10)
            raise

    store.check_in = noted
    async with clinic.open():
        clinic.held = True
        await clinic.type(TO_AGREE)
        clinic.send("1")
        while not refused.is_set():
            await clinic.pilot.pause()
        await clinic.wait(200)
        assert "One moment please" in clinic.words
        assert clinic.screen == "CheckInScreen"
        holder.communicate("enough\n")
        may_go.set()
        clinic.held = False
        await clinic.settle()
        assert "You are checked in" in clinic.words
        assert clinic.on_disk() == [FIRST, SECOND]


@pytest.mark.wide
async def test_a_stopped_terminal_stops_check_in_and_nothing_else(
    clinic: Clinic, holder: subprocess.Popen[str]
) -> None:
    holder.send_signal(signal.SIGSTOP)
    async with clinic.open():
        await clinic.home_says("1 person waiting")
        assert DESK in await clinic.check_in()
        await the_rest_works(clinic)
        assert "You are next." in await clinic.look_up("1")
        await clinic.home_says("1 person waiting")
        holder.kill()
        holder.wait()
        assert "You are checked in" in await clinic.check_in()
        assert clinic.on_disk() == [FIRST, SECOND]
        await clinic.home_says("2 people waiting")
