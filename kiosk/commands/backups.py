"""A backup a day in a folder that the settings name: made, read back, and the oldest removed."""

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app import start
from kiosk.content.clinic import Clinic
from kiosk.settings import Settings

if TYPE_CHECKING:
    from db import CheckInStore, Trouble
    from kiosk.commands.progress import Progress

ACCOUNTS = "accounts.json"
"""What the staff's accounts are named in a backup."""
KEPT = 14
NAMED = "%Y-%m-%dT%H%M%S"
"""A backup's folder is named by the clinic's time when it was made."""
_NAME = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})")
MAKING = ".making"
"""One on its way: only what was read back gets a name."""


def accounts_of(settings: Settings) -> tuple[Mapping[str, bytes], str]:
    """Give the file of the accounts for a backup; else none, and why: the days go on without."""
    from db import StoreCorrupt

    try:
        return {ACCOUNTS: start.open_clinic_accounts(settings).exported()}, ""
    except StoreCorrupt as damage:
        return {}, f"{damage} The accounts are not in this backup."


def make(
    store: "CheckInStore",
    settings: Settings,
    clinic: Clinic,
    progress: "Progress",
    also: Mapping[str, bytes],
) -> "Sequence[Trouble]":
    """Make one, with what comes `also`, and keep the last KEPT; gives the damaged days.

    Raises StoreError, and the ones from before stay as they are, if the folder is not there or
    what was written is not what is read. The folder is never made: it may lie on a disk that
    somebody has taken out.
    """
    from db import StoreError

    if settings.backup_dir is None:
        raise StoreError("Name a folder, or set backup_dir in kiosk.toml.")
    place = settings.backup_dir / store.location
    try:
        if not settings.backup_dir.is_dir():
            raise StoreError(f"{settings.backup_dir} is not there. Is its disk mounted?")
        making = place / MAKING
        if making.exists():
            shutil.rmtree(making)
        store.days.backup(making, progress, also)
        _forget_written(making)
        made = store.days.verify_backup(making)
        name = f"{made.made_at.astimezone(clinic.zone):{NAMED}}"
        making.rename(place / name)
        for old in kept(place)[:-KEPT]:
            shutil.rmtree(place / old)
    except OSError as error:
        raise StoreError(f"No backup in {place}: {error.strerror}.") from None
    progress.clear()
    print(f"{len(made.days)} days copied to {place / name}, and read back.")
    return made.troubles


def _forget_written(folder: Path) -> None:
    """Have what was written read from the disk itself, not from what the system still knows."""
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)


def made_at(name: str) -> datetime:
    """When a backup was made, by its name, in the clinic's time; raises ValueError."""
    found = _NAME.fullmatch(name)
    assert found is not None
    year, month, day, hour, minute, second = map(int, found.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the zone is the clinic's


def kept(place: Path) -> list[str]:
    """The names of the backups in a folder, oldest first."""
    if not place.is_dir():
        return []
    return sorted(path.name for path in place.iterdir() if _NAME.fullmatch(path.name))
