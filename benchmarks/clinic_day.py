"""A clinic's day by script: patients at the lobby, two receptionists, three rooms, the board.

python benchmarks/clinic_day.py [--patients 120] [--rooms 3] [--seed 1] [--quiet]

The real program in five real terminals, by keys alone and as fast as it answers. At the end the
figures must equal a replay of the journal, what the script itself saw, and what the screens say,
and so must those that closing the day keeps; exits 1 where they do not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.day import NAMES, Day
from benchmarks.machine import machine
from benchmarks.replay import differences, differences_of_closed
from benchmarks.terminals import open_folder, open_staff


def simulate(
    folder: Path, patients: int, rooms: int, seed: int, tell: Callable[[str], None]
) -> tuple[Day, list[str]]:
    """Run a day in a folder; the day, and what was not as it should be at its end."""
    terminals = open_folder(folder, rooms)
    # A day that began an hour ago does not end while this runs.
    hour = (datetime.now(ZoneInfo("Asia/Shanghai")).hour - 1) % 24
    terminals.environment["CLINIC_KIOSK_DAY_STARTS"] = f"{hour:02d}:00"
    try:
        for name in NAMES:
            terminals.hire(name)
        day = Day(
            lobby=terminals.open("lobby", "--language", "en"),
            board=terminals.open("board", "--language", "en"),
            staff=tuple(open_staff(terminals, name) for name in NAMES),
            chance=Random(seed),
            tell=tell,
            rooms={str(room): None for room in range(1, rooms + 1)},
        )
        day.run(patients)
        problems = day.left_on_screens()
        verified = terminals.output("verify")
        day.figures = terminals.output("stats", "--json")
        problems += differences(terminals.data, day.figures, day.ended)
        terminals.output("close-day", "--yes")
        problems += differences_of_closed(terminals.data)
        tell(verified.strip())
        return day, problems
    finally:
        terminals.close()


def main() -> int:
    """Run a day and print what came of it; 1 if the figures do not agree."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--patients", type=int, default=120)
    options.add_argument("--rooms", type=int, default=3)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--quiet", action="store_true", help="only what came of it")
    said = options.parse_args()
    print(machine())
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        tell = (lambda _: None) if said.quiet else print
        day, problems = simulate(Path(name), said.patients, said.rooms, said.seed, tell)
    seconds = time.monotonic() - began
    print(f"{len(day.tickets)} patients in {seconds:.0f} s:", end=" ")
    print(", ".join(f"{n} {what}" for what, n in day.acts.most_common()))
    print("how visits ended:", dict(Counter(day.ended.values())))
    for problem in problems:
        print("NOT SO:", problem)
    if not problems:
        print("The figures, a replay of the journal, the screens and the script agree.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
