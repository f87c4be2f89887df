"""The journal of a service day: a file that only grows, one hashed line a transaction."""

from __future__ import annotations

import gc
import logging
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw

from db.appending import Appending
from db.checkin import Event
from db.errors import NewerFormat, StoreCorrupt, StoreError, StoreUnavailable
from db.files import read_fully, refusing, sync_folder
from db.going_on import behind, cut_off, goes_on_behind, leave_behind
from db.line import (
    FORMAT,
    HASH,
    Closed,
    Head,
    Line,
    covered,
    digest,
    encode,
    format_of,
    head_of,
    seed_of,
    sound,
)
from db.lock import FileLock
from db.parts import part_of
from db.replay import Replay, Secret
from db.rest import Rest, kind_of, tickets_in

log = logging.getLogger("clinic.store")

LOOKS = 8
"""How often a file that changes while it is read is read anew."""


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


class Journal(Replay):
    """The file, and what replaying it gives; memory is guarded by `mutex`, held briefly.

    Readers follow the file's end without the lock, so that they never wait for a writer's
    sync. They may see a line a moment before it is durable; nobody acknowledges one earlier.
    Reading and writing have a handle each: a reader may drop its own at any time.

    Where the end of a file cannot be read the day goes on in a further one, whose lines follow
    those of the first as if they stood in it.
    """

    def __init__(
        self, folder: Path, day: date, lock: FileLock, follow: Callable[[list[Line] | None], None]
    ) -> None:
        """`follow` gets new lines, or None when everything starts anew, inside `mutex`."""
        self.day = day
        self.path = part_of(folder, day, 1)
        self.lock = lock
        self.mutex = threading.RLock()
        self._follow = follow
        self._reading = -1
        self._writing = Appending()
        self._forget()

    def _forget(self) -> None:
        self.begin_anew()
        self._given: dict[str, int] = {}
        """The counters with the tickets of a file's end that cannot be read."""
        self._read_part(1)
        self._follow(None)

    def _read_part(self, number: int) -> None:
        if self._reading >= 0:
            os.close(self._reading)
        self._reading = -1
        self._part = number
        # What is asked of at every look is put together once.
        self._file = part_of(self.path.parent, self.day, number)
        self._next_file = part_of(self.path.parent, self.day, number + 1)
        self._found = 0, 0  # device and inode of what was read
        self._last = 0  # where the last line begins that was taken in
        self.end = 0  # bytes taken in so far

    def close(self) -> None:
        """Let go of the file."""
        with self.mutex:
            self._forget()
            self._writing.close()

    def refresh(self, *, repair: bool = False) -> None:
        """Take in what was appended since the last look, by whomever.

        With `repair`, for which the lock must be held, an end that cannot be read is set aside,
        and what is in memory is what is in the file. Raises StoreCorrupt for any other damage,
        and StoreUnavailable.
        """
        with self.mutex, refusing():
            for _ in range(LOOKS):
                if self._look(repair=repair):
                    return
            raise StoreUnavailable

    def _look(self, *, repair: bool) -> bool:
        """Take in what is there; False if it has to be looked at again."""
        try:
            there = os.stat(self._file)  # noqa: PTH116 - the quicker way, at every look
        except FileNotFoundError:
            return self._is_nothing(repair=repair)
        if not stat.S_ISREG(there.st_mode):
            raise StoreUnavailable("There is something in the place of today's check-ins.")
        if self._found != (there.st_dev, there.st_ino):
            if self._reading >= 0:
                self._start_anew()
                return False
            self._reading = os.open(self._file, os.O_RDONLY)
            there = os.fstat(self._reading)
            self._found = there.st_dev, there.st_ino
        if not self._is_as_read(there.st_size):
            self._start_anew()
            return False
        further = goes_on_behind(self._next_file, self.day)
        if there.st_size == self.end and further is None:
            return self.end > 0 or self._go_on(repair=repair)
        if further is not None and self.end:
            if self.hash.decode() == further.hash:
                self._read_part(self._part + 1)
            else:  # somebody could not read what we could, and went on behind what they could
                self._start_anew()
            return False
        data = read_fully(self._reading, there.st_size - self.end, self.end)
        if data is None:
            return False
        self._check_head(data)
        if further is not None:
            return self._take_until(further.hash, data)
        return self._take(data, repair=repair)

    def _is_nothing(self, *, repair: bool) -> bool:
        """Go on from a file that is not there: True if the day has not begun."""
        if not self.path.parent.is_dir():
            raise StoreUnavailable("The folder with the check-in data is gone.")
        if self._reading >= 0:
            self._start_anew()
            return False
        if self._part == 1 and part_of(self.path.parent, self.day, 2).exists():
            raise StoreCorrupt(self.path, 1)
        return self._go_on(repair=repair)

    def _go_on(self, *, repair: bool) -> bool:
        """Begin a further file behind the one whose end cannot be read; True."""
        if repair and self.head is not None:
            assert self.at is not None
            self.append(self.at, head=self.head, count=self._given)
        return True

    def _is_as_read(self, size: int) -> bool:
        """Say whether the last line in memory is the one that stands in the file.

        A line that was refused is cut off again; another of its length may stand there now, and
        it covers all before it.
        """
        if size < self.end:
            return False
        if not self.end:
            return True
        return os.pread(self._reading, HASH + 1, self._last) == self.hash + b" "

    def _start_anew(self) -> None:
        if self.lock.is_held_by_another_thread():
            raise StoreUnavailable  # it is working with what we would forget
        self._forget()

    def _take(self, data: bytes, *, repair: bool) -> bool:
        """Take in what follows the last line; False if it has to be looked at again."""
        was_read = self.end
        with _quick():
            lines = list(sound(data, self.hash, self.n))
            if lines:
                self._apply([one.line for one in lines])
        if lines:
            self._last = was_read + lines[-1].start
            self.end, self.hash = was_read + lines[-1].stop, lines[-1].hash
        rest = data[lines[-1].stop if lines else 0 :]
        kind = kind_of(rest)
        if kind is Rest.nothing:
            return True
        if kind is Rest.torn:
            if repair:
                cut_off(self._file, self.path, self.end, rest)
            return self.end > 0 or not repair
        if was_read:
            # Another process may have cut a refused line off and written a longer one.
            self._start_anew()
            return False
        if kind is Rest.damage:
            raise StoreCorrupt(self._file, self.n + 1)
        if repair:
            leave_behind(self._file, self.path, rest)
            self._given = tickets_in(rest, self.counters)
            self._read_part(self._part + 1)
        return not repair

    def _take_until(self, hash_: str, data: bytes) -> bool:
        """Take in a file up to where the day went on in a further one; False, to go on there."""
        lines = list(sound(data, self.hash, self.n))
        hashes = [one.hash.decode() for one in lines]
        if hash_ and hash_ not in hashes:
            raise StoreCorrupt(self._file, self.n + len(lines) + 1)
        if hash_:
            kept = lines[: hashes.index(hash_) + 1]
            self._apply([one.line for one in kept])
            self.hash = kept[-1].hash
        self._read_part(self._part + 1)
        return False

    def _check_head(self, data: bytes) -> None:
        """Find out where the chain of a file begins; raises NewerFormat and StoreCorrupt."""
        if self.end:
            return
        first = data[: data.find(b"\n") + 1]
        if format_of(first) > FORMAT:
            raise NewerFormat(self.day)
        head = head_of(first)
        if head is not None and (head.day, head.location) != (self.day, self.path.parent.name):
            raise StoreCorrupt(self._file, 1)
        if self.n:
            before = behind(self.day, self._part, self.hash.decode())
            if first and (head is None or head.continues != before):
                raise StoreCorrupt(self._file, 1)
        elif head is not None:
            self.hash = seed_of(head)

    def _apply(self, lines: list[Line]) -> None:
        try:
            for line in lines:
                self.take(line)
            self._follow(lines)
        except Exception as strange:  # a line that no version of ours would write
            self._forget()
            log.warning("%s cannot be followed: %s", self.path.name, type(strange).__name__)
            raise StoreCorrupt(self.path, lines[0].n) from None

    def append(
        self,
        at: datetime,
        put: dict[str, dict[str, Any]] | None = None,
        *,
        gone: dict[str, list[str] | None] | None = None,
        events: list[Event] | None = None,
        count: dict[str, int] | None = None,
        head: Head | None = None,
        closed: Closed | None = None,
        up: str | None = None,
        secret: Secret | None = None,
        forget: str | None = None,
    ) -> None:
        """Add one line and return when it is on disk; the lock must be held, after `refresh`.

        `closed` says by which day's beginning; the rest of it is filled in. Raises StoreFull
        and StoreUnavailable, in which case nothing of it remains.
        """
        if head is not None and not self.end and self._part > 1:
            last = self.hash.decode() if self.n else ""
            head = msgspec.structs.replace(head, continues=behind(self.day, self._part, last))
        own_head = self.hash
        if head is not None and not self.n:
            own_head = seed_of(head)
        if closed is not None:
            closed = msgspec.structs.replace(closed, lines=self.n, hash=self.hash.decode())
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
            closed=closed,
            up=up,
            forget=forget,
            secret_of=secret and secret.of,
            secret_id=secret and secret.id,
            secret_hash=secret and digest(b"", secret.text.encode()).decode(),
            secret=secret and secret.text,
        )
        body = encode(line)
        own = digest(own_head, covered(body))
        written = own + b" " + body + b"\n"
        start = self.end
        try:
            with refusing():
                found = self._writing.append(self._file, written, start, self._found)
        except StoreError:
            with self.mutex:  # nothing in memory is to be trusted
                self._forget()
            raise
        with self.mutex:
            if self.end == start and self._found == found:
                self._last = start
                self._apply([line])
                self.end, self.hash = start + len(written), own
            else:  # the file is new, or a reading thread was quicker
                self.refresh()

    def sync(self) -> None:
        """Bring the whole day to disk, before old news is acknowledged again."""
        with refusing():
            for number in range(1, self._part + 1):
                handle = os.open(part_of(self.path.parent, self.day, number), os.O_RDONLY)
                try:
                    os.fdatasync(handle)
                finally:
                    os.close(handle)
            sync_folder(self.path.parent)
