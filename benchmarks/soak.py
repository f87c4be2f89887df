"""Chaos at the real lobby: whatever is typed, touched, killed or filled, it is back at Home.

    python benchmarks/soak.py [--minutes M | --hours H] [--seed N]

Random keys, bytes, pastes, touches, resizes and stops; staff and board killed and begun again; the
disk full and free; the clock set ahead and back. Between them whole check-ins, each with a name
of its own. After each turn the lobby must come back to a working Home. At the end no check-in
whose ticket was on the screen may be missing, and no name may have been painted after its session.
Prints what it did; exits 1 with what went wrong. The same seed does the same things.

The full disk needs root, which mounts a small file system for it; without, that part is left out.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from terminal import Terminal, Terminals
from terminal_keys import KEYS

from benchmarks.machine import machine
from db import StoreError, open_store
from kiosk.log import last_entries

HOME, SHELF = "With or without appointment", "touch a title"
TICKET, SAFETY = "You are checked in", "None of these"
DESK = "Please check in at the desk"
TO_THE_NAME = (
    ("1", SAFETY),
    ("1", "What brings you"),
    ("9", "first visit"),
    ("2", "What may we call you"),
    ("2", "Please type your name"),
)
FRIGHTENING = [
    b"\x1b[200~", b"\x1b[201~", b"\xff\xfe", b"\x1b[99999999999;1u", b"\x1b[48;0;0;0;0t",
    b"\x1b]52;c;eHl6enk=\x07", b"\x1bP1$r0m\x1b\\", b"\x1b[O", b"\x1b[I", b"\x00", b"\x1b[9;9R",
    b"\x1b[97;;55296u", b"\x1b[<-1;5;5M\x1b[M\xff\xff\xff", b"\x1b[?2026;4$y\x1b[?2048;9$y",
    b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1bP>|foot(1.15)\x1b\\", bytes(range(27)),
    ("a" + "\u0301" * 90).encode(),
    "王小明محمد🙂".encode(), "é".encode("latin-1"), b"[@click=app.quit]x[/]", b"\x1b[" + b"1;" * 60,
]  # fmt: skip
SIZES = [(80, 24), (120, 36), (79, 23), (40, 12), (1, 1), (0, 0), (200, 60), (9999, 9999), (80, 24)]
JUMPS = [-86400 * 3, -3600, 3600, 86400, 86400 * 40]
"""Seconds by which the clock is set wrong, and put right again."""


class WentWrong(Exception):
    """A promise that was not kept."""


class Soak:
    """One lobby with staff and board beside it, and what has been seen so far."""

    def __init__(self, folder: Path, seed: int, disk: Path | None) -> None:
        self.chance = random.Random(seed)
        self.terminals = Terminals(folder)
        if disk is not None:
            self.terminals.data = disk
            self.terminals.environment["CLINIC_KIOSK_DATA_DIR"] = str(disk)
        self.disk = disk
        self.offset = folder / "offset"
        self.offset.write_text("0")
        self.lobby = self.open("lobby", CLINIC_KIOSK_IDLE_SECONDS="3600")
        self.others = {name: self.open(name) for name in ("staff", "board")}
        self.names: list[str] = []
        """One for each session in which a name was typed."""
        self.shown: list[str] = []
        """Names of those who have seen a ticket."""
        self.did: Counter[str] = Counter()

    def open(self, mode: str, **environment: str) -> Terminal:
        """Start one of the programs over the clock that can be shifted."""
        clock = [sys.executable, str(ROOT / "benchmarks" / "shifted_clock.py"), str(self.offset)]
        return self.terminals.open(mode, "--language", "en", before=clock, **environment)

    # What a turn is made of

    def keys(self) -> None:
        """Any keys, as fast as they come."""
        names = [*KEYS, *"0123456789abcxyz+-*/. "]
        self.lobby.press(*self.chance.choices(names, k=self.chance.randint(1, 40)))

    def bytes(self) -> None:
        """Sequences that have ended a program before, and noise."""
        self.lobby.send(self.chance.choice(FRIGHTENING))
        self.lobby.send(self.chance.randbytes(self.chance.randint(0, 60)))

    def paste(self) -> None:
        """A paste, sometimes a huge one, sometimes without its end."""
        size = self.chance.choice([10, 300, 20_000])
        end = self.chance.choice([b"\x1b[201~", b""])
        self.lobby.flood(b"\x1b[200~" + b"x1" * size + end)

    def touches(self) -> None:
        """Taps and wheels anywhere, and far outside."""
        for _ in range(self.chance.randint(1, 10)):
            column, row = self.chance.randint(0, 90), self.chance.randint(0, 30)
            if self.chance.random() < 0.2:
                self.lobby.send(b"\x1b[<%d;%d;%dM" % (self.chance.choice([64, 65]), column, row))
            else:
                self.lobby.click(column, row)

    def resize(self) -> None:
        """Other sizes, down to a single cell, and 80 by 24 again."""
        for columns, rows in [*self.chance.sample(SIZES, 3), (80, 24)]:
            self.lobby.resize(columns, rows)
            self.lobby.read_on(0.05)

    def stop(self) -> None:
        """Stopped by whoever may, and let go on."""
        for number in (signal.SIGTSTP, signal.SIGSTOP, signal.SIGCONT, signal.SIGWINCH):
            self.lobby.signal(number)

    def kill(self) -> None:
        """Staff or board die, and are started again."""
        mode = self.chance.choice(list(self.others))
        self.others[mode].kill()
        self.others[mode] = self.open(mode)

    def full_disk(self) -> None:
        """No room for a line, and somebody who wants a ticket all the same."""
        assert self.disk is not None
        ballast = self.disk / "ballast"
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
        try:
            self.check_in()
        finally:
            ballast.unlink()

    def clock(self) -> None:
        """The clock is wrong for one check-in, and right again."""
        self.offset.write_text(str(self.chance.choice(JUMPS)))
        try:
            self.check_in()
        finally:
            self.offset.write_text("0")

    def check_in(self) -> None:
        """A whole check-in from Home, with a name; the ticket counts once it is on the screen."""
        name = "Qx" + "".join(self.chance.choices("bcdfghjklmnpqrstvwz", k=10))
        self.names.append(name)
        lobby = self.lobby
        for key, text in TO_THE_NAME:
            lobby.press(key)
            if not self.comes(text, "no walk-in numbers", "Check-in is closed"):
                return  # reception may be closed
        lobby.type(name)
        lobby.wait_for(name)
        for key, text in (("enter", "Your phone number?"), ("enter", "Is this right?")):
            lobby.press(key)
            lobby.wait_for(text)
        lobby.press("1")
        if self.comes(TICKET, DESK):
            self.shown.append(name)

    def comes(self, text: str, *others: str) -> bool:
        """Whether `text` comes, and not one of the others first; raises if nothing does."""
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            if text in self.lobby.text:
                return True
            if any(other in self.lobby.text for other in others):
                return False
            self.terminals.read(self.lobby, 0.2)
        raise WentWrong(f"{text!r} did not come:\n{self.lobby.text}")

    # What must hold

    def home(self) -> None:
        """F10 leads to Home from anywhere, and Home works: it leads on, and F10 back again.

        A Home that only still stands there, while what was typed is yet to be read, does not.
        """
        lobby = self.lobby
        lobby.read_on(0.15)  # an unfinished sequence is over when nothing follows
        for _ in range(20):
            if not lobby.is_running:
                raise WentWrong(f"the lobby ended with {lobby.exit_code}")
            lobby.press("f10")
            if not lobby.comes(HOME, seconds=0.5):
                continue
            lobby.press("2")
            if lobby.comes(SHELF, seconds=1):
                lobby.press("f10")
                if lobby.comes(HOME, seconds=5):
                    return
        raise WentWrong(f"no Home:\n{self.lobby.text}")

    def turn(self) -> None:
        """One thing by chance, and Home again."""
        things: list[tuple[Callable[[], None], int]] = [
            (self.keys, 6), (self.bytes, 4), (self.touches, 4), (self.check_in, 5),
            (self.paste, 2), (self.resize, 2), (self.kill, 1), (self.clock, 1), (self.stop, 1),
        ]  # fmt: skip
        if self.disk is not None:
            things.append((self.full_disk, 1))
        thing = self.chance.choices([t for t, _ in things], [weight for _, weight in things])[0]
        self.did[thing.__name__] += 1
        earlier, self.lobby.painted = list(self.names), b""
        try:
            thing()
            self.home()
        except WentWrong as wrong:
            logged = "\n".join(str(entry) for entry in last_entries(self.terminals.data))
            where = f"turn {self.did.total()}, {thing.__name__}"
            raise WentWrong(f"{where}: {wrong}\n{logged}") from None
        if any(name.encode() in self.lobby.painted for name in earlier):
            raise WentWrong("a name was painted in a later session")

    def missing(self) -> int:
        """How many who have seen a ticket are not on disk, under any day the clock has made."""
        store = open_store(
            self.terminals.data,
            location="downtown",
            keys_dir=self.terminals.keys,
            time_zone="Asia/Shanghai",
        )
        found = set()
        days = store.days.on_disk()
        if days:
            for row in store.days.export(days[0], days[-1], names=True):
                found.add(row["name"])
        return len(set(self.shown) - found)

    def traces(self) -> list[Path]:
        """Files under the data folder, logs among them, in which a name stands."""
        names = [name.encode() for name in self.names]
        return [
            file
            for file in self.terminals.data.rglob("*")
            if file.is_file() and any(name in file.read_bytes() for name in names)
        ]

    def judge(self) -> None:
        """What must hold at the end; raises WentWrong."""
        if (missing := self.missing()) > 0:
            raise WentWrong(f"{missing} of {len(self.shown)} tickets shown are not on disk")
        if traces := self.traces():
            raise WentWrong(f"a name stands in {traces}")


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system of 16 MB, or None for those who may not mount one."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=700", "small", str(disk)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def soak(seed: int, *, turns: int | None = None, seconds: float | None = None) -> Soak:
    """So many turns, or so many seconds of them; raises WentWrong."""
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-soak-") as folder,
        small_disk(Path(folder)) as disk,
    ):
        run = Soak(Path(folder), seed, disk)
        try:
            run.lobby.wait_for(HOME)
            run.check_in()  # before the clock is ever wrong: else none could tell when it was right
            run.home()
            ends = time.monotonic() + (seconds or float("inf"))
            while time.monotonic() < ends and (turns is None or run.did.total() < turns):
                run.turn()
            run.judge()
        finally:
            run.terminals.close()
    return run


def main() -> int:
    """Soak for as long as was asked for, and say how it went."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--minutes", type=float, default=3.0)
    asked.add_argument("--hours", type=float)
    asked.add_argument("--seed", type=int, default=1)
    args = asked.parse_args()
    print(machine())
    minutes = args.hours * 60 if args.hours else args.minutes
    try:
        run = soak(args.seed, seconds=minutes * 60)
    except (WentWrong, StoreError) as wrong:
        print(f"seed {args.seed}: {wrong}")
        return 1
    print(", ".join(f"{name} {times}" for name, times in sorted(run.did.items())))
    if run.disk is None:
        print("the full disk was left out: only root may mount a small file system")
    print(f"{len(run.shown)} tickets shown, none missing; {len(run.names)} names, none seen again")
    return 0


if __name__ == "__main__":
    sys.exit(main())
