"""The journal of a service day: a file that only grows, one hashed line a transaction."""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Raw

from db.checkin import Event
from db.errors import StoreCorrupt, StoreUnavailable
from db.files import refusing, sync_folder, write_all
from db.line import Closed, Head, Line, digest, encode, is_torn, seed, split
from db.lock import FileLock

log = logging.getLogger("clinic.store")


@contextmanager
def _quick() -> Iterator[None]:
    """Put the garbage collector off: it finds nothing in a replay, and takes a third of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Journal:
    """The file, and what replaying it gives; memory is guarded by `mutex`, held briefly.

    Readers follow the file's end without the lock, so that they never wait for a writer's
    sync. They may see a line a moment before it is durable; nobody acknowledges one earlier.
    Reading and writing have a handle each: a reader may drop its own at any time.
    """

    def __init__(
        self, path: Path, lock: FileLock, follow: Callable[[list[Line] | None], None]
    ) -> None:
        """`follow` gets new lines, or None when everything starts anew, inside `mutex`."""
        self.path = path
        self.lock = lock
        self.mutex = threading.RLock()
        self._follow = follow
        self._reading = -1
        self._writing = -1
        self._forget()

    def _forget(self) -> None:
        if self._reading >= 0:
            os.close(self._reading)
        self._reading = -1
        self._found = 0, 0  # device and inode of what was read
        self.end = 0  # bytes taken in so far
        self.n = 0  # lines taken in so far
        self.hash = seed(self.path.name)
        self.at: datetime | None = None
        self.head: Head | None = None
        self.is_closed = False
        self.tables: dict[str, dict[str, Raw]] = {}
        self.counters: dict[str, int] = {}
        self.events: list[tuple[datetime, Raw]] = []
        self._follow(None)

    def close(self) -> None:
        """Let go of the file."""
        with self.mutex:
            self._forget()
            self._stop_writing()

    def refresh(self, *, repair: bool = False) -> None:
        """Take in what was appended since the last look, by whomever.

        With `repair`, for which the lock must be held, a torn end is set aside. Raises
        StoreCorrupt for any other damage, and StoreUnavailable.
        """
        with self.mutex, refusing():
            try:
                there = self.path.stat()
            except FileNotFoundError:
                if not self.path.parent.is_dir():
                    sentence = "The folder with the check-in data is gone."
                    raise StoreUnavailable(sentence) from None
                if self._reading >= 0:
                    self._start_anew()
                return
            if self._found != (there.st_dev, there.st_ino) or there.st_size < self.end:
                if self._reading >= 0:  # else it is the day's first line, and there is nothing yet
                    self._start_anew()
                self._reading = os.open(self.path, os.O_RDONLY)
                self._found = there.st_dev, there.st_ino
            if there.st_size > self.end:
                with _quick():
                    data = os.pread(self._reading, there.st_size - self.end, self.end)
                    self._take(data, repair)

    def _start_anew(self) -> None:
        if self.lock.is_held_by_another_thread():
            raise StoreUnavailable  # it is working with what we would forget
        self._forget()

    def _take(self, data: bytes, repair: bool) -> None:
        lines, head, start = split(data, self.hash, self.n)
        began_at = self.end
        if lines:
            self._apply(lines)
            self.end, self.hash = began_at + start, head
        rest = data[start:]
        if is_torn(rest):
            if rest and repair:
                self._set_aside(rest)
        elif began_at:
            # Another process may have cut a refused line off and written a longer one.
            self._start_anew()
            self.refresh(repair=repair)
        else:
            raise StoreCorrupt(self.path, self.n + 1)

    def _apply(self, lines: list[Line]) -> None:
        tables = self.tables
        for line in lines:
            for table, numbers in line.gone.items():
                if numbers is None:
                    tables.pop(table, None)
                    continue
                for number in numbers:
                    tables[table].pop(number, None)
            for table, documents in line.put.items():
                tables.setdefault(table, {}).update(documents)
            if line.events:
                self.events += [(line.at, event) for event in line.events]
            if line.count:
                self.counters.update(line.count)
            if line.head is not None:
                self.head = line.head
        last = lines[-1]
        self.n, self.at, self.is_closed = last.n, last.at, last.closed is not None
        self._follow(lines)

    def _set_aside(self, rest: bytes) -> None:
        log.warning("%d bytes of an unfinished line set aside from %s", len(rest), self.path.name)
        torn = self.path.with_suffix(".torn")
        aside = os.open(torn, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            write_all(aside, rest + b"\n")
            os.fsync(aside)
        finally:
            os.close(aside)
        with self.path.open("r+b") as file:
            file.truncate(self.end)
            os.fsync(file.fileno())

    def append(
        self,
        at: datetime,
        put: dict[str, dict[str, Any]] | None = None,
        *,
        gone: dict[str, list[str] | None] | None = None,
        events: list[Event] | None = None,
        count: dict[str, int] | None = None,
        head: Head | None = None,
        closed: bool = False,
    ) -> None:
        """Add one line and return when it is on disk; the lock must be held, after `refresh`.

        Raises StoreFull and StoreUnavailable, in which case nothing of it remains.
        """
        line = Line(
            n=self.n + 1,
            at=at,
            put={
                table: {number: Raw(encode(document)) for number, document in documents.items()}
                for table, documents in (put or {}).items()
            },
            gone=gone or {},
            events=[Raw(encode(event)) for event in events or []],
            count=count or {},
            head=head,
            closed=Closed(self.n, self.hash.decode()) if closed else None,
        )
        body = encode(line)
        own = digest(self.hash, body)
        written = own + b" " + body + b"\n"
        start = self.end
        with refusing():
            found = self._open_for_writing(start)
            try:
                write_all(self._writing, written)
                os.fdatasync(self._writing)
            except OSError:
                self._roll_back(start)
                raise
            if not os.fstat(self._writing).st_nlink:
                raise StoreUnavailable
        with self.mutex:
            if self.end == start and self._found == found:
                self._apply([line])
                self.end, self.hash = start + len(written), own
            else:  # the file is new, or a reading thread was quicker
                self.refresh()

    def sync(self) -> None:
        """Bring the whole file to disk, before old news is acknowledged again."""
        with refusing():
            handle = os.open(self.path, os.O_RDONLY)
            try:
                os.fdatasync(handle)
            finally:
                os.close(handle)
            sync_folder(self.path.parent)

    def _open_for_writing(self, end: int) -> tuple[int, int]:
        """Open the file if need be, by its path as it is now; return device and inode."""
        if self._writing >= 0 and not self._is_what_was_read(end):
            self._stop_writing()
        if self._writing < 0:
            self._writing = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            # Once a handle: whoever made the file may have died before its entry was synced.
            sync_folder(self.path.parent)
            sync_folder(self.path.parent.parent)
            if not self._is_what_was_read(end):
                self._stop_writing()
                raise StoreUnavailable
        there = os.fstat(self._writing)
        return there.st_dev, there.st_ino

    def _is_what_was_read(self, end: int) -> bool:
        there = os.fstat(self._writing)
        same = not end or (there.st_dev, there.st_ino) == self._found
        return there.st_nlink > 0 and same and there.st_size == end

    def _stop_writing(self) -> None:
        if self._writing >= 0:
            os.close(self._writing)
            self._writing = -1

    def _roll_back(self, end: int) -> None:
        """Cut an unfinished line off; after a failed sync nothing in memory is to be trusted."""
        try:
            os.ftruncate(self._writing, end)
            os.fsync(self._writing)
        except OSError:
            log.warning("a line that was refused may remain at the end of %s", self.path.name)
        with self.mutex:
            self._stop_writing()
            self._forget()
