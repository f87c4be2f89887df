"""The screens beside a trivial Textual app in the same run: start, keys, memory, idle, sessions.

    python benchmarks/ui.py [--sessions N] [--idle SECONDS] [--starts N] [--only PART ...]

Everything goes through pseudo-terminals with the real program, on folders that are thrown away.
Prints a table with the machine; exits 1 when a bar is missed. Run it on a quiet machine: an idle
process's share of a core is counted in hundredths. Keys are those of hands: every screen is read
before it is answered, with the times of the settings. 5,000 sessions take a quarter of an hour, as
three keys at once are no scan and five are.
"""

from __future__ import annotations

import argparse
import os
import select
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from terminal import BETWEEN, PIN, Terminal, Terminals, told

from benchmarks.machine import machine
from db import Arrival, open_store

TRIVIAL = ROOT / "benchmarks" / "trivial_app.py"
START, KEY, KEY_P95, MEMORY, IDLE, GROWTH = 1.6, 3.0, 40.0, 30.0, 0.5, 5.0
"""The bars: times the trivial app, times, milliseconds, megabytes more, points more, megabytes."""
WAITING = 40
"""People in the queue that staff see."""
PRESSES = 40
"""Keys measured on each screen."""
READ = 0.8
"""Seconds without a change after which an answer counts: longer than anything must be read."""
IN_A_ROW = 3
"""Keys that may come at once without being a scan."""
WARM = 300
"""Sessions before memory is first looked at: caches fill up to their bounds."""

NAMELESS = ["1", "1", "9", "2", "3", "enter"]
SCREENS: dict[str, tuple[list[str], list[str]]] = {
    "home": ([], ["tab"]),
    "safety": (["1"], ["tab"]),
    "what for": (["1", "1"], ["tab"]),
    "which one": (["1", "1", "2"], ["tab"]),
    "appointment's time": (["1", "1", "1"], ["0", "."]),
    "first visit": (NAMELESS[:3], ["tab"]),
    "name": (NAMELESS[:4], ["tab"]),
    "surname": ([*NAMELESS[:4], "1"], ["tab"]),
    "name, typed": ([*NAMELESS[:4], "2"], ["a", "backspace"]),
    "phone": (NAMELESS[:5], ["1", "."]),
    "agree": (NAMELESS, ["tab"]),
    "ticket": ([*NAMELESS, "1"], ["tab"]),
    "articles": (["2"], ["tab"]),
    "reader": (["2", "1"], ["enter", "2"]),
    "services": (["3"], ["tab"]),
    "find us": (["4"], ["tab"]),
    "book": (["5"], ["tab"]),
    "my ticket": (["6"], ["1", "."]),
    "help": (["/"], ["tab"]),
}
"""For each of the patients' screens: keys that lead there, and keys that change what it shows."""

missed: list[str] = []


def row(what: str, figure: str, bar: str, ok: bool | None = None) -> None:
    """Print a line of the table; `ok` None is a reference without a bar."""
    verdict = "" if ok is None else "ok" if ok else "MISSED"
    print(f"{what:<42} {figure:<34} {bar:<24} {verdict}", flush=True)
    if ok is False:
        missed.append(what)


@contextmanager
def terminals() -> Iterator[Terminals]:
    """Terminals on folders of their own; whatever was started is ended."""
    with tempfile.TemporaryDirectory(prefix="kiosk-ui-") as folder:
        opened = Terminals(Path(folder))
        try:
            yield opened
        finally:
            opened.close()


def trivial(some: Terminals) -> Terminal:
    """The reference, in a terminal of its own."""
    return some.open(before=[sys.executable, str(TRIVIAL)])


def lobby(some: Terminals) -> Terminal:
    """A lobby that does not ask whether anybody is there while we measure.

    Without time to read, which tests/support/terminal.py leaves out,
    unless `read_first` was called.
    """
    return some.open("lobby", "--language", "en", CLINIC_KIOSK_IDLE_SECONDS="3600")


def read_first(some: Terminals) -> None:
    """Have what comes up be read before it can be chosen, as patients must."""
    for name in ("SEEN_AFTER", "SEEN_AFTER_GRAVE"):
        some.environment.pop(f"CLINIC_KIOSK_{name}", None)


def sign_in(some: Terminals) -> Terminal:
    """A staff terminal at a queue of WAITING."""
    some.hire("Lin")
    with closing(open_store(some.data, location="downtown", keys_dir=some.keys)) as store:
        for _ in range(WAITING):
            store.check_in(Arrival())
    staff = some.open("staff", "--language", "en")
    for text, keys in (("Who are you?", "1"), ("Your PIN", PIN)):
        staff.wait_for(text)
        staff.type(keys)
    staff.press("enter")
    staff.wait_for("A012")
    return staff


# Start


def start(times: int) -> None:
    """Seconds from the program's start to its first words, taking turns; the first is not counted.

    It compiles what has not been compiled yet.
    """
    took: dict[str, list[float]] = {"trivial": [], "kiosk": []}
    for _ in range(1 + times):
        for name, opened, words in (
            ("trivial", trivial, b"trivial"),
            ("kiosk", lobby, b"Read while you wait"),
        ):
            with terminals() as some:
                begun = time.perf_counter()
                terminal = opened(some)
                while words not in terminal.painted:
                    some.read(terminal, 10)
                took[name].append(time.perf_counter() - begun)
    reference, ours = median(took["trivial"][1:]), median(took["kiosk"][1:])
    times_as_long = ours / reference
    row("start to Home", f"{ours * 1000:.0f} ms = {times_as_long:.2f} x", f"<= {START} x",
        times_as_long <= START)  # fmt: skip
    row("  trivial app", f"{reference * 1000:.0f} ms", "")


# Keys


def paint_times(
    some: Terminals,
    terminal: Terminal,
    keys: list[str],
    presses: int = PRESSES,
    sent: Callable[[str], bytes] = told,
) -> list[float]:
    """Milliseconds from each of so many keys to the first byte of what it changes."""
    took = []
    for nth in range(presses):
        quiet(some, terminal)
        data = sent(keys[nth % len(keys)])
        assert terminal.fd is not None
        begun = time.perf_counter()
        os.write(terminal.fd, data)
        if select.select([terminal.fd], [], [], 2)[0]:
            took.append((time.perf_counter() - begun) * 1000)
    quiet(some, terminal)
    return took


def quiet(some: Terminals, terminal: Terminal, seconds: float = 0.03) -> None:
    """Read until nothing has come for a moment."""
    while some.read(terminal, seconds):
        pass


def keys() -> None:
    """Key to paint on every screen, the trivial app before and after."""
    with terminals() as some:
        read_first(some)
        reference_app = trivial(some)
        reference_app.wait_for("trivial 0")
        reference = paint_times(some, reference_app, ["a"], sent=str.encode)
        found: dict[str, list[float]] = {}
        answers: list[float] = []
        patients = lobby(some)
        patients.wait_for("Read while you wait")
        quiet(some, patients, 1.5)  # what is loaded after the start is loaded
        for name, (way, probes) in SCREENS.items():
            for key in way:
                took = paint_times(some, patients, [key], presses=1)
                if key.isdigit() and key != way[0]:  # the others bring up the next screen at once
                    answers += took
                quiet(some, patients, READ)
            found[name] = paint_times(some, patients, probes)
            patients.press("f10")
            patients.wait_for("Read while you wait")
            quiet(some, patients, READ)
        found["any answer"] = answers
        staff = sign_in(some)
        quiet(some, staff, 0.5)
        found["staff's queue"] = paint_times(some, staff, ["down", "up"])
        found["staff's letter"] = paint_times(some, staff, ["p"])
        reference += paint_times(some, reference_app, ["a"], sent=str.encode)
    base = median(reference)
    row("key to paint: trivial app", f"median {base:.1f} ms, p95 {p95(reference):.1f}", "")
    for name, took in found.items():
        at = median(took) if took else float("inf")
        worst = p95(took)
        row(f"key to paint: {name}", f"median {at:.1f} ms = {at / base:.2f} x, p95 {worst:.1f}",
            f"<= {KEY:g} x, {KEY_P95:g} ms", at / base <= KEY and worst <= KEY_P95)  # fmt: skip


def p95(values: list[float]) -> float:
    """The 95th percentile; infinite for too few values."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else float("inf")


# Memory and idling


def memory(terminal: Terminal) -> float:
    """Megabytes of a process's own: what is shared counts by its share."""
    for line in Path(f"/proc/{terminal.pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise ValueError("the kernel does not tell")


def cpu_seconds(terminal: Terminal) -> float:
    """Seconds of processor time a process has used so far."""
    fields = Path(f"/proc/{terminal.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resting(seconds: float) -> None:
    """Memory at rest, and the share of a core that doing nothing costs, all at the same time."""
    with terminals() as some:
        reference = trivial(some)
        reference.wait_for("trivial 0")
        patients = lobby(some)
        patients.wait_for("Read while you wait")
        staff = sign_in(some)
        board = some.open("board", "--language", "en")
        board.wait_for("Body & Soul")
        all_of_them = {"lobby": patients, "staff": staff, "board": board}
        quiet(some, patients, 2.0)
        before = {name: cpu_seconds(one) for name, one in all_of_them.items()}
        trivial_before, begun = cpu_seconds(reference), time.monotonic()
        while time.monotonic() - begun < seconds:
            some.read(patients, 0.5)
        lasted = time.monotonic() - begun
        base = memory(reference)
        idle = (cpu_seconds(reference) - trivial_before) / lasted * 100
        row("at rest: trivial app", f"{base:.1f} MB, {idle:.2f} % of a core", "")
        for name, one in all_of_them.items():
            more = memory(one) - base
            points = (cpu_seconds(one) - before[name]) / lasted * 100 - idle
            row(
                f"memory: {name}", f"trivial + {more:.1f} MB", f"<= + {MEMORY:g} MB", more <= MEMORY
            )
            row(f"idle: {name}", f"trivial + {points:.2f} points", f"<= + {IDLE:g} points",
                points <= IDLE)  # fmt: skip


# Many sessions


SESSIONS = (
    ["1", "1", "9", "2", "2", *"Ada", "enter", "enter", "2", "enter"],
    ["2", "1", "enter", "f10"],
    ["1", "1", "2", "1", "1", "3", *"13812345678", "enter", "f10"],
    ["6", "1", "2", "enter", "f10"],
    ["1", "1", "+", "9", "1", "1", "1", "1", "f10"],
)
"""A check-in refused at its end, reading, starting over, a ticket looked up, another language."""


def sessions(count: int) -> None:
    """Megabytes by which the lobby grows over so many whole sessions, none of which is kept."""
    with terminals() as some:
        patients = lobby(some)
        patients.wait_for("Read while you wait")
        quiet(some, patients, 1.5)
        patients.show_nothing()
        after_warming = 0.0
        for nth in range(WARM + count):
            if nth == WARM:
                after_warming = memory(patients)
            patients.painted = b""
            for place, key in enumerate(SESSIONS[nth % len(SESSIONS)], start=1):
                patients.send(told(key))
                if place % IN_A_ROW == 0:
                    patients.read_on(BETWEEN)
            while b"Read while you wait" not in patients.painted:
                if not some.read(patients, 20):
                    raise SystemExit(f"session {nth} did not end at Home")
        grown = memory(patients) - after_warming
        row(f"memory after {count:,} sessions", f"{grown:+.1f} MB", f"< + {GROWTH:g} MB",
            grown < GROWTH)  # fmt: skip


def main() -> int:
    """Measure what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--sessions", type=int, default=5000)
    asked.add_argument("--idle", type=float, default=30.0, help="seconds")
    asked.add_argument("--starts", type=int, default=9)
    asked.add_argument("--only", nargs="+", choices=["start", "keys", "resting", "sessions"])
    args = asked.parse_args()
    print(machine())
    parts = {
        "start": lambda: start(args.starts),
        "keys": keys,
        "resting": lambda: resting(args.idle),
        "sessions": lambda: sessions(args.sessions),
    }
    for name, measure in parts.items():
        if args.only is None or name in args.only:
            measure()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
