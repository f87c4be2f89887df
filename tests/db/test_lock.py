"""The lock lets go whatever fails, and never lets two write at once."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, CheckInStore, StoreBusy, StoreUnavailable
from db.lock import FileLock

Open = Callable[..., CheckInStore]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".lock"


@pytest.fixture
def lock(path: Path) -> Iterator[FileLock]:
    lock = FileLock(path, timeout=5)
    yield lock
    lock.close()


def is_free(path: Path) -> bool:
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def handles() -> list[str]:
    names = os.listdir("/proc/self/fd")  # noqa: PTH208 - it opens one of its own otherwise
    found = [Path("/proc/self/fd") / name for name in names]
    return sorted(str(one.readlink()) for one in found if one.is_symlink())


class Faults:
    """Counts the calls that the lock makes, in all threads, and lets one of them fail."""

    def __init__(self, patch: pytest.MonkeyPatch, fails: int, error: BaseException) -> None:
        self.calls: list[str] = []
        self._fails, self._error, self._busy = fails, error, False
        for owner, name in (
            (os, "open"),
            (os, "fstat"),
            (Path, "stat"),
            (threading.Thread, "start"),
            (fcntl, "flock"),
        ):
            patch.setattr(owner, name, self._counted(name, getattr(owner, name)))

    def seem_busy(self) -> None:
        """Let the next try to lock find the lock taken."""
        self._busy = True

    def _counted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **more: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) == self._fails:
                raise self._error
            if self._busy and name == "flock":
                self._busy = False
                raise BlockingIOError
            return call(*args, **more)

        return counted


@pytest.mark.parametrize("busy", [False, True], ids=["free", "busy"])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOLCK, errno.ENOMEM, errno.EMFILE])
def test_whatever_call_fails_nothing_stays_locked(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, busy: bool
) -> None:
    path.touch()
    before, refused, fails = handles(), 0, 0
    while True:
        fails += 1
        lock = FileLock(path, timeout=5)
        with monkeypatch.context() as patch:
            faults = Faults(patch, fails, OSError(number, os.strerror(number)))
            if busy:
                faults.seem_busy()
            try:
                with lock.held():
                    pass
            except StoreUnavailable as refusal:
                refused += os.strerror(number).lower() in str(refusal)
        assert is_free(path)
        with lock.held():
            assert not is_free(path)
        lock.close()
        assert handles() == before
        if len(faults.calls) < fails:
            break
    assert refused == (6 if busy else 4)  # all but the last, which gives the lock back


@pytest.mark.parametrize("error", [MemoryError, RuntimeError("can't start new thread")])
def test_a_thread_that_cannot_be_started_is_a_refusal(
    path: Path, lock: FileLock, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def refuse(_: object) -> None:
        raise error

    before = handles()
    other = FileLock(path, timeout=0)
    with other.held(), monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        with pytest.raises(StoreUnavailable, match="memory"), lock.held():
            pass
    assert is_free(path)
    with lock.held():
        pass
    lock.close()
    other.close()
    assert handles() == before


@pytest.mark.parametrize("late", [False, True], ids=["before it has the lock", "after"])
def test_a_waiter_that_is_interrupted_does_not_take_the_lock_for_good(
    path: Path, lock: FileLock, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    wait_for = threading.Condition.wait_for

    def interrupt(*args: Any) -> bool:
        if late:
            holder.close()
            wait_for(*args)
        raise KeyboardInterrupt

    before = set(threading.enumerate())
    holder = path.open("w")
    fcntl.flock(holder, fcntl.LOCK_EX)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Condition, "wait_for", interrupt)
        with pytest.raises(KeyboardInterrupt), lock.held():
            pass
    waiting = set(threading.enumerate()) - before
    holder.close()
    for thread in waiting:
        thread.join(5)
    assert is_free(path)


def test_a_waiter_that_is_interrupted_as_it_starts_leaves_nothing(
    path: Path, lock: FileLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[threading.Thread] = []
    start = threading.Thread.start

    def interrupt(thread: threading.Thread) -> None:
        started.append(thread)
        raise KeyboardInterrupt

    other, before = FileLock(path, timeout=0), handles()
    with other.held(), monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", interrupt)
        with pytest.raises(KeyboardInterrupt), lock.held():
            pass
    other.close()
    assert handles() == before
    [thread] = started
    start(thread)
    thread.join(5)
    assert handles() == before
    assert is_free(path)


def test_a_waiter_that_is_late_gives_the_lock_back(
    path: Path, lock: FileLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[threading.Thread] = []
    start, before = threading.Thread.start, handles()
    other, hasty = FileLock(path, timeout=0), FileLock(path, timeout=0)
    with other.held(), monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", lambda thread: late.append(thread))
        for _ in range(2):
            with pytest.raises(StoreBusy), hasty.held():
                pass
    [thread] = late
    start(thread)
    thread.join(5)
    assert is_free(path)
    with hasty.held():
        assert not is_free(path)
    hasty.close()
    other.close()
    assert handles() == before


def test_two_who_hold_two_files_of_one_name_never_both_write(path: Path) -> None:
    one, two = FileLock(path, timeout=0.2), FileLock(path, timeout=0.2)
    for _ in range(2):
        with one.held():
            pass
        path.unlink()
        with two.held(), pytest.raises(StoreBusy), one.held():
            pytest.fail("both hold the lock")
        with one.held():
            assert not is_free(path)
    path.unlink()
    with one.held():
        assert not is_free(path)
    one.close()
    two.close()


def test_who_waited_for_a_file_that_is_gone_waits_for_the_new_one(
    path: Path, lock: FileLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = threading.Event()
    flock = fcntl.flock

    def noted(handle: int, how: int) -> None:
        if how == fcntl.LOCK_EX:
            waits.set()
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", noted)
    holds: list[str] = []
    old, new = FileLock(path, timeout=0), FileLock(path, timeout=0)

    def wait() -> None:
        with lock.held():
            holds.append("waiter")

    waiter = threading.Thread(target=wait)
    with old.held():
        waiter.start()
        assert waits.wait(5)
        path.unlink()
        waits.clear()
        new_holds = new.held()
        new_holds.__enter__()
    assert waits.wait(5)  # it had the old file, and now waits for the new one
    assert holds == []
    new_holds.__exit__(None, None, None)
    waiter.join(5)
    assert holds == ["waiter"]
    old.close()
    new.close()


def test_a_file_that_is_never_the_current_one_is_busy_in_the_end(
    lock: FileLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "samestat", lambda *_: False)
    lock._timeout = 0
    with pytest.raises(StoreBusy), lock.held():
        pass


def test_closing_in_the_middle_keeps_the_lock(path: Path, lock: FileLock) -> None:
    with lock.held():
        lock.close()
        assert not is_free(path)
    assert is_free(path)


def test_one_failed_look_at_the_lock_costs_one_refusal(
    store: CheckInStore, open_here: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.check_in(Arrival())
    stat = Path.stat

    def fail(self: Path, **more: Any) -> os.stat_result:
        if self.name == ".lock":
            raise OSError(errno.EIO, "Input/output error")
        return stat(self, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", fail)
        with pytest.raises(StoreUnavailable, match="input/output error"):
            store.check_in(Arrival())
    assert open_here(lock_timeout=0).check_in(Arrival()).ticket == "A002"
    assert store.check_in(Arrival()).ticket == "A003"
