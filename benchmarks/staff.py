"""The staff's queue with 1,000 people in it: key to paint, beside Textual's own table in one run.

    python benchmarks/staff.py [--people N] [--presses N]

The real program in a pseudo-terminal, on a folder that is thrown away. The bar is for all that
19 in 20 presses paint, until the last byte before a silence. Beside it stand the medians of that,
of the first byte, and of the processor time of the thread that paints, which tells of the program
even while others use the machine. Prints a table with the machine; exits 1 when a bar is missed.
Meant for a quiet machine.
"""

from __future__ import annotations

import argparse
import select
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from terminal import Terminal, Terminals
from terminal_keys import told as struck

from benchmarks.machine import machine
from benchmarks.terminals import open_folder, open_staff
from db import Arrival, CheckInStore, open_store

BAR, CHANGE_BAR = 50.0, 100.0
"""Milliseconds: until a key, and until a change by another process, is wholly painted."""
SILENCE = 0.1
"""Seconds without a byte after which a paint is over."""

PROBES: Sequence[Sequence[str]] = (
    ["down"],
    ["pagedown"],
    ["end", "home"],
    ["h"],
    ["f", "escape"],
    ["n", "escape"],
    ["a", "escape"],
    ["c", "escape"],
    ["/", "w", "escape"],
    ["?", "escape"],
    ["g", "escape"],
)
"""Keys that are pressed one after another, again and again; each is measured by itself."""
FOR_TABLE = PROBES[:2]
MORE_KEYS = {
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "end": b"\x1b[F",
    "home": b"\x1b[H",
}

missed: list[str] = []


def row(what: str, figure: str, bar: str = "", ok: bool | None = None) -> None:
    """Print a line of the table; `ok` None is a reference without a bar."""
    verdict = "" if ok is None else "ok" if ok else "MISSED"
    print(f"{what:<32} {figure:<34} {bar:<10} {verdict}", flush=True)
    if ok is False:
        missed.append(what)


def fill(folder: Path, people: int) -> CheckInStore:
    """Invented people who all wait; the store they are in."""
    store = open_store(
        folder / "data", "downtown", keys_dir=folder / "keys", time_zone="Asia/Shanghai",
        phone_region="CN", device="kiosk",
    )  # fmt: skip
    services = ("cupping", "tuina", "acupuncture", "orthopaedics", "")
    for nth in range(people):
        name = f"{'王李张刘陈'[nth % 5]}{'小明女士'[nth % 3 :][:2]}{nth}"
        arrival = Arrival(
            name=name, phone=f"1380000{nth % 10000:04d}", service=services[nth % 5],
            language="zh-Hans", first_visit=nth % 4 == 0,
        )  # fmt: skip
        store.check_in(arrival, allow_same_phone=True)
    return store


@dataclass(frozen=True)
class Paint:
    """What a key or a change painted, in milliseconds."""

    first: float
    """Until the first byte."""
    whole: float
    """Until the last before a silence; 2,000 where nothing came."""
    processor: float
    """How long the thread that paints worked."""


def quiet(some: Terminals, terminal: Terminal, seconds: float) -> None:
    """Read until nothing has come for a moment."""
    while some.read(terminal, seconds):
        pass


def worked(terminal: Terminal) -> float:
    """Milliseconds of processor time that the program's first thread has taken so far."""
    stat = Path(f"/proc/{terminal.pid}/task/{terminal.pid}/schedstat")
    return int(stat.read_text().split()[0]) / 1e6


def paint(some: Terminals, terminal: Terminal, act: Callable[[], object]) -> Paint:
    """What an act paints on a terminal that was quiet."""
    assert terminal.fd is not None
    before, begun = worked(terminal), time.perf_counter()
    act()
    if not select.select([terminal.fd], [], [], 2)[0]:
        return Paint(2000.0, 2000.0, 0.0)
    first = last = time.perf_counter()
    while select.select([terminal.fd], [], [], SILENCE)[0]:
        last = time.perf_counter()
        some.read(terminal, 0)
    return Paint((first - begun) * 1000, (last - begun) * 1000, worked(terminal) - before)


def paints(
    some: Terminals, terminal: Terminal, keys: Sequence[str], times: int
) -> dict[str, list[Paint]]:
    """What each of some keys paints, pressed one after another, `times` times each."""
    took: dict[str, list[Paint]] = {key: [] for key in keys}
    for key in [*keys] * times:
        quiet(some, terminal, SILENCE)
        data = MORE_KEYS.get(key) or struck(key)
        took[key].append(paint(some, terminal, lambda data=data: terminal.send(data)))
    return took


def told(took: Sequence[Paint]) -> str:
    """The middle of each figure, and what 19 in 20 were painted in."""
    first, whole = median(p.first for p in took), median(p.whole for p in took)
    most, processor = most_of(took), median(p.processor for p in took)
    return f"{first:5.1f} {whole:6.1f} {most:6.1f} {processor:9.1f} ms"


def most_of(took: Sequence[Paint]) -> float:
    """Milliseconds in which 19 in 20 were painted whole."""
    return sorted(p.whole for p in took)[ceil(0.95 * len(took)) - 1]


def changes(
    some: Terminals, staff: Terminal, store: CheckInStore, times: int
) -> tuple[list[Paint], list[int]]:
    """The paints that a change to one visible line makes, and their bytes."""
    took: list[Paint] = []
    sizes = []
    chosen = store.queue()[3]
    for nth in range(times):
        quiet(some, staff, 0.2)
        before = len(staff.painted)
        new = bool(nth % 2)
        took.append(
            paint(some, staff, lambda new=new: store.amend(chosen.id, "Mei", first_visit=new))
        )
        quiet(some, staff, 0.05)
        sizes.append(len(staff.painted) - before)
    return took, sizes


def main() -> int:
    """Measure, and say whether every bar was met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=1000)
    options.add_argument("--presses", type=int, default=20)
    args = options.parse_args()
    print(machine(), f"{args.people} in the queue", sep="\n")
    with tempfile.TemporaryDirectory(prefix="kiosk-staff-") as folder:
        some = open_folder(Path(folder), rooms=3)
        try:
            store = fill(Path(folder), args.people)
            some.hire("Lin")
            staff = open_staff(some, "Lin")
            staff.wait_for("A001")
            table_app = ROOT / "benchmarks" / "trivial_table.py"
            table = some.open(before=[sys.executable, str(table_app), str(args.people)])
            table.wait_for("A001")
            quiet(some, staff, 0.5)
            for terminal in (staff, table):
                terminal.show_nothing()
            row("", "first  whole   most processor")
            for keys in FOR_TABLE:
                for key, took in paints(some, table, keys, args.presses).items():
                    row(f"  Textual's table: {key}", told(took))
            for keys in PROBES:
                for key, took in paints(some, staff, keys, args.presses).items():
                    name = key if key == keys[0] else f"{key} after {keys[0]}"
                    row(name, told(took), f"<= {BAR:g} ms", most_of(took) <= BAR)
            took, sizes = changes(some, staff, store, args.presses)
            ok = most_of(took) <= CHANGE_BAR
            row("change elsewhere to paint", told(took), f"<= {CHANGE_BAR:g} ms", ok)
            row("bytes that one changed line paints", f"median {median(sizes):.0f}")
        finally:
            some.close()
    print("Missed: " + ", ".join(missed) if missed else "Every bar was met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
