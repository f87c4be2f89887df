"""Waiting for a lock that another process holds, in a thread: flock has no time-out of its own."""

import contextlib
import errno
import fcntl
import os
import threading


class Waiter:
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
        let_go(handle)


def let_go(handle: int) -> None:
    """Unlock and close a handle, if there is one; a forked child may hold it open too."""
    if handle >= 0:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)
        with contextlib.suppress(OSError):
            os.close(handle)
