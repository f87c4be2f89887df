"""The clinic of the jobs at the desk: five terminals, a store to prepare with, and its journal."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.jobs_table import Row
from benchmarks.terminals import (
    PATIENCE,
    TYPING,
    Terminal,
    drawn,
    open_folder,
    open_staff,
    row_of,
    see,
    table,
    until,
    write,
)
from db import Arrival, CheckIn, CheckInStore, Status, open_store

ZONE = ZoneInfo("Asia/Shanghai")
OPENS = 9
"""The hour at which the scripted day begins, whenever it is run."""
LIN, MEI, WOLF = "Lin", "Mei", "Wolf"
STAFF = {LIN: "reception", MEI: "manager", WOLF: "practitioner"}
KEPT = 12
"""Tickets that are given out before the first job: those whose digits the table has."""
SCRIPT = "Script"
"""Who does what only prepares a job."""
PLACES = "laboratory,cashier,herbs"
"""Where Wolf sends people to; the others know of the laboratory alone."""


class Failed(Exception):
    """A job was not done."""


class Stage:
    """Where the jobs are played."""

    def __init__(self, folder: Path, rooms: int) -> None:
        self.terminals = open_folder(folder, rooms)
        self.rooms = rooms
        # The next nine o'clock: times as people type them are still to come, whatever the hour.
        now = datetime.now(UTC)
        opens = now.astimezone(ZONE).replace(hour=OPENS, minute=0, second=0, microsecond=0)
        self._ahead = opens + timedelta(days=opens < now) - now
        offset = folder / "offset"
        offset.write_text(str(self._ahead.total_seconds()))
        clock = Path(__file__).with_name("shifted_clock.py")
        self.before = (sys.executable, str(clock), str(offset))
        self.store: CheckInStore = open_store(
            self.terminals.data,
            location="downtown",
            keys_dir=self.terminals.keys,
            time_zone=ZONE.key,
            clock=self.now,
        )
        self.row: Row | None = None
        """The job that is played, until its keys are pressed."""
        self._seen = 0
        """Events before its keys."""

    def open(self) -> None:
        """Start the programs, and sign everybody in."""
        for name, role in STAFF.items():
            self.terminals.hire(name, role)
        self.lobby = self._run("lobby")
        self.board = self._run("board")
        self.lin = open_staff(self.terminals, LIN, before=self.before)
        self.mei = open_staff(self.terminals, MEI, before=self.before)
        self.wolf = open_staff(
            self.terminals, WOLF, str(self.rooms), before=self.before, CLINIC_KIOSK_PLACES=PLACES
        )
        self.desks = (self.lin, self.mei, self.wolf)

    def _run(self, mode: str) -> Terminal:
        return self.terminals.open(mode, "--language", "en", before=self.before)

    def output(self, *words: str, stdin: str = "") -> str:
        """What a command prints, by the clock of the clinic."""
        return self.terminals.output(*words, stdin=stdin, before=self.before)

    def now(self) -> datetime:
        """The time in the clinic."""
        return datetime.now(UTC) + self._ahead

    def time(self, hour: int, minute: int = 0) -> datetime:
        """A time of the day that is played."""
        return self.store.calendar.at(self.store.day, hour, minute)

    # Preparing

    def arrives(self, name: str = "", phone: str = "", **said: Any) -> CheckIn:
        """Somebody checks in."""
        arrival = Arrival(name=name, phone=phone, **{"service": "cupping", **said})
        return self.store.check_in(arrival, allow_same_phone=True)

    def comes(self, name: str = "", phone: str = "", **said: Any) -> CheckIn:
        """Somebody checks in, and stands on every staff terminal."""
        one = self.arrives(name, phone, **said)
        for desk in self.desks:
            until(desk, lambda desk=desk: row_of(desk, one.ticket), f"the row of {one.ticket}")
        return one

    def called(self, room: str, name: str = "", **said: Any) -> CheckIn:
        """Somebody who was called."""
        return self.store.call(self.comes(name, **said).id, room, SCRIPT)

    def inside(self, room: str, name: str = "", **said: Any) -> CheckIn:
        """Somebody who came in."""
        return self.store.begin(self.called(room, name, **said).id, SCRIPT)

    def back(self, number: int) -> CheckIn:
        """One of those who were there before the first job, waiting."""
        one = next(one for one in self.store.today() if one.number == number)
        return self.store.bring_back(one.id, SCRIPT)

    def give_out(self) -> None:
        """The tickets whose digits the table has; all of them have left."""
        for _ in range(KEPT):
            self.store.leave(self.arrives().id, SCRIPT)

    def clear(self) -> None:
        """End everybody's visit who is still here, and wait until no desk shows them."""
        for one in self.store.today():
            match one.status:
                case Status.waiting | Status.parked | Status.called:
                    self.store.leave(one.id, SCRIPT)
                case Status.in_service:
                    self.store.complete(one.id, SCRIPT)
        for desk in self.desks:
            until(desk, lambda desk=desk: not table(desk), "an empty queue")

    def at(self, desk: Terminal, one: CheckIn) -> Terminal:
        """A desk with its cursor on somebody who stands there as they do in the store."""
        now = self.store.get(one.id)
        words = {
            Status.waiting: ("waiting", "next in line"),
            Status.called: (f"called R{now and now.room}",),
            Status.in_service: (f"in R{now and now.room}",),
            Status.parked: ("lab ", "cashier "),
        }
        if now and now.status in words:
            self.shows(desk, one, *words[now.status])
        digits = str(one.number)
        if not row_of(desk, one.ticket).startswith(">"):
            desk.press(*digits)
            until(desk, lambda: row_of(desk, one.ticket).startswith(">"), f"> {one.ticket}")
        return desk

    def find(self, desk: Terminal, one: CheckIn) -> None:
        """Have a desk show somebody alone, whose visit may be over, with the cursor on them."""
        desk.press("/", *one.ticket, "enter")
        until(desk, lambda: [one.ticket] == [row[2:6] for row in table(desk)], one.ticket)

    # Playing

    def play(self, desk: Terminal, reads: str = "") -> None:
        """Press the keys of the job, exactly as the table has them.

        `reads`: a question that is read before it is answered with the last key.
        """
        row, self.row = self.row, None
        if row is None:
            raise Failed("its keys were pressed before")
        self._seen = len(self.events())
        for place, pressed in enumerate(row.pressed, 1):
            if reads and place == len(row.pressed):
                see(desk, reads)
            if pressed.is_text:
                write(desk, pressed.text)
            else:
                desk.press(*pressed.keys)
                desk.read_on(TYPING)

    # Looking

    def events(self) -> list[dict[str, Any]]:
        """Every event of the journal, read without the program's own code."""
        found = []
        for journal in sorted(self.store.folder.glob("*.jsonl")):
            for line in journal.read_text(encoding="utf-8").splitlines():
                found += json.loads(line.split(" ", 1)[1]).get("events", [])
        return found

    def journal(self, *kinds: str, by: str, of: CheckIn | None = None) -> list[dict[str, Any]]:
        """The events since the keys were pressed; raises Failed unless they are of these kinds."""
        since = self.events()[self._seen :]
        if [event["kind"] for event in since] != list(kinds):
            raise Failed(f"the journal has {[event['kind'] for event in since]}, not {kinds}")
        if {event["by"] for event in since} - {by}:
            raise Failed(f"not {by} did it: {since}")
        if of and of.number not in {event.get("check_in") for event in since}:
            raise Failed(f"it was not done to {of.ticket}")
        return since

    def shows(self, desk: Terminal, one: CheckIn, *words: str) -> None:
        """Wait until a desk says one of these of somebody."""
        until(
            desk,
            lambda: any(word in row_of(desk, one.ticket) for word in words),
            f"{one.ticket} {' or '.join(words)}",
        )

    def everywhere(self, one: CheckIn, *words: str) -> None:
        """Wait until every desk does."""
        for desk in self.desks:
            self.shows(desk, one, *words)

    def gone(self, one: CheckIn) -> None:
        """Wait until no desk lists somebody any more."""
        for desk in self.desks:
            until(desk, lambda desk=desk: not row_of(desk, one.ticket), f"no {one.ticket}")

    def on_board(self, *ones: CheckIn) -> None:
        """Wait until each of these has stood on the board."""
        for one in ones:
            until(self.board, lambda one=one: drawn(self.board, one.ticket), f"{one.ticket} there")

    def says(self, desk: Terminal, *words: str) -> None:
        """Wait until each of these stands on a screen."""
        for text in words:
            see(desk, text)

    def says_no_more(self, desk: Terminal, text: str) -> None:
        """Wait until a text has gone from a screen."""
        desk.wait_without(text, seconds=PATIENCE)

    def is_so(self, what: str, holds: object) -> None:
        """Raise Failed unless something holds."""
        if not holds:
            raise Failed(what)
