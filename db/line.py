"""The lines of a journal: what one holds, and how each covers the line before it."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta, Raw, Struct

FORMAT = 2
"""The format that new days are written in; those of older ones are read, and gone on with.

1: the head names neither device nor series; a check-in is sealed with the day's key itself.
"""

HASH = 32
"""Hex digits of a line's hash: 128 bits find damage; they are no defence against forgery."""

UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
"""What decoding raises: the last two for text that is no UTF-8, and for brackets without end."""

encode = msgspec.json.Encoder().encode


class Continued(Struct, frozen=True):
    """Where a day that goes on in a further file stood: the file before, its last sound hash."""

    file: str
    hash: str


class Head(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the first line of a file says about the whole of it.

    One that comes later in a file gives the day another key.
    """

    format: int = 1
    location: str
    day: date
    key: str
    """Id of the day's key."""
    device: str = ""
    """Who began the day."""
    series: str = "A"
    """Whose check-ins are numbered from where: see `CheckIn.number`."""
    continues: Continued | None = None


class Closed(Struct, frozen=True, omit_defaults=True, gc=False):
    """What the closing line says about the lines before it: how many, and the last one's hash."""

    lines: int
    hash: str
    next: date | None = None
    """The day whose beginning closed this one, unless somebody did."""


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One transaction: whole documents put, documents or tables gone, and what happened."""

    n: int
    at: Annotated[datetime, Meta(tz=True)]
    put: dict[str, dict[str, Raw]] = {}
    gone: dict[str, list[str] | None] = {}
    """By table, the ids of documents, or None for the table itself."""
    events: list[Raw] = []
    count: dict[str, int] = {}
    """Counters and their new values: arrivals, and the tickets of each series."""
    head: Head | None = None
    closed: Closed | None = None
    up: str | None = None
    """When it was written by the machine's start: the start's id, a colon, seconds since."""
    forget: str | None = None
    """Id of a check-in whose secrets in earlier lines are to be destroyed."""
    secret_of: str | None = None
    """Id of the check-in whose name can be opened with the secret, until that is destroyed."""
    secret_id: str | None = None
    secret_hash: str | None = None
    secret: str | None = None
    """Not covered by the line's hash but by `secret_hash`, so that it can be overwritten; last."""


decode = msgspec.json.Decoder(Line).decode

SECRET = b',"secret":"'
GONE = b"-"
"""What a destroyed secret is overwritten with, each byte of it."""


class _First(Struct):
    head: Head | None = None


class _AnyHead(Struct, frozen=True):
    format: int = 1


class _AnyFirst(Struct):
    head: _AnyHead = _AnyHead()


_decode_first = msgspec.json.Decoder(_First).decode
_decode_any_first = msgspec.json.Decoder(_AnyFirst).decode


def digest(head: bytes, body: bytes) -> bytes:
    """Hash a line's body together with `head`, the hash of the line before it."""
    return sha256(head + body).hexdigest()[:HASH].encode()


def seed(file: str) -> bytes:
    """Give the hash before the first line of a file of format 1: it is at home in its own day."""
    return digest(b"", file.encode())


def seed_of(head: Head) -> bytes:
    """Give the hash before the first line of a day: a line is at home there only."""
    if head.format == 1:
        return seed(f"{head.day}.jsonl")
    return digest(b"", encode((head.format, head.location, head.device, head.day)))


def head_of(line: bytes) -> Head | None:
    """Give the head that a file's first line holds, whether or not the line is sound; else None."""
    try:
        return _decode_first(line[HASH + 1 :]).head
    except UNREADABLE:
        return None


def format_of(line: bytes) -> int:
    """Give the format that a first line says its file has; 1 where it cannot be read."""
    try:
        return _decode_any_first(line[HASH + 1 :]).head.format
    except UNREADABLE:
        return 1


def secret_in(body: bytes) -> tuple[int, int] | None:
    """Say from where to where the secret stands in a line's body, if it ends in one.

    A document may have a field of that name, but a line ends in more brackets after it.
    """
    if not body.endswith(b'"}'):
        return None
    start = body.rfind(SECRET)
    if start < 0 or body.find(b'"', start + len(SECRET), -2) >= 0:
        return None
    return start + len(SECRET), len(body) - 2


def covered(body: bytes) -> bytes:
    """Give what of a line's body its hash covers: all but a secret."""
    found = secret_in(body)
    return body if found is None else body[: found[0] - len(SECRET)]


def is_whole(secret: str, of: Line) -> bool:
    """Say whether a line's secret is as it was written."""
    return of.secret_hash == digest(b"", secret.encode()).decode()


class Sound(NamedTuple):
    """A sound line, its hash, and from where to where it stands in what was read."""

    line: Line
    hash: bytes
    start: int
    stop: int


def sound(data: bytes, head: bytes, n: int) -> Iterator[Sound]:
    """Give the whole and sound lines at the start of `data`, which follow line `n`.

    `head` is the hash of that line, or what stands before a day's first one.
    """
    start = 0
    while (stop := data.find(b"\n", start)) >= 0:
        body = data[start + HASH + 1 : stop]
        own = digest(head, covered(body))
        if not data.startswith(own + b" ", start):
            return
        try:
            line = decode(body)
        except UNREADABLE:
            return
        if line.n != n + 1 or (
            line.closed and (line.closed.lines, line.closed.hash) != (n, head.decode())
        ):
            return
        yield Sound(line, own, start, stop + 1)
        head, start, n = own, stop + 1, line.n
