"""The lines of a journal: what one holds, and how each covers the line before it."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Raw, Struct

HASH = 32
"""Hex digits of a line's hash: 128 bits find damage; they are no defence against forgery."""


class Head(Struct, frozen=True, kw_only=True):
    """What the first line says about the whole file."""

    format: int = 1
    location: str
    day: date
    key: str
    """Id of the day's key."""


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An event as a line holds it; its time and number follow from the line."""

    id: str
    kind: str
    by: str
    device: str
    check_in: int | None = None
    before: dict[str, Any] | None = None
    reason: str | None = None
    undoes: str | None = None


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One transaction: whole documents put, documents or tables gone, and what happened."""

    n: int
    at: datetime
    put: dict[str, dict[str, Raw]] = {}
    gone: dict[str, list[str] | None] = {}
    """By table, the ids of documents, or None for the table itself."""
    events: list[Entry] = []
    count: dict[str, int] = {}
    """Counters and their new values: arrivals, and the tickets of each series."""
    head: Head | None = None
    closed: bool = False


_decode = msgspec.json.Decoder(Line).decode
encode = msgspec.json.Encoder().encode


def digest(head: bytes, body: bytes) -> bytes:
    """Hash a line's body together with `head`, the hash of the line before it."""
    return sha256(head + body).hexdigest()[:HASH].encode()


def split(data: bytes, head: bytes, n: int) -> tuple[list[Line], bytes, int]:
    """Read the whole and sound lines at the start of `data`, which follow line `n`.

    Gives them, the hash of the last of them, and where they end.
    """
    lines: list[Line] = []
    start = 0
    while (stop := data.find(b"\n", start)) >= 0:
        body = data[start + HASH + 1 : stop]
        own = digest(head, body)
        if data[start : start + HASH + 1] != own + b" ":
            break
        try:
            line = _decode(body)
        except msgspec.MsgspecError:
            break
        if line.n != n + len(lines) + 1:
            break
        lines.append(line)
        head, start = own, stop + 1
    return lines, head, start


def is_torn(rest: bytes) -> bool:
    """Say whether a power cut explains `rest`: one line that is unfinished or holds a hole."""
    stop = rest.find(b"\n")
    return stop < 0 or (stop == len(rest) - 1 and b"\0" in rest)
