"""The files with bookings: which there are in a folder, and what each of them says."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from kiosk.booked.letters import LARGEST, text_of
from kiosk.booked.rows_read import ListError, Read
from kiosk.booked.spreadsheet import read_sheet
from kiosk.booked.todays import Today
from kiosk.languages import typed

KINDS = (".csv", ".tsv", ".txt", ".ics", ".ical")
SETTLED = 3.0
"""Seconds for which a file in a watched folder must have been as it is."""
WRITTEN = "the file is being written; it is read next time"

_CALENDAR = re.compile(r"\s*BEGIN:VCALENDAR", re.IGNORECASE)
_NAMED = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


class Source(NamedTuple):
    """A file that was read: its name, what it says, and the day of rows that name none."""

    name: str
    read: Read
    day: date


def in_folder(folder: Path) -> list[Path]:
    """The files with bookings of a folder, the oldest first: what a later one says counts.

    Hidden ones and those of programs at work are left alone. Raises OSError.
    """
    files = [
        (path.stat().st_mtime, path)
        for path in folder.iterdir()
        if path.suffix.lower() in KINDS and path.name[0] not in ".~" and path.is_file()
    ]
    return [path for _, path in sorted(files)]


def read_file(path: Path, today: Today, now: datetime | None = None) -> Source:
    """What a file says; `now` for one that was found and not named, which has to be settled.

    Raises ListError and OSError.
    """
    before = path.stat()
    if now is not None and 0 <= now.timestamp() - before.st_mtime < SETTLED:
        raise ListError(WRITTEN)
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ListError(WRITTEN)
    text = text_of(data)
    if _CALENDAR.match(text):
        from kiosk.booked.events import read_events  # slow to import

        read = read_events(text, today.day, today.zone)
    else:
        read = read_sheet(text, today.day)
    written = today.day_of(datetime.fromtimestamp(before.st_mtime, UTC))
    return Source(path.name, read, _named(path.name) or (today.day if now is None else written))


def _named(name: str) -> date | None:
    """The day that stands in a file's name."""
    for parts in _NAMED.findall(typed.plain(name)):
        try:
            return typed.day("-".join(parts))
        except ValueError:
            continue
    return None


def paths_of(given: Iterable[Path]) -> list[Path]:
    """The files among what was named, those of folders too; raises OSError."""
    found = list[Path]()
    for path in given:
        found += in_folder(path) if path.is_dir() else [path]
    return found
