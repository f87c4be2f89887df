"""The lobby over a store in trouble: a ticket on disk or the desk, and afterwards all is well."""

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from lobby_driver import Lobby

from db import Arrival, CheckInStore, StoreBusy
from kiosk.widgets.words import Words

TO_AGREE = ("1", "1", "9", "1", "3", "enter")
"""From Home to the last question, without name and phone."""
DESK = "Please check in at the desk"
Trouble = Callable[["Clinic"], AbstractContextManager[None]]


class Clinic(Lobby):
    """A lobby whose clock can be set, with little patience for a lock that is taken."""

    def __init__(self, tmp_path: Path) -> None:
        self.set_by = timedelta()
        """How wrong the clock is; the clock that counts idle seconds knows nothing of it."""
        super().__init__(tmp_path)
        self.data = tmp_path / "data"

    def now(self) -> Any:
        return super().now() + self.set_by

    def open_store(self) -> CheckInStore:
        return super().open_store(lock_timeout=0.02)

    @property
    def journal(self) -> Path:
        return self.data / "downtown" / "2026-11-23.jsonl"

    async def check_in(self) -> str:
        """Check somebody in from Home and say what stands on the last screen."""
        await self.type([*TO_AGREE, "1"])
        return self.words

    async def look_up(self, digits: str) -> str:
        """Ask where a ticket stands, from Home, and give the answer."""
        await self.type(["6", *digits, "enter"])
        (said,) = self.app.screen.query("#answer, #said").results(Words)
        return said.text

    async def home_says(self, text: str) -> None:
        """Wait until Home says it."""
        await self.press("f10")
        for _ in range(1000):
            if text in self.words:
                return
            await self.pilot.pause()
        raise AssertionError(f"Home does not say {text!r}\n{self.text}")

    def on_disk(self) -> list[tuple[date, str]]:
        """Days and tickets, by a handle that never saw anything before."""
        store = self.open_store()
        try:
            return [(one.day, one.ticket) for one in store.today()]
        finally:
            store.close()


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    monkeypatch.setattr("kiosk.app.queue_watch.RETRY_SECONDS", 0.05)
    monkeypatch.setattr("db.watch.LOOK_AGAIN", 0.05)
    return Clinic(tmp_path)


TODAY = date(2026, 11, 23)
TOMORROW = date(2026, 11, 24)
FIRST, SECOND = (TODAY, "A001"), (TODAY, "A002")


async def the_rest_works(clinic: Clinic) -> None:
    """Go through what needs no store, and back to Home."""
    for keys, screen in [
        (["f10", "2", "1"], "ReaderScreen"),
        (["minus", "minus", "3"], "ServicesScreen"),
        (["minus", "4"], "LocationsScreen"),
        (["minus"], "HomeScreen"),
    ]:
        await clinic.type(keys)
        assert clinic.screen == screen


# Troubles that go away: each breaks the store for a while


def _refuse(call: Callable[..., Any], number: int) -> Callable[..., Any]:
    def refused(handle: int, *rest: object) -> Any:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        return call(handle, *rest)

    return refused


@contextmanager
def full_disk(clinic: Clinic) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "write", _refuse(os.write, errno.ENOSPC))
        yield


@contextmanager
def disk_that_does_not_sync(clinic: Clinic) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fdatasync", _refuse(os.fdatasync, errno.EIO))
        yield


@contextmanager
def folder_gone(clinic: Clinic) -> Iterator[None]:
    away = clinic.data.rename(clinic.folder / "unplugged")
    yield
    assert not clinic.data.exists(), "nothing may be written beneath a disk that is not there"
    away.rename(clinic.data)


@contextmanager
def clock_without_a_date(clinic: Clinic) -> Iterator[None]:
    clinic.set_by = timedelta(days=-20_000)
    yield
    clinic.set_by = timedelta()


@pytest.mark.parametrize("trouble", [full_disk, disk_that_does_not_sync])
async def test_what_cannot_be_written_goes_on_at_the_desk(clinic: Clinic, trouble: Trouble) -> None:
    clinic.store.check_in(Arrival())
    async with clinic.open():
        with trouble(clinic):
            assert DESK in await clinic.check_in()
            await the_rest_works(clinic)
            await clinic.home_says("1 person waiting")
        assert clinic.on_disk() == [FIRST]
        assert "You are checked in" in await clinic.check_in()
        assert clinic.on_disk() == [FIRST, SECOND]


@pytest.mark.parametrize("trouble", [folder_gone, clock_without_a_date])
async def test_what_cannot_be_read_is_said_on_home(
    clinic: Clinic, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    async with clinic.open():
        assert "You are checked in" in await clinic.check_in()
        with trouble(clinic):
            await clinic.wait(1)
            assert clinic.screen == "TicketScreen", "the ticket is theirs, whatever comes"
            await clinic.home_says(DESK)
            assert DESK in await clinic.check_in()
            assert "cannot save check-ins just now" in clinic.words
            await the_rest_works(clinic)
            assert DESK in clinic.words
            assert "The queue cannot be read just now" in await clinic.look_up("1")
        await clinic.home_says("1 person waiting")
        assert DESK not in clinic.words
        assert "You are checked in" in await clinic.check_in()
        assert clinic.on_disk() == [FIRST, SECOND]
        await clinic.home_says("2 people waiting")
    noted = [record.getMessage() for record in caplog.records]
    assert "the store refused" in noted
    assert len(noted) == 2, "the other is the queue's, noted once however often it was tried"


async def test_a_new_folder_is_used_as_it_is(clinic: Clinic) -> None:
    clinic.store.check_in(Arrival())
    async with clinic.open():
        await clinic.home_says("1 person waiting")
        shutil.rmtree(clinic.data)
        clinic.journal.parent.mkdir(parents=True)
        await clinic.home_says("0 people waiting")
        assert "You are checked in" in await clinic.check_in()
        assert clinic.on_disk() == [FIRST]
        await clinic.home_says("1 person waiting")


async def test_a_disk_that_is_read_only_can_be_read(clinic: Clinic) -> None:
    clinic.data.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "small", str(clinic.data)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small file system")

    def remount(how: str) -> None:
        clinic.app.store().close()
        command = ["mount", "-o", f"remount,{how}", str(clinic.data)]
        subprocess.run(command, check=True)

    try:
        clinic.store.check_in(Arrival())
        clinic.store.close()
        async with clinic.open():
            remount("ro")
            assert DESK in await clinic.check_in()
            await the_rest_works(clinic)
            await clinic.home_says("1 person waiting")
            remount("rw")
            assert "You are checked in" in await clinic.check_in()
            assert clinic.on_disk() == [FIRST, SECOND]
            clinic.app.store().close()
    finally:
        subprocess.run(["umount", "--lazy", str(clinic.data)], check=True)


# A damaged journal


@pytest.fixture
def damaged(clinic: Clinic) -> bytes:
    """What the day's journal held before a byte of its middle was changed."""
    clinic.store.check_in(Arrival())
    clinic.store.check_in(Arrival())
    clinic.store.close()
    whole = clinic.journal.read_bytes()
    middle = len(whole) // 2
    clinic.journal.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    return whole


async def test_a_damaged_day_is_left_alone_until_it_is_mended(
    clinic: Clinic, damaged: bytes
) -> None:
    as_found = clinic.journal.read_bytes()
    async with clinic.open():
        await clinic.home_says(DESK)
        assert DESK in await clinic.check_in()
        await the_rest_works(clinic)
        assert DESK in clinic.words
        assert clinic.journal.read_bytes() == as_found
        clinic.journal.write_bytes(damaged)
        await clinic.home_says("2 people waiting")
        assert "You are checked in" in await clinic.check_in()
        assert clinic.on_disk() == [FIRST, SECOND, (TODAY, "A003")]


@pytest.mark.usefixtures("damaged")
async def test_a_damaged_day_is_over_in_the_morning(clinic: Clinic) -> None:
    async with clinic.open():
        await clinic.home_says(DESK)
        clinic.set_by = timedelta(days=1)
        await clinic.home_says("0 people waiting")
        assert "You are checked in" in await clinic.check_in()
        assert clinic.on_disk() == [(TOMORROW, "A001")]


# The clock


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


# Another process holds the lock


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

    store.check_in = noted  # type: ignore[method-assign]
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
