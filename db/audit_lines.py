"""The lines of the audit journal: what each covers, and whether all of them still are as written.

A line covers the one before it in its file. Where the one before it in time stands in another file,
because a day began or the clock was set, it names that one too (`after`, of the file `behind`). So
each line but the last that was written is covered by another, whatever the clock did.
"""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from db.errors import StoreCorrupt
from db.files import read_whole
from db.parts import days_on_disk

HASH = 32
"""Hex digits of a line's hash."""

Plain = str | int | list[str]
"""What an entry may tell beside who and when."""


class AuditEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that somebody did, or tried to."""

    at: datetime
    kind: str
    """signed_in, wrong_pin, locked_out, phone_seen, names_exported, names_erased, …"""
    by: str
    """An account, or who ran a command; empty where nobody knows."""
    device: str
    told: dict[str, Plain] = {}
    after: str = ""
    """The hash of the line that was written before this one, if that is in another file."""
    behind: date | None = None
    """The day of that file; None also where an older version wrote: then the file before."""


class _Sound(Struct, frozen=True):
    """A line that fits the one before it in its file."""

    day: date
    number: int
    hash: str
    entry: AuditEntry


def file_of(folder: Path, day: date) -> Path:
    """The file of a day."""
    return folder / f"{day}.jsonl"


def hash_of(last: str, body: bytes) -> str:
    """The hash of a line, given that of the line before it in its file."""
    return sha256(last.encode() + body).hexdigest()[:HASH]


def seed_of_file(path: Path) -> str:
    """What stands for the line before the first."""
    return hash_of("", path.name.encode())


def last_hash(path: Path) -> str | None:
    """The hash of a file's last whole line, None if it has none."""
    try:
        lines = read_whole(path).split(b"\n")[:-1]
    except FileNotFoundError:
        return None
    return lines[-1][:HASH].decode("ascii", "replace") if lines else None


def age_of(folder: Path, day: date) -> date:
    """The day by which a file is old: a clock that was set to long ago makes nothing older."""
    try:
        first = read_whole(file_of(folder, day)).split(b"\n", 1)[0].partition(b" ")[2]
        entry = msgspec.json.decode(first, type=AuditEntry)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return day
    return max(day, entry.behind or day)


def entries_of(folder: Path) -> Iterator[tuple[date, AuditEntry]]:
    """Give each entry with the day of its file; raises OSError and StoreCorrupt."""
    files = [lines for day in days_on_disk(folder) if (lines := list(_sound(folder, day)))]
    for line in _unfit(files):
        raise StoreCorrupt(file_of(folder, line.day), line.number)
    for lines in files:
        yield from ((line.day, line.entry) for line in lines)


def _sound(folder: Path, day: date) -> Iterator[_Sound]:
    path = file_of(folder, day)
    last = seed_of_file(path)
    lines = read_whole(path).split(b"\n")
    for number, line in enumerate(lines[:-1], 1):  # behind the last is an unfinished one
        own, _, body = line.partition(b" ")
        if own.decode("ascii", "replace") != hash_of(last, body):
            raise StoreCorrupt(path, number)
        last = own.decode()
        try:
            entry = msgspec.json.decode(body, type=AuditEntry)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise StoreCorrupt(path, number) from None
        yield _Sound(day, number, last, entry)


def _unfit(files: list[list[_Sound]]) -> Iterator[_Sound]:
    """Lines before which something is missing, or has come that was not there."""
    there = {line.hash for lines in files for line in lines}
    followed = {line.entry.after for lines in files for line in lines}
    # What a clock of long ago began does not tell up to when the oldest files have gone.
    in_time = [lines[0].day for lines in files if not _is_begun_late(lines[0])]
    oldest = min(in_time, default=date.max)
    begun = False
    for lines in files:
        before = ""
        for line in lines:
            after, behind = line.entry.after, line.entry.behind
            if after:
                gone = line.day == oldest if behind is None else behind < oldest
                if after not in there and not gone:
                    yield line
            elif line.number == 1:
                if begun:
                    yield line
                begun = True
            elif before in followed:
                yield line
            before = line.hash


def _is_begun_late(first: _Sound) -> bool:
    return first.entry.behind is not None and first.entry.behind > first.day
