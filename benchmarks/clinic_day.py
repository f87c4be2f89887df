"""A clinic's day by script: every job of staff by its keys, then patients at the lobby, all day.

python benchmarks/clinic_day.py [--patients 120] [--rooms 3] [--seed 1] [--jobs-only] [--quiet]

The real program in five real terminals (lobby, board, two desks and a practitioner's), by keys
alone and as fast as it answers. First each job of the tables in docs/staff.md, by exactly the keys
there: whether it was done is looked up in the journal and on the screens. Then a day of patients.
At the end the figures must equal a replay of the journal, what the script itself saw, and what
the screens say, and so must those that closing the day keeps. Exits 1 where anything is not so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.day import Day
from benchmarks.jobs_played import board_forgets_nobody, play_jobs, problems_of
from benchmarks.jobs_table import PAGE, Row, read_rows
from benchmarks.machine import machine
from benchmarks.replay import differences, differences_of_closed, replay
from benchmarks.stage import Stage


def simulate(
    folder: Path,
    patients: int,
    rooms: int,
    seed: int,
    tell: Callable[[str], None],
    jobs: list[Row] | None = None,
) -> tuple[Day, list[str]]:
    """Run a day in a folder, with these jobs before it; the day, and what was not as it should."""
    at = Stage(folder, rooms)
    try:
        at.open()
        problems = []
        if jobs:
            at.give_out()
            problems += play_jobs(at, jobs, tell) or board_forgets_nobody(at)
        day = Day(
            lobby=at.lobby,
            board=at.board,
            staff=at.desks,
            own_room={str(rooms): at.wolf},
            chance=Random(seed),
            tell=tell,
            rooms={str(room): None for room in range(1, rooms + 1)},
            before=replay(at.terminals.data)["ends"] if jobs else {},
        )
        if problems:
            return day, problems
        day.run(patients)
        problems += day.left_on_screens()
        verified = at.output("verify")
        day.figures = at.output("stats", "--json")
        problems += differences(at.terminals.data, day.figures, day.before | day.ended)
        at.output("close-day", "--yes")
        problems += differences_of_closed(at.terminals.data)
        tell(verified.strip())
        return day, problems
    finally:
        at.terminals.close()


def main() -> int:
    """Run a day and print what came of it; 1 if the figures do not agree or a job failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--patients", type=int, default=120)
    options.add_argument("--rooms", type=int, default=3)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs-only", action="store_true", help="no patients after the jobs")
    options.add_argument("--quiet", action="store_true", help="only what came of it")
    said = options.parse_args()
    print(machine())
    began = time.monotonic()
    rows = read_rows(PAGE.read_text("utf-8"))
    problems = problems_of(rows)
    with tempfile.TemporaryDirectory() as name:
        tell = (lambda _: None) if said.quiet else print
        patients = 0 if said.jobs_only else said.patients
        day, found = simulate(Path(name), patients, said.rooms, said.seed, tell, rows)
    problems += found
    seconds = time.monotonic() - began
    print(f"{len(rows)} jobs and {len(day.tickets)} patients in {seconds:.0f} s:", end=" ")
    print(", ".join(f"{n} {what}" for what, n in day.acts.most_common()))
    print("how visits ended:", dict(Counter(day.ended.values())))
    for problem in problems:
        print("NOT SO:", problem)
    if not problems:
        print("Every job was done by the keys of docs/staff.md.")
        print("The figures, a replay of the journal, the screens and the script agree.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
