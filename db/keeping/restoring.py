"""Bringing a backup back: checked as a whole first, and never over what is newer."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from db.core import StoreCore
from db.counting.figures import Figures
from db.errors import StoreCorrupt, StoreError
from db.files import make_once, make_private, read_whole, refusing, replace, sync_folder
from db.keeping.backup import NOTE, Backup
from db.keeping.progress import Progress, in_turn
from db.keeping.purging import NamesDestroyed, keys_of
from db.keeping.rights import Erased, erase_again, erased_on
from db.keeping.verifying import Verified, hash_at, verified
from db.parts import part_of, parts_of

DRAFTS = ".restoring"
NAMES = re.compile(
    r"[0-9-]{10}(\.[0-9]+)?\.(jsonl|torn|damaged)|(figures|receipts)/[0-9-]{10}[a-z.]*\.json"
    r"|set-aside/[0-9]{4}-[0-9]{2}-[0-9]{2}(\.[0-9]+)?/[a-z0-9][a-z0-9.-]*"
)
"""The files of a backup that are of the store."""

NOT_WHOLE = "That folder is not a whole backup."


class Restored(Struct, frozen=True, kw_only=True):
    """What became of a backup."""

    days: list[date]
    """Those that were written."""
    healed: list[date]
    """Those among them in whose place something damaged stood, which is kept beside."""
    without_keys: list[date]
    """Those among them whose names and phones nothing on this machine opens."""
    erased_again: int
    """People whose names were erased here after the backup was made."""


class _Checked(Struct, frozen=True):
    """What a day's files say, here or in the backup."""

    lines: int
    hash: str
    damaged: bool


def restore(core: StoreCore, source: Path, progress: Progress | None = None) -> Restored:
    """Bring back the days of a backup that are not here, or here less of them.

    Days that were purged here stay purged; one that is damaged here is replaced, and kept
    beside. Raises StoreError, with nothing changed, if the backup is damaged, of another
    location, or if a day here is newer or different.
    """
    note = _of_location(source, core.location)
    files = _checked_files(source, note)
    core.settle(make=True)
    wanted: list[date] = []
    for day in in_turn(note.days, progress):
        there = _of_backup(source, day, note)
        if _is_wanted(core, day, source, there):
            wanted.append(day)
    drafts = core.folder / DRAFTS
    _draft(drafts, source, [name for name in files if name[:10] in {str(day) for day in wanted}])
    healed = []
    with core.lock.held(), refusing():
        for day in wanted:
            # Somebody may have checked in meanwhile.
            if not _is_wanted(core, day, source, _of_backup(source, day, note)):
                continue
            if _keep_damaged(core, day):
                healed.append(day)
            _bring(core, day, drafts)
        for name in files:
            here = core.folder / name
            if "/" in name and not here.exists():
                make_private(here.parent)
                replace(here, read_whole(source / name))
        for left in drafts.glob("*"):
            left.unlink()
        with suppress(FileNotFoundError):
            drafts.rmdir()
        again = sum(erase_again(core, day, erased_on(core, day)) for day in wanted)
    return Restored(
        days=sorted(wanted),
        healed=healed,
        without_keys=[day for day in wanted if not keys_of(core, day)],
        erased_again=again,
    )


def checked(source: Path, location: str) -> Backup:
    """Give what a backup says of itself, if all of it is so: each file, and each day's lines."""
    note = _of_location(source, location)
    _checked_files(source, note)
    for day in note.days:
        _of_backup(source, day, note)
    return note


def _of_location(source: Path, location: str) -> Backup:
    note = _note(source)
    if note.location != location:
        raise StoreError(f"That is a backup of {note.location}, not of {location}.")
    return note


def _note(source: Path) -> Backup:
    try:
        return msgspec.json.decode(read_whole(source / NOTE), type=Backup)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        raise StoreError(NOT_WHOLE) from None


def _checked_files(source: Path, note: Backup) -> list[str]:
    """Give the names of the store's files in a backup; each must be as the note says."""
    if note.files is None:
        names = _names_of_old(source, note)
    else:
        names = [name for name in note.files if NAMES.fullmatch(name)]
    for name in names:
        try:
            data = read_whole(source / name)
        except OSError:
            raise StoreError(f"{NOT_WHOLE} {name} is missing, or cannot be read.") from None
        if note.files is not None and hashlib.sha256(data).hexdigest() != note.files[name]:
            _refuse_damaged(source, name, note)
        _check_content(name, data)
    missing = [day for day in note.days if f"{day}.jsonl" not in names]
    if missing:
        raise StoreError(f"{NOT_WHOLE} {missing[0]} is missing.")
    return names


def _names_of_old(source: Path, note: Backup) -> list[str]:
    beside = [*source.glob("figures/*.json"), *source.glob("receipts/*.json")]
    return [f"{day}.jsonl" for day in note.days] + [
        name for path in beside if NAMES.fullmatch(name := str(path.relative_to(source)))
    ]


def _refuse_damaged(source: Path, name: str, note: Backup) -> None:
    if name.endswith(".jsonl") and "/" not in name:
        day = date.fromisoformat(name[:10])
        found = verified(source, day, note.location)
        raise StoreCorrupt(source / name, found.damaged_line or found.lines + 1)
    raise StoreError(f"{name} in the backup is not what was copied.")


def _check_content(name: str, data: bytes) -> None:
    if name.startswith("figures/"):
        kind: Any = Figures
    elif name.startswith("receipts/"):
        kind = {"names": NamesDestroyed, "erased": Erased}.get(name.split(".")[1], Verified)
    else:
        return
    try:
        content: Figures | NamesDestroyed | Erased | Verified = msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise StoreError(f"{name} in the backup is damaged.") from None
    if str(content.day) not in name:
        raise StoreError(f"{name} in the backup is of another day.")


def _of_backup(source: Path, day: date, note: Backup) -> _Checked:
    with refusing():
        found = verified(source, day, note.location)
    known = {trouble.day for trouble in note.troubles}
    is_damaged = found.damaged_line is not None or found.torn_bytes > 0
    if is_damaged and day not in known:
        raise StoreCorrupt(part_of(source, day, 1), found.damaged_line or found.lines + 1)
    return _Checked(found.lines, found.hash, is_damaged)


def _is_wanted(core: StoreCore, day: date, source: Path, there: _Checked) -> bool:
    """Say whether a day of the backup is to be brought back; raises StoreError if it must not."""
    if (core.receipts_folder / f"{day}.json").exists():
        return False
    if not core.journal_of(day).exists():
        return True
    here = _here(core, day)
    if not here.damaged and here == there:
        return False
    if here.lines <= there.lines and here.hash == _hash_in(source, day, here.lines, core.location):
        # What is here is the beginning of what was copied, or all of it, and cannot be read on.
        return here.lines < there.lines or (here.damaged and not there.damaged)
    raise StoreError(f"What is here of {day} is newer than the backup, or different.")


def _hash_in(source: Path, day: date, number: int, location: str) -> str | None:
    return "" if not number else hash_at(source, day, number, location)


def _here(core: StoreCore, day: date) -> _Checked:
    try:
        found = verified(core.folder, day)
    except OSError:
        return _Checked(0, "", damaged=True)
    hash_ = found.hash if found.lines else ""
    return _Checked(found.lines, hash_, found.damaged_line is not None)


def _draft(drafts: Path, source: Path, names: list[str]) -> None:
    """Copy what is wanted beside the journals, so that the lock need not be held for long."""
    with refusing():
        make_private(drafts)
        for name in names:
            (drafts / name).unlink(missing_ok=True)
            make_once(drafts / name, read_whole(source / name))


def _keep_damaged(core: StoreCore, day: date) -> bool:
    """Rename what stands in a day's place and is damaged; say whether there was anything."""
    if not core.journal_of(day).exists() or not _here(core, day).damaged:
        return False
    core.let_go(day)
    for path in parts_of(core.folder, day)[::-1]:
        number, target = 1, path.with_suffix(".damaged")
        while target.exists():
            number += 1
            target = path.with_suffix(f".{number}.damaged")
        path.rename(target)
    return True


def _bring(core: StoreCore, day: date, drafts: Path) -> None:
    """Put a day in its place, its journal last: without that it is not there."""
    core.let_go(day)
    names = sorted(path.name for path in drafts.glob(f"{day}.*"))
    first = f"{day}.jsonl"
    for name in [*(name for name in names if name != first), first]:
        (drafts / name).replace(core.folder / name)
        sync_folder(core.folder)
