"""Many processes on one folder: racing one another, and killed at random.

python benchmarks/many_processes.py [KILLS]
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.machine import machine
from db import Arrival, CheckInStore, open_store

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
Tell = Callable[[str], None]


def open_in(folder: Path, **options: float) -> CheckInStore:
    """Open the store of `folder` as every process here does, on a clock that stands still."""
    return open_store(
        folder / "data",
        "downtown",
        keys_dir=folder / "keys",
        time_zone="Asia/Shanghai",
        clock=lambda: NOON,
        lock_timeout=options.get("lock_timeout", 30),
    )


@dataclass
class Terminal:
    """A process of its own, and what it has told us."""

    process: int
    pipe: int
    told: bytes = b""

    def read(self) -> None:
        """Take in what it told since."""
        while select.select([self.pipe], [], [], 0)[0]:
            data = os.read(self.pipe, 65536)
            if not data:
                break
            self.told += data

    def lines(self) -> list[list[str]]:
        """Give the whole lines it told, split into words."""
        return [line.split() for line in self.told.decode().split("\n")[:-1]]


def start(work: Callable[[Tell], None]) -> Terminal:
    """Fork a process that does `work` and tells us what it was given."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        code = 1
        with contextlib.suppress(BaseException):
            os.close(ours)
            work(lambda line: os.write(theirs, line.encode() + b"\n"))
            code = 0
        os._exit(code)
    os.close(theirs)
    return Terminal(process, ours)


def race(processes: int = 8, turns: int = 40) -> list[str]:
    """Let processes check in and call at once; give what went wrong, a sentence for each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def work(tell: Tell) -> None:
            store = open_in(folder)
            for turn in range(turns):
                tell("in " + store.check_in(Arrival(name=f"Zoë {turn}")).ticket)
                called = store.call_next("1", "lin")
                if called is not None:
                    tell("called " + called.ticket)

        terminals = [start(work) for _ in range(processes)]
        failed = 0
        for terminal in terminals:
            while data := os.read(terminal.pipe, 65536):
                terminal.told += data
            os.close(terminal.pipe)
            failed += os.waitpid(terminal.process, 0)[1] != 0
        told = [line for terminal in terminals for line in terminal.lines()]
        given = [ticket for word, ticket in told if word == "in"]
        called = [ticket for word, ticket in told if word == "called"]
        everybody = [f"A{n:03d}" for n in range(1, processes * turns + 1)]
        store = open_in(folder)
        found = [one.ticket for one in store.today()]
        store.close()
        problems = {
            f"{failed} processes failed": failed > 0,
            "a ticket was given twice, or there is a gap": sorted(given) != sorted(everybody),
            "somebody was called twice": len(set(called)) != len(called),
            "a check-in was lost": sorted(found) != sorted(everybody),
        }
        return [sentence for sentence, is_so in problems.items() if is_so]


@dataclass
class Kills:
    """What random kills did."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def kill_at_random(kills: int, writers: int = 3, seed: int = 1) -> Kills:
    """Kill one of several writers at a random moment, that many times."""
    import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401 - or they die importing it

    random = Random(seed)
    result = Kills()
    while result.kills < kills:
        with tempfile.TemporaryDirectory() as name:
            _one_folder(Path(name), min(25, kills - result.kills), writers, random, result)
    return result


def _one_folder(folder: Path, kills: int, writers: int, random: Random, result: Kills) -> None:
    sync = os.fdatasync

    def slow_flash(handle: int) -> None:
        time.sleep(0.003)
        sync(handle)

    def work(tell: Tell) -> None:
        if os.getpid() % 2:
            os.fdatasync = slow_flash  # more of the kills come between write and sync
        store = open_in(folder)
        while True:
            check_in = store.check_in(Arrival(name="Zoë", service="cupping"))
            tell(f"{check_in.id} {check_in.revision} {check_in.ticket}")
            called = store.call_next("1", "lin")
            if called is not None:
                tell(f"{called.id} {called.revision} {called.ticket}")

    running = [start(work) for _ in range(writers)]
    gone: list[Terminal] = []
    for _ in range(kills):
        # A kill among people at work, however slow the machine is today.
        select.select([terminal.pipe for terminal in running], [], [], 10)
        time.sleep(random.uniform(0, 0.04))
        victim = running.pop(random.randrange(writers))
        os.kill(victim.process, signal.SIGKILL)
        gone.append(victim)
        for terminal in running:
            terminal.read()
        running.append(start(work))
    for terminal in running:
        os.kill(terminal.process, signal.SIGKILL)
    for terminal in gone + running:
        os.waitpid(terminal.process, 0)
        terminal.read()
        os.close(terminal.pipe)
    result.kills += kills + writers
    acknowledged: dict[str, tuple[int, str]] = {}
    for terminal in gone + running:
        for id_, revision, ticket in terminal.lines():
            acknowledged[id_] = max(acknowledged.get(id_, (0, "")), (int(revision), ticket))
    result.acknowledged += len(acknowledged)
    store = open_in(folder)
    for day in store.days.on_disk():
        if store.days.verify(day).damaged_line is not None:
            result.unreadable.append(f"{day}.jsonl")
    if not result.unreadable:
        rows = {row["id"]: row for row in store.days.export(date.min, date.max)}
        for id_, (revision, ticket) in acknowledged.items():
            row = rows.get(id_)
            if row is None or row["ticket"] != ticket or row["revision"] < revision:
                result.lost.append(ticket)
    store.close()


def main(kills: int = 300) -> int:
    """Print what racing and killing did; 1 if anything was lost."""
    print(machine())
    problems = race()
    print("8 processes checking in and calling:", "; ".join(problems) or "nothing lost or twice")
    result = kill_at_random(kills)
    print(
        f"killed {result.kills} times: {len(result.lost)} of {result.acknowledged} acknowledged"
        f" lost, {len(result.unreadable)} files unreadable; bar 0 and 0"
    )
    return 1 if problems or result.lost or result.unreadable else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
