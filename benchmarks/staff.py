"""The staff's queue with 1,000 people in it: key to paint, beside Textual's own table in one run.

    python benchmarks/staff.py [--people N] [--presses N]

The real program in a pseudo-terminal, on a folder that is thrown away. The bar is for the first
byte that a key paints; beside it stands when the last byte had come. Prints a table with the
machine; exits 1 when a bar is missed. Meant for a quiet machine.
"""

from __future__ import annotations

import argparse
import os
import select
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from terminal import KEYS, Terminal, Terminals  # noqa: E402

from benchmarks.machine import machine  # noqa: E402
from benchmarks.terminals import add_account, open_folder, open_staff  # noqa: E402
from db import Arrival, CheckInStore, open_store  # noqa: E402

BAR, CHANGE_BAR = 50.0, 100.0
"""Milliseconds: until a key paints, and until a change by another process is wholly painted."""
SILENCE = 0.04
"""Seconds without a byte after which a paint is over."""

PROBES: dict[str, Sequence[str]] = {
    "down": ["down"],
    "page down": ["pagedown"],
    "end, home": ["end", "home"],
    "h, hide names": ["h"],
    "f": ["f", "escape"],
    "/, w: search all names": ["/", "w", "escape"],
    "n": ["n", "escape"],
    "?": ["?", "?"],
}
TABLE_PROBES = {name: PROBES[name] for name in ("down", "page down")}
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
    print(f"{what:<40} {figure:<44} {bar:<10} {verdict}", flush=True)
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


def quiet(some: Terminals, terminal: Terminal, seconds: float) -> None:
    """Read until nothing has come for a moment."""
    while some.read(terminal, seconds):
        pass


def paint(some: Terminals, terminal: Terminal, begun: float) -> tuple[float, float]:
    """Milliseconds from `begun` to the first byte, and to the last before a silence.

    2,000 if nothing comes.
    """
    assert terminal.fd is not None
    if not select.select([terminal.fd], [], [], 2)[0]:
        return 2000.0, 2000.0
    first = last = time.perf_counter()
    while select.select([terminal.fd], [], [], SILENCE)[0]:
        last = time.perf_counter()
        some.read(terminal, 0)
    return (first - begun) * 1000, (last - begun) * 1000


def paints(
    some: Terminals, terminal: Terminal, keys: Sequence[str], times: int
) -> list[tuple[float, float]]:
    """Milliseconds from each of `times` keys to the beginning and the end of its paint."""
    took: list[tuple[float, float]] = []
    for nth in range(times):
        quiet(some, terminal, SILENCE)
        key = keys[nth % len(keys)]
        assert terminal.fd is not None
        begun = time.perf_counter()
        os.write(terminal.fd, MORE_KEYS.get(key) or KEYS.get(key) or key.encode())
        painted = paint(some, terminal, begun)
        if key != "escape":  # Textual waits a tenth of a second for the rest of a sequence
            took.append(painted)
    return took


def told(took: Sequence[tuple[float, float]]) -> str:
    """The middle and the worst of the first byte, and the middle of the last."""
    first, last = zip(*took, strict=True)
    return f"median {median(first):5.1f} ms, worst {max(first):5.1f}; whole {median(last):5.1f}"


def changes(
    some: Terminals, staff: Terminal, store: CheckInStore, times: int
) -> tuple[list[tuple[float, float]], list[int]]:
    """Milliseconds and bytes of the paints that a change to one visible line makes."""
    took: list[tuple[float, float]] = []
    sizes = []
    chosen = store.queue()[3]
    for nth in range(times):
        quiet(some, staff, 0.2)
        before = len(staff.painted)
        begun = time.perf_counter()
        store.amend(chosen.id, "Mei", first_visit=bool(nth % 2))
        took.append(paint(some, staff, begun))
        quiet(some, staff, 0.05)
        sizes.append(len(staff.painted) - before)
    return took, sizes


def main() -> int:
    """Measure, and say whether every bar was met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=1000)
    options.add_argument("--presses", type=int, default=42)
    args = options.parse_args()
    print(machine(), f"{args.people} in the queue", sep="\n")
    with tempfile.TemporaryDirectory(prefix="kiosk-staff-") as folder:
        some = open_folder(Path(folder), rooms=3)
        try:
            store = fill(Path(folder), args.people)
            add_account(some, "Lin")
            staff = open_staff(some, "Lin")
            staff.wait_for("A001")
            table_app = ROOT / "benchmarks" / "trivial_table.py"
            table = some.open(before=[sys.executable, str(table_app), str(args.people)])
            table.wait_for("A001")
            quiet(some, staff, 0.5)
            for name, keys in PROBES.items():
                if name in TABLE_PROBES:
                    row(f"  Textual's table: {name}", told(paints(some, table, keys, args.presses)))
                took = paints(some, staff, keys, args.presses)
                row(
                    f"key to paint: {name}",
                    told(took),
                    f"<= {BAR:g} ms",
                    max(first for first, _ in took) <= BAR,
                )
            took, sizes = changes(some, staff, store, args.presses)
            row("change elsewhere to paint", told(took), f"<= {CHANGE_BAR:g} ms",
                max(last for _, last in took) <= CHANGE_BAR)  # fmt: skip
            row("bytes that one changed line paints", f"median {median(sizes):.0f}")
        finally:
            some.close()
    print("Missed: " + ", ".join(missed) if missed else "Every bar was met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
