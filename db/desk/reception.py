"""What concerns the desk and not one check-in: help calls, the reception state, who is there."""

import contextlib
import os
import re
import stat
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct

from db.checkin import Event
from db.core import StoreCore
from db.day import Day
from db.errors import StoreError
from db.files import refusing


class HelpCall(Struct, frozen=True, kw_only=True):
    """A patient's call for help at a device, and who is coming."""

    id: str
    device: str
    at: datetime
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None


class ReceptionState(StrEnum):
    """Whether reception takes people."""

    open = "open"
    away = "away"
    full = "full"
    closed = "closed"


class Reception(Struct, frozen=True):
    """The reception state and, where staff said so, until when (HH:MM, as they typed it)."""

    state: ReceptionState
    until: str | None = None


PRESENT_FOR = timedelta(minutes=10)
"""How long after the last sign of life an account still counts as present."""

LONGEST = 4096
"""Bytes of a presence file; a longer one is damaged."""

UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
"""Characters that neither a name nor a room has: a file that holds one is damaged."""

ANSWERED_FOR = timedelta(minutes=5)
"""How long an acknowledged help call is still listed, so that the patient reads who comes."""

OPEN = Reception(ReceptionState.open)
"""How reception stands on a day on which staff have said nothing."""


class Desk(StoreCore):
    """Help, reception and presence, of today and this location."""

    def call_for_help(self, device: str) -> Event:
        """Note that someone at `device` asks for help; durable on return."""
        with self._writing() as day:
            event, at = self._event("help_called", device, day), self._now(day)
            number = day.journal.counters.get("help", 0) + 1
            call = msgspec.structs.asdict(HelpCall(id=event.id, device=device, at=at))
            put = {"help": {str(number): call}}
            day.journal.append(at, put, events=[event], count={"help": number})
            return day.events()[-1]

    def acknowledge(self, event_id: str, by: str) -> Event:
        """Note that `by` is going; the first to answer stays the one. Raises StoreError.

        `event_id` is the id of the event that `call_for_help` gave, and of the HelpCall.
        """
        with self._writing() as day:
            for event in day.events():
                if event.kind == "help_acknowledged" and event.reason == event_id:
                    return event
            calls = {call.id: (number, call) for number, call in _help_calls(day).items()}
            if event_id not in calls:
                raise StoreError("There is no such call for help today.")
            number, call = calls[event_id]
            at = self._now(day)
            call = msgspec.structs.replace(call, acknowledged_by=by, acknowledged_at=at)
            day.journal.append(
                at,
                {"help": {number: msgspec.structs.asdict(call)}},
                events=[self._event("help_acknowledged", by, day, reason=event_id)],
            )
            return day.events()[-1]

    def help_calls(self) -> list[HelpCall]:
        """Give today's calls that nobody answered, and those answered in the last 5 minutes."""
        with self._reading() as day:
            return calls_shown(day, self._calendar.now())

    def set_reception_state(
        self, state: ReceptionState | None, by: str, until: str | None = None
    ) -> Reception:
        """Set whether reception takes people, for today; `until` is shown as it is (HH:MM).

        `state` None takes it back: reception is again as on a day on which nobody said anything.
        """
        reception = Reception(ReceptionState(state), until) if state else None
        with self._writing() as day:
            before = msgspec.structs.asdict(reception_set(day) or OPEN)
            reason = (reception or OPEN).state
            day.journal.append(
                self._now(day),
                {"desk": {"1": msgspec.structs.asdict(reception)}} if reception else None,
                gone=None if reception else {"desk": ["1"]},
                events=[self._event("reception", by, day, before=before, reason=reason)],
            )
        return reception or OPEN

    def reception_said(self) -> Reception | None:
        """Give what staff set today, None while they have set nothing."""
        with self._reading() as day:
            return reception_set(day)

    def reception_state(self, unset: Reception = OPEN) -> Reception:
        """Give the state staff set today, `unset` if none; open with nobody present is away."""
        return as_it_is(self.reception_said() or unset, self.present())

    def mark_present(self, by: str, room: str = "") -> None:
        """Note that `by` is signed in at this terminal; to be repeated every few minutes.

        `room`: where they see people; empty at the desk. It is not synced: losing it in a power
        cut is right, for nobody is signed in then.
        """
        self._settle(make=True)
        now = self._calendar.now().timestamp()
        with refusing():
            mine = self._place_for(self._my_presence)
            # Only news is written: a heartbeat must not wake those who watch the folder.
            if _said(mine) != (by, room):
                for file, age in self._ages().items():
                    if abs(age) > timedelta(days=1).total_seconds():
                        file.unlink(missing_ok=True)  # left by a terminal that was killed
                mine.write_text(f"{by}\n{room}", encoding="utf-8", errors="replace")
                mine.chmod(0o600)
            os.utime(mine, (now, now))

    def leave_desk(self, by: str) -> None:
        """Note that `by` signed out at this terminal."""
        with refusing():
            mine = self._my_presence
            if (_said(mine) or ("", ""))[0] == by:
                mine.unlink(missing_ok=True)

    def present(self) -> list[str]:
        """Give the names of those signed in on some terminal, heard of within 10 minutes."""
        return sorted({name for names in self.occupied().values() for name in names})

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
            for file in self._presence.iterdir():
                with contextlib.suppress(OSError):
                    there = file.stat()
                    if stat.S_ISREG(there.st_mode):
                        ages[file] = now - there.st_mtime
        return ages

    def _place_for(self, mine: Path) -> Path:
        """Make room for our presence file: what a damaged disk left in its place goes aside."""
        for place, fits in ((mine.parent, Path.is_dir), (mine, Path.is_file)):
            if os.path.lexists(place) and not fits(place):
                place.rename(place.with_name(f"{place.name}.{os.urandom(4).hex()}.damaged"))
        mine.parent.mkdir(mode=0o700, exist_ok=True)
        return mine

    @property
    def _presence(self) -> Path:
        return self.folder / "present"

    @property
    def _my_presence(self) -> Path:
        # With the process id: two terminals on one machine are two.
        return self._presence / f"{re.sub(r'[^A-Za-z0-9-]', '_', self.device)}.{os.getpid()}"


def _help_calls(day: Day) -> dict[str, HelpCall]:
    rows = day.journal.tables.get("help", {})
    return {number: msgspec.json.decode(raw, type=HelpCall) for number, raw in rows.items()}


def calls_shown(day: Day, now: datetime) -> list[HelpCall]:
    """Give the calls of a day that nobody answered, and those answered in the last 5 minutes."""
    since = now - ANSWERED_FOR
    calls = _help_calls(day).values()
    return [call for call in calls if (call.acknowledged_at or since) >= since]


def reception_set(day: Day) -> Reception | None:
    """Give what staff set on a day, None if nothing."""
    raw = day.journal.tables.get("desk", {}).get("1")
    return msgspec.json.decode(raw, type=Reception) if raw else None


def as_it_is(reception: Reception, present: Collection[str]) -> Reception:
    """Give the state as people find it: open with nobody present is away."""
    if reception.state is ReceptionState.open and not present:
        return Reception(ReceptionState.away)
    return reception


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
