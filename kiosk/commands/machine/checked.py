"""What `check` says of this machine: its terminal, store, accounts, disk, and what failed."""

import os
import stat
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk.app.start import open_clinic_accounts, open_clinic_store
from kiosk.commands.machine import devices, last_backup, units
from kiosk.commands.machine.found import Finding, grave
from kiosk.commands.machine.terminal_probe import Abilities, probe
from kiosk.commands.version import MADE_ON
from kiosk.content.clinic import Clinic
from kiosk.content.hidden import hidden_values
from kiosk.log import last_entries
from kiosk.settings import Settings

if TYPE_CHECKING:
    from db import CheckInStore

SHOWN = 5
"""Failures that are shown, the last ones."""
MEGABYTES_WANTED = 50
"""A day of 300 visits takes under one; the rest is for the machine itself."""
SMALLEST = (80, 24)


def report(settings: Settings, clinic: Clinic) -> list[Finding]:
    """All there is to say of this machine, in the order in which it is read."""
    return [
        *terminal(probe()),
        *store(settings, clinic),
        *accounts(settings),
        *folders(settings),
        *devices.devices(settings, units.roles()),
        *last_backup.findings(settings, clinic),
        *failures(settings.data_dir),
    ]


def terminal(abilities: Abilities | None) -> Iterable[Finding]:
    """What the terminal can do, and what that means for the screens."""
    if abilities is None:
        yield Finding("terminal: none here; run check in the one the kiosk will use")
        return
    size = (abilities.columns, abilities.rows)
    too_small = size[0] < SMALLEST[0] or size[1] < SMALLEST[1]
    advice = "; the screens need 80x24 at least" if too_small else ""
    yield Finding(f"terminal: {size[0]}x{size[1]}{advice}", too_small)
    if abilities.console:
        yield Finding(
            "the bare console shows no Chinese and takes no touch: use foot (see deploy/), or set "
            'languages = ["en"]',
            wrong=True,
        )
    elif not abilities.truecolor:
        yield Finding("colours: few; set COLORTERM=truecolor if this terminal has all", wrong=True)
    if abilities.mouse is False:
        yield Finding("mouse and touch: this terminal reports none", wrong=True)
    for cells, right, what in (
        (abilities.wide, 2, "a Chinese character"),
        (abilities.narrow, 1, "a block of a QR code"),
    ):
        if cells is not None and cells != right:
            yield Finding(f"{what} takes {cells} cells here and should take {right}", wrong=True)
    if abilities.wide is None:
        yield Finding("glyphs: the terminal does not tell how wide they are")


def store(settings: Settings, clinic: Clinic) -> Iterable[Finding]:
    """Whether people can check in, and whether the clock can be right."""
    from db import StoreError

    try:
        opened = open_clinic_store(settings, clinic)
        try:
            yield from days(opened)
            opened.health()
            yield Finding(f"check-in: works; the service day is {opened.day}")
            if opened.day != (by_clock := opened.day_by_clock):
                yield Finding(
                    f"clock: by it today is {by_clock}, but {opened.day} has begun and goes on; "
                    f"if the clock is right, run set-aside {opened.day}",
                    wrong=True,
                )
        finally:
            opened.close()
    except StoreError as refusal:
        yield grave(f"check-in: {refusal}")
    now = datetime.now(UTC).astimezone(clinic.zone)
    if now.date() < MADE_ON:
        yield grave(f"clock: {now:%Y-%m-%d} is before this version was made ({MADE_ON}); set it")
    else:
        yield _clock(f"clock: {now:%Y-%m-%d %H:%M} in {clinic.time_zone}")


def _clock(shown: str) -> Finding:
    from db import ClockIs, MachineClock

    match MachineClock()():
        case ClockIs.right:
            return Finding(f"{shown}, kept right by a time service")
        case ClockIs.wrong:
            return Finding(f"{shown}, known to be wrong; `timedatectl` says why", wrong=True)
    return Finding(f"{shown}; nothing says whether it is right: compare it with a telephone's")


def days(opened: "CheckInStore") -> Iterable[Finding]:
    """What is wrong with the days on disk: damage, forged text, names kept for too long."""
    from db import StoreError

    for day in opened.days.on_disk():
        try:
            found = opened.days.verify(day)
            if found.damaged_line is not None:
                yield grave(f"{day}: the journal is damaged at line {found.damaged_line}")
                continue
            check_ins, events = opened.days.recorded(day)
        except StoreError as refusal:
            yield grave(f"{day}: {refusal}")
            continue
        for one in (*check_ins, *events):
            if held := hidden_values(msgspec.to_builtins(one)):
                yield grave(f"{day}.jsonl: {held}, which a terminal obeys; find out who wrote it")
                break
    for name in opened.days.strangers():
        yield grave(f"{name}: looks like the journal of a day and is none; move it elsewhere")
    for one in opened.days.all_set_aside():
        yield Finding(f"{one.day}: was begun by a clock that ran ahead, set aside {one.since}")
    if names := opened.days.overdue().names:
        told = ", ".join(map(str, names))
        yield grave(f"names: kept for longer than they may be: {told}; run purge --confirm")


def accounts(settings: Settings) -> Iterable[Finding]:
    """Whether staff can sign in, and whether what they did is still known."""
    from db import StoreCorrupt, StoreError

    opened = open_clinic_accounts(settings)
    try:
        number = len(opened.all())
        yield Finding(f"accounts: {number}" if number else "accounts: none yet")
    except StoreCorrupt as damage:
        mend = "Move it elsewhere, then restore BACKUP --accounts."
        yield grave(f"accounts: {damage} Nobody can sign in. {mend}")
    except StoreError as refusal:
        yield grave(f"accounts: {refusal}")
    try:
        yield Finding(f"audit: {len(opened.audit.entries()):,} entries")
    except StoreError as refusal:
        yield grave(f"audit: {refusal}")


def folders(settings: Settings) -> Iterable[Finding]:
    """Room on the disk, and who may read what."""
    for name, folder in (("data", settings.data_dir), ("keys", settings.keys_dir)):
        place = _nearest(folder)
        disk = os.statvfs(place)
        free = disk.f_bavail * disk.f_frsize // 2**20
        if free == 0 or (disk.f_files and not disk.f_favail):
            yield grave(f"{name}: the disk is full")
        else:
            advice = "; make room on this disk" if free < MEGABYTES_WANTED else ""
            yield Finding(f"{name}: {free:,} MB free{advice}", bool(advice))
        if folder.exists() and (mode := folder.stat().st_mode & 0o777) & 0o077:
            yield grave(f"{name}: other accounts can read this folder ({mode:o}); chmod 700 it")
        for file in sorted(folder.rglob("*")):
            mode = file.lstat().st_mode
            if stat.S_ISREG(mode) and mode & 0o077:
                which = f"{file.relative_to(folder)} ({mode & 0o777:o})"
                yield grave(f"{name}: other accounts can read {which}; chmod 600 it")
    yield from _list_folder(settings.appointments_dir)
    if settings.keys_dir.resolve().is_relative_to(settings.data_dir.resolve()):
        yield Finding("keys: they lie among the data, and would be in its backup", wrong=True)


def _list_folder(folder: Path | None) -> Iterable[Finding]:
    """The folder of the calendar's files, which hold names that nobody has sealed."""
    if folder is None:
        return
    if not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
        yield Finding("today's list: appointments_dir is no folder that can be read", wrong=True)
    elif (mode := folder.stat().st_mode & 0o777) & 0o007:
        advice = f"every account can read its folder ({mode:o}), and the names in it; chmod 750 it"
        yield Finding(f"today's list: {advice}", wrong=True)


def failures(data_dir: Path, number: int = SHOWN) -> Iterable[Finding]:
    """The last failures that were logged, with where they happened."""
    entries = last_entries(data_dir, number)
    for entry in entries:
        way = entry.get("way")
        place = f", at {way[-1]}" if isinstance(way, list) and way else ""
        fault = f" ({entry['fault']}{place})" if entry.get("fault") else ""
        yield Finding(f"{entry['at']} {entry['mode']}: {entry.get('what')}{fault}")
    if not entries:
        yield Finding("log: nothing has failed")


def _nearest(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
