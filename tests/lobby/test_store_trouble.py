"""The lobby over a store in trouble: a ticket on disk or the desk, and afterwards all is well."""

import errno
import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from siblings import siblings
from troubled_clinic import DESK, FIRST, SECOND, TODAY, TOMORROW, Clinic, the_rest_works

from db import Arrival

Trouble = Callable[["Clinic"], AbstractContextManager[None]]


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


@siblings(1, "trouble", [full_disk, disk_that_does_not_sync])
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


@siblings(1, "trouble", [folder_gone, clock_without_a_date])
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


@pytest.mark.wide
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
        mended = clinic.journal.with_suffix(".mended")
        mended.write_bytes(damaged)
        mended.replace(clinic.journal)
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
