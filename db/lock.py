"""The lock of a folder: one writer at a time among all threads and processes."""

import contextlib
import errno
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
                _close(handle)

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
                    _close(old)
                    if monotonic() > deadline:
                        raise StoreBusy
        except BaseException:
            _close(handle)
            raise

    def _give_back(self) -> None:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_UN)
        except OSError:
            handle, self._handle = self._handle, -1
            _close(handle)

    def _wait(self, handle: int, deadline: float) -> int:
        waiter = self._waiter
        if waiter is not None and waiter.resume():
            _close(handle)
        else:
            waiter = self._waiter = _Waiter(handle)
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


class _Waiter:
    """Waits for the lock; one that nobody waits for any more gives it back at once.

    The handle is its own until `result` gives it away.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._changed = threading.Condition()
        self._runs = False
        self._wanted = True
        self._over = False
        self._error: OSError | None = None

    def start(self) -> None:
        """Begin to wait; raises OSError, and then it has let go of the handle."""
        try:
            threading.Thread(target=self._run, name="store-lock", daemon=True).start()
        except (MemoryError, RuntimeError) as error:  # no room for one thread more
            self._give_up()
            raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)) from error
        except BaseException:
            self._give_up()
            raise

    def wait(self, seconds: float) -> bool:
        """Wait until the lock is ours; False gives up on it."""
        try:
            with self._changed:
                self._changed.wait_for(lambda: self._over, max(seconds, 0))
                self._wanted = self._over
                return self._over
        except BaseException:
            self._give_up()
            raise

    def resume(self) -> bool:
        """Want the lock again after giving up; False if it came and went."""
        with self._changed:
            self._wanted = not self._over
            return self._wanted

    def result(self) -> int:
        """Give the locked handle; raises OSError if the lock could not be had."""
        if self._error is not None:
            raise self._error
        return self._handle

    def _run(self) -> None:
        with self._changed:
            if self._over:
                return  # given up before it began
            self._runs = True
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX)
        except OSError as error:
            self._error = error
        with self._changed:
            self._over = True
            if self._error is not None or not self._wanted:
                self._let_go()
            self._changed.notify()

    def _give_up(self) -> None:
        """Want the lock no more, whatever went wrong; where it never ran, it never will."""
        with self._changed:
            self._wanted = False
            if self._over or not self._runs:
                self._over = True
                self._let_go()

    def _let_go(self) -> None:
        handle, self._handle = self._handle, -1
        _close(handle)


def _close(handle: int) -> None:
    """Unlock and close a handle, if there is one; a forked child may hold it open too."""
    if handle >= 0:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)
        with contextlib.suppress(OSError):
            os.close(handle)
