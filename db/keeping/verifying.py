"""Checking a day's journal line by line, and a few lines at a time: it may be a long one."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from db.errors import NewerFormat
from db.files import read_fully
from db.line import (
    FORMAT,
    GONE,
    Head,
    Line,
    format_of,
    head_of,
    is_whole,
    seed_of,
    sound,
)
from db.parts import parts_of
from db.rest import Rest, kind_of

PIECE = 1 << 20
"""Bytes that are read at once."""


class Verified(Struct, frozen=True, kw_only=True):
    """What `verify` found in one day's journal; also the receipt that a purged day leaves."""

    day: date
    lines: int
    """Sound lines."""
    hash: str
    """Of the last sound line."""
    is_closed: bool
    damaged_line: int | None
    """The first line that was damaged or edited, from 1."""
    torn_bytes: int
    """Of an unfinished last line, which nobody was ever told of; it will be set aside."""
    garbage_bytes: int = 0
    """Of what cannot be read, behind which the day went on in another file."""


def verified(folder: Path, day: date, location: str | None = None) -> Verified:
    """Check a day's journal line by line; raises OSError and NewerFormat.

    `location`: where it is from, if `folder` is not its own.
    """
    chain = _Chain(location or folder.name, day)
    parts = parts_of(folder, day)
    torn = garbage = 0
    damaged = None
    for number, part in enumerate(parts, start=1):
        rest = chain.follow(part)
        if chain.damaged is not None:
            damaged = chain.damaged
            break
        if rest and number < len(parts):
            garbage += len(rest)
        elif (kind := kind_of(rest)) is Rest.torn:
            torn = len(rest)
        elif kind is not Rest.nothing:
            damaged = chain.n + 1
    return Verified(
        day=day,
        lines=chain.n,
        hash=chain.hash.decode(),
        is_closed=chain.is_closed,
        damaged_line=damaged,
        torn_bytes=torn,
        garbage_bytes=garbage,
    )


def hash_at(folder: Path, day: date, number: int, location: str | None = None) -> str | None:
    """Give the hash of the sound line of that number, None if there is none; raises OSError."""
    chain = _Chain(location or folder.name, day, until=number)
    for part in parts_of(folder, day):
        chain.follow(part)
    return chain.hash.decode() if chain.n == number else None


class _Chain:
    """A day's lines, each checked against the one before."""

    def __init__(self, location: str, day: date, until: int | None = None) -> None:
        self._location = location
        self._day = day
        self._until = until
        self.n = 0
        self.hash = b""
        self.is_closed = False
        self.damaged: int | None = None
        """The first line that does not fit, though it is sound by itself."""

    def follow(self, part: Path) -> bytes:
        """Check the lines of the day's next file, and give what stands behind the sound ones."""
        left, is_first = b"", True
        pieces = _pieces(part)
        for piece in pieces:
            left += piece
            if is_first and (stop := left.find(b"\n") + 1):
                is_first = False
                self._begin(left[:stop], part)
            if self.damaged is not None:
                return left
            end = 0
            for line, hash_, _, stop in sound(left, self.hash, self.n):
                if self.n == self._until:
                    return b""
                self.hash, self.n, self.is_closed = hash_, line.n, line.closed is not None
                end = stop
                if not _is_kept(line):
                    self.damaged = line.n
            left = left[end:]
            if not end and b"\n" in left:
                return left + b"".join(pieces)
        return left

    def _begin(self, first: bytes, part: Path) -> None:
        if format_of(first) > FORMAT:
            raise NewerFormat(self._day)
        head = head_of(first)
        if head is None:
            return
        if not self.n:
            self.hash = seed_of(head)
        if not self._is_at_home(head):
            self.damaged = self.n + 1

    def _is_at_home(self, head: Head) -> bool:
        behind = head.continues is None or head.continues.hash in ("", self.hash.decode())
        return behind and (head.day, head.location) == (self._day, self._location)


def _is_kept(line: Line) -> bool:
    """Say whether a line's secret is as it was written, or destroyed as a whole."""
    secret = line.secret
    return secret is None or not secret.strip(GONE.decode()) or is_whole(secret, line)


def _pieces(path: Path) -> Iterator[bytes]:
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        size = os.fstat(handle).st_size
        for start in range(0, size, PIECE):
            piece = read_fully(handle, min(PIECE, size - start), start)
            if piece is None:
                return  # it was cut while it was read: a line was refused
            yield piece
    finally:
        os.close(handle)
