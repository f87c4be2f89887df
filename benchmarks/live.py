"""How soon a change in one process is painted on the screens of others, in real terminals.

python benchmarks/live.py [CHANGES]
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from math import ceil
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.machine import machine
from benchmarks.terminals import Terminal, is_drawn, open_folder, open_staff
from db import Arrival, open_store
from db.watch import NEWS

BAR = 100.0
"""Milliseconds within which 99 of 100 changes are on the other screen."""
PATIENCE = 5.0
"""Seconds after which a change counts as never painted."""
MOMENT = struct.Struct("d")


class Writer:
    """The process that makes the changes; it tells when it began each."""

    def __init__(self, data: Path, keys: Path) -> None:
        self._orders, self._answers, self._process = start(lambda i, o: serve(i, o, data, keys))

    def __call__(self, order: str) -> float:
        """Have something done; the moment it was begun (of the clock all processes share)."""
        os.write(self._orders, order.encode()[:1])
        return MOMENT.unpack(os.read(self._answers, MOMENT.size))[0]

    def close(self) -> None:
        """End the process."""
        os.close(self._orders)
        os.waitpid(self._process, 0)


def serve(orders: int, answers: int, data: Path, keys: Path) -> None:
    """Do what the letters that come say: i somebody comes in, c calls the next, d is done."""
    store = open_store(data, "downtown", keys_dir=keys, time_zone="Asia/Shanghai")
    called = None
    while order := os.read(orders, 1):
        began = time.monotonic()
        if order == b"i":
            store.check_in(Arrival(service="cupping", language="zh-Hans"))
        elif order == b"c":
            called = store.call_next("1", "lin")
        elif called is not None:
            store.complete(called.id, "lin")
        os.write(answers, MOMENT.pack(began))


class Reference:
    """A process that only waits for inotify to tell of the same folder, and notes when it did."""

    def __init__(self, folder: Path) -> None:
        self._stop, self.answers, self._process = start(lambda i, o: listen(i, o, folder))
        os.read(self.answers, MOMENT.size)  # it listens

    def since(self, began: float) -> float:
        """Seconds from a moment to the first wake-up after it; later ones are forgotten."""
        first = None
        while first is None or select.select([self.answers], [], [], 0)[0]:
            woke = MOMENT.unpack(os.read(self.answers, MOMENT.size))[0]
            if first is None and woke >= began:
                first = woke
        return first - began

    def close(self) -> None:
        """End the process."""
        os.close(self._stop)
        os.waitpid(self._process, 0)


def listen(stop: int, answers: int, folder: Path) -> None:
    """Tell each wake-up, until the other end of `stop` is closed."""
    libc = ctypes.CDLL(None)
    handle = libc.inotify_init1(0)
    libc.inotify_add_watch(handle, os.fsencode(folder), NEWS)
    os.write(answers, MOMENT.pack(time.monotonic()))
    while True:
        ready, _, _ = select.select([handle, stop], [], [])
        if stop in ready:
            return
        os.read(handle, 65536)
        os.write(answers, MOMENT.pack(time.monotonic()))


def start(work: Callable[[int, int], None]) -> tuple[int, int, int]:
    """Fork a process; where to write to it, where to read from it, and its id."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(ours_out)
        os.close(ours_in)
        code = 1
        with contextlib.suppress(BaseException):
            work(theirs_in, theirs_out)
            code = 0
        os._exit(code)
    os.close(theirs_in)
    os.close(theirs_out)
    return ours_out, ours_in, process


def painted(screens: dict[Terminal, Callable[[Terminal], bool]]) -> dict[Terminal, float]:
    """Read all screens until each shows what it should; the moment it had been read.

    A screen that never does has the moment at which patience ended.
    """
    until = time.monotonic() + PATIENCE
    done: dict[Terminal, float] = {}
    while len(done) < len(screens):
        by_fd = {screen.fd: screen for screen in screens if screen.fd is not None}
        left = until - time.monotonic()
        ready, _, _ = select.select(list(by_fd), [], [], max(0.0, left))
        now = time.monotonic()
        if not ready:
            return {screen: done.get(screen, now) for screen in screens}
        for fd in ready:
            screen = by_fd[fd]
            screen.take()
            if screen not in done and screens[screen](screen):
                done[screen] = now
    return done


def rest(screens: list[Terminal], seconds: float) -> None:
    """Read whatever comes, for a while."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        by_fd = {screen.fd: screen for screen in screens}
        for fd in select.select(list(by_fd), [], [], left)[0]:
            by_fd[fd].take()


def measure(changes: int, seed: int = 1) -> dict[str, list[float]]:
    """Milliseconds from the beginning of each change to its paint, for each screen."""
    random = Random(seed)
    results: dict[str, list[float]] = {"inotify alone": [], "staff": [], "board": []}
    with contextlib.ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory()))
        terminals = open_folder(folder)
        ending.callback(terminals.close)
        terminals.hire("Lin")
        writer = Writer(terminals.data, terminals.keys)
        ending.callback(writer.close)
        for _ in range(3):
            writer("i")
        staff = open_staff(terminals, "Lin")
        board = terminals.open("board", "--language", "en")
        staff.wait_for("Waiting 3")
        board.wait_for("3 people waiting")
        reference = Reference(terminals.data / "downtown")
        ending.callback(reference.close)
        for change in range(changes):
            rest([staff, board], random.uniform(0.1, 0.3))
            comes = change % 2 == 0
            waiting = 4 if comes else 3
            ticket = "" if comes else f"A{change // 2 + 1:03d}"
            began = writer("i" if comes else "c")
            moments = painted(
                {
                    staff: lambda s, n=waiting: f"Waiting {n}" in s.text,
                    board: lambda b, n=waiting, t=ticket: (
                        f"{n} people waiting" in b.text and is_drawn(t, b, 4)
                    ),
                }
            )
            results["inotify alone"].append(reference.since(began) * 1000)
            results["staff"].append((moments[staff] - began) * 1000)
            results["board"].append((moments[board] - began) * 1000)
            if not comes:
                writer("d")
    return results


def percentile(values: list[float], part: float) -> float:
    """The nearest-rank percentile."""
    return sorted(values)[ceil(part * len(values)) - 1]


def main(changes: int = 200) -> int:
    """Print how long it took; 1 if the bar was missed."""
    print(machine())
    results = measure(changes)
    print(f"{changes} changes, from before the write to the paint, in ms")
    print(f"{'':16}{'p50':>8}{'p99':>8}{'most':>8}{'p50 / inotify':>16}")
    base = percentile(results["inotify alone"], 0.5)
    for name, values in results.items():
        middle = percentile(values, 0.5)
        print(
            f"{name:16}{middle:8.1f}{percentile(values, 0.99):8.1f}{max(values):8.1f}"
            f"{middle / base:16.1f}"
        )
    missed = [n for n in ("staff", "board") if percentile(results[n], 0.99) >= BAR]
    print(f"bar: p99 under {BAR:.0f} ms;", f"missed by {', '.join(missed)}" if missed else "met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
