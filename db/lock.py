"""The lock of a folder: one writer at a time among all threads and processes."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from db.errors import StoreBusy
from db.files import refusing
from db.waiter import Waiter, let_go


class FileLock:
    """A re-entrant `flock` on a side file, with a time-out in seconds.

    flock is fair where polling locks let waiters starve, and the kernel releases it when its
    holder dies. It has no time-out of its own, so a busy lock is waited for in a thread.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self._path = path
        self._timeout = timeout
        self._threads = threading.RLock()
        self._depth = 0
        self._owner = 0
        self._handle = -1
        self._waiter: Waiter | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock for the block; raises StoreBusy and StoreUnavailable."""
        deadline = monotonic() + self._timeout
        if not self._threads.acquire(timeout=self._timeout):
            raise StoreBusy
        try:
            if self._depth == 0:
                self._handle = self._take(deadline)
                self._owner = threading.get_ident()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._owner = 0
                    self._give_back()
        finally:
            self._threads.release()

    def is_held_by_another_thread(self) -> bool:
        """Say whether another thread of this process is in the middle of writing."""
        return self._owner not in (0, threading.get_ident())

    def close(self) -> None:
        """Let go of the side file, unless it is in use."""
        with self._threads:
            if self._depth == 0:
                handle, self._handle = self._handle, -1
                let_go(handle)

    def _take(self, deadline: float) -> int:
        handle, self._handle = self._handle, -1
        try:
            with refusing():
                while True:
                    if handle < 0:
                        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
                    try:
                        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except BlockingIOError:
                        busy, handle = handle, -1  # it is the waiter's from here on
                        handle = self._wait(busy, deadline)
                    if self._is_current(handle):
                        return handle
                    # The folder was deleted and made anew: others lock the new file.
                    old, handle = handle, -1
                    let_go(old)
                    if monotonic() > deadline:
                        raise StoreBusy
        except BaseException:
            let_go(handle)
            raise

    def _give_back(self) -> None:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_UN)
        except OSError:
            handle, self._handle = self._handle, -1
            let_go(handle)

    def _wait(self, handle: int, deadline: float) -> int:
        waiter = self._waiter
        if waiter is not None and waiter.resume():
            let_go(handle)
        else:
            waiter = self._waiter = Waiter(handle)
            waiter.start()
        if not waiter.wait(deadline - monotonic()):
            raise StoreBusy
        self._waiter = None
        return waiter.result()

    def _is_current(self, handle: int) -> bool:
        try:
            there = self._path.stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(there, os.fstat(handle))
