"""Who of the staff is signed in, on which terminal and in which room; it may be lost."""

import contextlib
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from db.calendar import Calendar
from db.files import refusing

PRESENT_FOR = timedelta(minutes=10)
"""How long after the last sign of life an account still counts as present."""

LONGEST = 4096
"""Bytes of a presence file; a longer one is damaged."""

UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
"""Characters that neither a name nor a room has: a file that holds one is damaged."""


class Presence:
    """The folder in which every terminal has a file while somebody works there."""

    def __init__(
        self, folder: Path, device: str, calendar: Calendar, make_folder: Callable[[], None]
    ) -> None:
        """Touches no disk; `make_folder` makes the location's own, or refuses to."""
        self.folder = folder / "present"
        self._device = device
        self._calendar = calendar
        self._make_folder = make_folder

    def mark(self, by: str, room: str = "") -> None:
        """Note that `by` is signed in at this terminal; to be repeated every few minutes.

        `room`: where they see people; empty at the desk. It is not synced: losing it in a power
        cut is right, for nobody is signed in then.
        """
        self._make_folder()
        now = self._calendar.now().timestamp()
        with refusing():
            mine = _place_for(self._mine)
            # Only news is written: a heartbeat must not wake those who watch the folder.
            if _said(mine) != (by, room):
                for file, age in self._ages().items():
                    if abs(age) > timedelta(days=1).total_seconds():
                        file.unlink(missing_ok=True)  # left by a terminal that was killed
                mine.write_text(f"{by}\n{room}", encoding="utf-8", errors="replace")
                mine.chmod(0o600)
            os.utime(mine, (now, now))

    def leave(self, by: str) -> None:
        """Note that `by` signed out at this terminal."""
        with refusing():
            mine = self._mine
            if (_said(mine) or ("", ""))[0] == by:
                mine.unlink(missing_ok=True)

    def present(self) -> list[str]:
        """Give the names of those signed in on some terminal, heard of within 10 minutes."""
        return names_in(self.occupied())

    def occupied(self) -> dict[str, list[str]]:
        """Give the names of those who are present by their room; those at the desk under ""."""
        rooms: dict[str, set[str]] = {}
        for file, age in self._ages().items():
            # Neither long ago nor in a future that a clock running ahead has seen.
            if abs(age) <= PRESENT_FOR.total_seconds() and (said := _said(file)) is not None:
                rooms.setdefault(said[1], set()).add(said[0])
        return {room: sorted(names) for room, names in sorted(rooms.items())}

    def _ages(self) -> dict[Path, float]:
        """Give the presence files and the seconds since each was last touched."""
        now, ages = self._calendar.now().timestamp(), {}
        # Nobody may ever have signed in, or someone leaves at this moment.
        with contextlib.suppress(OSError):
            for file in self.folder.iterdir():
                with contextlib.suppress(OSError):
                    there = file.stat()
                    if stat.S_ISREG(there.st_mode):
                        ages[file] = now - there.st_mtime
        return ages

    @property
    def _mine(self) -> Path:
        # With the process id: two terminals on one machine are two.
        return self.folder / f"{re.sub(r'[^A-Za-z0-9-]', '_', self._device)}.{os.getpid()}"


def at_desk(occupied: Mapping[str, list[str]]) -> list[str]:
    """Give the names of those at the desk: all of the reception, and who chose no room."""
    return occupied.get("", [])


def names_in(occupied: Mapping[str, Iterable[str]]) -> list[str]:
    """Give the names of those who are present, in whatever room."""
    return sorted({name for names in occupied.values() for name in names})


def _place_for(mine: Path) -> Path:
    """Make room for our presence file: what a damaged disk left in its place goes aside."""
    for place, fits in ((mine.parent, Path.is_dir), (mine, Path.is_file)):
        if os.path.lexists(place) and not fits(place):
            place.rename(place.with_name(f"{place.name}.{os.urandom(4).hex()}.damaged"))
    mine.parent.mkdir(mode=0o700, exist_ok=True)
    return mine


def _said(file: Path) -> tuple[str, str] | None:
    """Give who is present and in which room, None if that cannot be read: it may be lost."""
    try:
        if not file.is_file() or file.stat().st_size > LONGEST:
            return None
        name, _, room = file.read_bytes().decode().partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    if not name.strip() or any(unicodedata.category(one) in UNSEEN for one in name + room):
        return None
    return name, room
