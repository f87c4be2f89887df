"""The audit journal: who signed in, what they saw, gave away and changed; never a patient's name.

A folder beside the check-ins, with a file for each day (UTC) on which something happened. Each
line covers the one before it, and the first line of a file the last one of the file before, so
that what is changed or taken out is noticed. It is no defence against whoever hashes all anew.
"""

import logging
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from db.calendar import utc_now
from db.errors import StoreCorrupt, StoreError, StoreUnavailable
from db.files import (
    append_synced,
    make_private,
    read_fully,
    read_whole,
    refuse_foreign,
    refusing,
    sync_folder,
    write_all,
)
from db.lock import FileLock
from db.parts import days_on_disk

log = logging.getLogger("clinic.store")

AUDIT_DAYS = 365
"""Days for which it is kept unless the settings say otherwise."""
A_LEAP = timedelta(days=31)
"""After a longer gap nothing is removed that day: the clock may run ahead."""
LONGEST = 200
"""Characters of a value; the rest is cut off."""
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
    """In the first line of a file, the hash of the last line of the file before it."""


class Audit:
    """The audit journal of a data folder; usable from any thread and process."""

    def __init__(
        self,
        data_dir: str | Path,
        clock: Callable[[], datetime] = utc_now,
        *,
        keep_days: int = AUDIT_DAYS,
    ) -> None:
        """Touches no disk until it is used. `clock` gives aware moments."""
        self._folder = Path(data_dir) / "audit"
        self._clock = clock
        self._keep = timedelta(days=keep_days)
        self._lock = FileLock(self._folder / ".lock", timeout=2.0)

    def note(self, kind: str, by: str, device: str, **told: Plain) -> None:
        """Write down what happened; durable on return. Raises StoreError.

        `told` says what about: tickets, days, a reason; never who a patient is.
        """
        at = self._clock().astimezone(UTC)
        told = {name: _short(value) for name, value in told.items()}
        with refusing():
            refuse_foreign(self._folder)
            make_private(self._folder)
        with self._lock.held(), refusing():
            path = self._folder / f"{at.date()}.jsonl"
            last, after = _last_hash(path), ""
            if last is None:
                after = self._before(at.date())
                last = _hash("", path.name.encode())
            entry = AuditEntry(
                at=at, kind=kind, by=_line(by), device=_line(device), told=told, after=after
            )
            _append(path, last, msgspec.json.encode(entry))

    def try_to_note(self, kind: str, by: str, device: str, **told: Plain) -> None:
        """Do as `note`, for what is done and must not fail for it: then it is in the log."""
        try:
            self.note(kind, by, device, **told)
        except StoreError as refusal:
            log.warning("%s is not in the audit journal: %s", kind, refusal)

    def entries(self, first: date | None = None, last: date | None = None) -> list[AuditEntry]:
        """Give what happened from one day to another (UTC), oldest first.

        Raises StoreCorrupt where a line, or a file in between, was changed or taken out.
        """
        with refusing():
            return [
                entry
                for day, entry in self._read()
                if (first is None or day >= first) and (last is None or day <= last)
            ]

    def _read(self) -> Iterator[tuple[date, AuditEntry]]:
        known: str | None = None
        for day in days_on_disk(self._folder):
            path = self._folder / f"{day}.jsonl"
            hash_ = _hash("", path.name.encode())
            lines = read_whole(path).split(b"\n")
            for number, line in enumerate(lines[:-1], 1):  # behind the last is an unfinished one
                own, _, body = line.partition(b" ")
                if own.decode("ascii", "replace") != _hash(hash_, body):
                    raise StoreCorrupt(path, number)
                hash_ = own.decode()
                try:
                    entry = msgspec.json.decode(body, type=AuditEntry)
                except (msgspec.MsgspecError, ValueError, RecursionError):
                    raise StoreCorrupt(path, number) from None
                if number == 1 and known is not None and entry.after != known:
                    raise StoreCorrupt(path, number)
                yield day, entry
            known = hash_

    def _before(self, day: date) -> str:
        """Begin a day: let go of what was kept for its time, and give the last hash there is."""
        days = [one for one in days_on_disk(self._folder) if one < day]
        if days and day - days[-1] <= A_LEAP:
            for old in [one for one in days if one < day - self._keep]:
                (self._folder / f"{old}.jsonl").unlink(missing_ok=True)
        return (_last_hash(self._folder / f"{days[-1]}.jsonl") or "") if days else ""


def _append(path: Path, last: str, body: bytes) -> None:
    is_new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        data = read_fully(handle, size, 0)
        if data is None:
            raise StoreUnavailable
        end = data.rfind(b"\n") + 1  # of a line that a power cut tore, nobody was told
        if end < size:
            append_synced(path.with_suffix(".torn"), data[end:] + b"\n")
            os.ftruncate(handle, end)
        os.lseek(handle, end, os.SEEK_SET)
        try:
            write_all(handle, f"{_hash(last, body)} ".encode() + body + b"\n")
        except OSError:
            os.ftruncate(handle, end)
            raise
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        sync_folder(path.parent)


def _last_hash(path: Path) -> str | None:
    """The hash of a file's last whole line, None if it has none."""
    try:
        lines = read_whole(path).split(b"\n")[:-1]
    except FileNotFoundError:
        return None
    return lines[-1][:HASH].decode("ascii", "replace") if lines else None


def _hash(last: str, body: bytes) -> str:
    return sha256(last.encode() + body).hexdigest()[:HASH]


def _short(value: Plain) -> Plain:
    if isinstance(value, str):
        return _line(value)
    return [_line(one) for one in value] if isinstance(value, list) else value


def _line(text: str) -> str:
    return "".join(one for one in text if one.isprintable())[:LONGEST]


open_audit = Audit
