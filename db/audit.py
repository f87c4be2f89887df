"""The audit journal: who signed in, what they saw, gave away and changed; never a patient's name.

A folder beside the check-ins, with a file for each day (UTC) on which something happened. Each
line covers the one that was written before it (`audit_lines.py`), so that what is changed or taken
out is noticed. It is no defence against whoever hashes all anew.
"""

import logging
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from db.audit_lines import (
    AuditEntry,
    Plain,
    age_of,
    entries_of,
    file_of,
    hash_of,
    last_hash,
    seed_of_file,
)
from db.calendar import utc_now
from db.errors import StoreError, StoreUnavailable
from db.files import (
    append_synced,
    make_private,
    read_fully,
    read_whole,
    refuse_foreign,
    refusing,
    replace,
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
LAST = ".last"
"""The file that says where the last line was written."""


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
            path = file_of(self._folder, at.date())
            is_new, last = last_hash(path) is None, _last_or_seed(path)
            after, behind = self._go_over(at.date(), last)
            if is_new:
                self._begin(at.date())
            entry = AuditEntry(
                at=at,
                kind=kind,
                by=_line(by),
                device=_line(device),
                told=told,
                after=after,
                behind=behind,
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
                for day, entry in entries_of(self._folder)
                if (first is None or day >= first) and (last is None or day <= last)
            ]

    def _begin(self, today: date) -> None:
        """Let go of what was kept for its time."""
        days = [one for one in days_on_disk(self._folder) if one < today]
        if days and today - days[-1] <= A_LEAP:
            horizon = today - self._keep
            for old in [d for d in days if d < horizon and age_of(self._folder, d) < horizon]:
                file_of(self._folder, old).unlink(missing_ok=True)

    def _go_over(self, today: date, last: str) -> tuple[str, date | None]:
        """Give the hash and the day of the line before, if that is in another file than today's.

        That the next one is written today is put down first: after a power cut between the two,
        today's file tells whether it was.
        """
        before = self._written_last(today)
        if before is None or before == today:
            return "", None
        after = last_hash(file_of(self._folder, before)) or ""
        replace(self._folder / LAST, f"{before} {today} {last}".encode())
        return after, before if after else None

    def _written_last(self, today: date) -> date | None:
        """The day in whose file the last line is; if that is not known, the latest but today's."""
        try:
            words = read_whole(self._folder / LAST).decode("ascii").split()
            before, then = map(date.fromisoformat, words[:2])
            last = _last_or_seed(file_of(self._folder, then))
            known = before if last == words[2] else then
            if last_hash(file_of(self._folder, known)) is not None:
                return known
        except (FileNotFoundError, ValueError, IndexError):
            pass
        others = [day for day in days_on_disk(self._folder) if day != today]
        return next((d for d in others[::-1] if last_hash(file_of(self._folder, d))), None)


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
            write_all(handle, f"{hash_of(last, body)} ".encode() + body + b"\n")
        except OSError:
            os.ftruncate(handle, end)
            raise
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        sync_folder(path.parent)


def _last_or_seed(path: Path) -> str:
    return last_hash(path) or seed_of_file(path)


def _short(value: Plain) -> Plain:
    if isinstance(value, str):
        return _line(value)
    return [_line(one) for one in value] if isinstance(value, list) else value


def _line(text: str) -> str:
    return "".join(one for one in text if one.isprintable())[:LONGEST]


open_audit = Audit
