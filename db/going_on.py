"""An end that cannot be read: saved beside and cut off, or gone on behind, in a further file."""

import logging
import os
from datetime import date
from pathlib import Path

from db.errors import NewerFormat, StoreCorrupt, StoreUnavailable
from db.files import append_synced, read_whole
from db.line import FORMAT, Continued, format_of, head_of
from db.parts import part_of

log = logging.getLogger("clinic.store")


def cut_off(file: Path, first: Path, end: int, rest: bytes) -> None:
    """Cut an unfinished line off at `end`, once it is saved; the lock is held.

    `first` is the day's first file. Raises OSError, and StoreUnavailable if there is something
    else by now.
    """
    log.warning("%d bytes of an unfinished line set aside from %s", len(rest), file.name)
    save_beside(first, rest)
    with file.open("r+b") as opened:
        if os.fstat(opened.fileno()).st_size != end + len(rest):
            raise StoreUnavailable
        opened.truncate(end)
        os.fsync(opened.fileno())


def save_beside(first: Path, rest: bytes) -> None:
    """Keep what is set aside from a day's files; durable on return. Raises OSError."""
    append_synced(first.with_suffix(".torn"), rest + b"\n")


def leave_behind(file: Path, first: Path, rest: bytes) -> None:
    """Save an end that stays where it is: the day goes on in a further file. Raises OSError."""
    log.warning(
        "%d bytes that cannot be read set aside from %s: the day goes on in another file",
        len(rest),
        file.name,
    )
    save_beside(first, rest)


def behind(day: date, part: int, hash_: str) -> Continued:
    """Say behind what a day's file of that number goes on: the one before it, and a line's hash."""
    return Continued(part_of(Path(), day, part - 1).name, hash_)


def goes_on_behind(file: Path, day: date) -> Continued | None:
    """Say behind what a further file goes on, None if there is none, or not a line of it yet.

    Raises NewerFormat, StoreCorrupt and OSError.
    """
    try:
        if not os.stat(file).st_size:  # noqa: PTH116 - the quicker way, at every look
            return None
    except FileNotFoundError:
        return None
    first, stop, _ = read_whole(file).partition(b"\n")
    if format_of(first) > FORMAT:
        raise NewerFormat(day)
    if not stop:
        return None
    head = head_of(first)
    if head is None or head.continues is None:
        raise StoreCorrupt(file, 1)
    return head.continues
