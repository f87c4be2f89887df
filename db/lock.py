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
        self._waiter: _Waiter | None = None

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
                    fcntl.flock(self._handle, fcntl.LOCK_UN)
        finally:
            self._threads.release()

    def is_held_by_another_thread(self) -> bool:
        """Say whether another thread of this process is in the middle of writing."""
        return self._owner not in (0, threading.get_ident())

    def close(self) -> None:
        """Let go of the side file."""
        with self._threads:
            if self._handle >= 0:
                os.close(self._handle)
                self._handle = -1

    def _take(self, deadline: float) -> int:
        handle, self._handle = self._handle, -1
        while True:
            if handle < 0:
                with refusing():
                    handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                handle = self._wait(handle, deadline)
            if self._is_current(handle):
                return handle
            # The folder was deleted and made anew: others lock the new file.
            os.close(handle)
            handle = -1

    def _wait(self, handle: int, deadline: float) -> int:
        waiter = self._waiter
        if waiter is not None and waiter.resume():
            os.close(handle)
        else:
            waiter = self._waiter = _Waiter(handle)
            waiter.start()
        if not waiter.wait(deadline - monotonic()):
            raise StoreBusy
        self._waiter = None
        return waiter.handle

    def _is_current(self, handle: int) -> bool:
        try:
            there = self._path.stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(there, os.fstat(handle))


class _Waiter(threading.Thread):
    """Waits for the lock; one that nobody waits for any more gives it back at once."""

    def __init__(self, handle: int) -> None:
        super().__init__(name="store-lock", daemon=True)
        self.handle = handle
        self._changed = threading.Condition()
        self._wanted = True
        self._over = False

    def run(self) -> None:
        fcntl.flock(self.handle, fcntl.LOCK_EX)
        with self._changed:
            self._over = True
            if not self._wanted:
                os.close(self.handle)
            self._changed.notify()

    def wait(self, seconds: float) -> bool:
        """Wait until the lock is ours; False gives up on it."""
        with self._changed:
            self._changed.wait_for(lambda: self._over, max(seconds, 0))
            self._wanted = self._over
            return self._over

    def resume(self) -> bool:
        """Want the lock again after giving up; False if it came and went."""
        with self._changed:
            self._wanted = not self._over
            return self._wanted
