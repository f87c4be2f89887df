"""The expected wait beside the rule of thumb, over simulated clinic days.

    python benchmarks/wait.py [--days 35] [--seeds 1 2 3] [--order arrival appointment]

The rule of thumb is what ticket machines do: place in the queue x mean visit / rooms. It is told
how many rooms are really open, and the better of two readings counts (people ahead, and one more).
Each clinic begins without any history; the days until the store gives numbers count for neither.
"The range" is what the store says before rounding, when somebody checks in; waits count from the
later of that and an appointment that was confirmed by then. Prints a table for each order, and the
machine; exits 1 when a bar is missed. Seeds beyond the first are for seeing how much is chance.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import fmean

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.clinic_days import MIDNIGHT, SHANGHAI, Clinic, Seen, unsynced
from benchmarks.machine import machine
from benchmarks.scenarios import SCENARIOS, Scenario
from db import Arrival, Order, open_store
from kiosk.queue.wait import ExpectedWaits

HOLDS = 0.75, 0.85
HOLDS_EACH = 0.70, 0.90
ERROR, ERROR_EACH = 0.9, 1.02
GIVEN = 0.9
"""Share of check-ins that must be given a number once there is history."""
QUICK = 20.0
"""Milliseconds of a core for one estimate with 30 people ahead."""


def live(scenario: Scenario, days: int, seed: int) -> list[Seen]:
    """Give every look at the wait in a scenario."""
    with tempfile.TemporaryDirectory() as folder:
        return Clinic(Path(folder), scenario, seed).run(days)


class Tally:
    """What a number of looks amounts to; errors in minutes."""

    def __init__(self, looks: Sequence[Seen]) -> None:
        told = [(look, look.wait) for look in looks if look.wait is not None]
        truths = [look.actual or 0.0 for look, _ in told]
        self.looks = len(told)
        self.given = len(told) / max(1, len(looks))
        pairs = list(zip(told, truths, strict=True))
        self.holds = fmean(wait.low <= truth <= wait.high for (_, wait), truth in pairs)
        self.below = fmean(truth < wait.low for (_, wait), truth in pairs)
        self.width = fmean(wait.high - wait.low for _, wait in told)
        self.error = fmean(abs(wait.middle - truth) for (_, wait), truth in pairs)
        self.rule = min(
            fmean(abs(rule_of_thumb(look, more) - truth) for (look, _), truth in pairs)
            for more in (0, 1)
        )
        self.mean = fmean(truths)

    @property
    def ratio(self) -> float:
        """The middle's mean absolute error, as a multiple of the rule's."""
        return self.error / self.rule

    def missed(self, holds: tuple[float, float], error: float) -> bool:
        """Say whether a bar is missed."""
        least, most = holds
        return not (least <= self.holds <= most and self.ratio <= error and self.given >= GIVEN)

    def __str__(self) -> str:
        return (
            f"{self.looks:7} {self.given:6.0%} {self.mean:7.1f} {self.holds:7.1%} {self.below:6.1%}"
            f" {self.width:7.1f} {self.error:7.1f} {self.rule:7.1f} {self.ratio:6.2f}"
        )


def rule_of_thumb(look: Seen, more: int) -> float:
    """Give what a ticket machine would say, that knew of the appointment."""
    minutes = (look.ahead + more) * look.mean / max(1, look.rooms)
    return max(0.0, minutes - look.early)


HEAD = "  looks  given    wait   holds  below   width   error    rule  ratio"


def after_the_first(looks: Sequence[Seen]) -> list[Seen]:
    """Leave out the days on which there was too little history for anybody."""
    first = next((n for n, look in enumerate(looks) if look.wait is not None), len(looks))
    return list(looks[first:])


def milliseconds_with_30_ahead() -> float:
    """Time an estimate, history read already: the median of eight queues, in time of a core."""
    rush = replace(SCENARIOS[3], arrivals=((9.0, 12.0, 12.0),))
    with tempfile.TemporaryDirectory() as folder, unsynced():
        clinic = Clinic(Path(folder), rush, seed=1)
        clinic.run(8)
        now = MIDNIGHT + timedelta(days=9, hours=9)
        store = open_store(
            Path(folder) / "data",
            "downtown",
            keys_dir=Path(folder) / "keys",
            time_zone="Asia/Shanghai",
            clock=lambda: now,
        )
        waits = ExpectedWaits(store, clinic.rooms, lambda: now.astimezone(SHANGHAI))
        for _ in range(30):
            store.check_in(Arrival(service="orthopaedics"))
        taken = []
        for _ in range(9):
            last = store.check_in(Arrival(service="orthopaedics"))
            start = time.process_time()
            wait = waits.of(last)
            taken.append((time.process_time() - start) * 1000)
            assert wait is not None
        return sorted(taken[1:])[4]


def measure(order: Order, days: int, seed: int) -> bool:
    """Run every scenario with this order, print the table, and say whether a bar is missed."""
    scenarios = [replace(scenario, order=order) for scenario in SCENARIOS]
    with ProcessPoolExecutor(2) as pool:
        jobs = [pool.submit(live, scenario, days, seed) for scenario in scenarios]
        lived = [after_the_first(job.result()) for job in jobs]
    print(
        f"\norder by {order}, seed {seed}: {days * len(scenarios)} clinic days; minutes; bars: "
        f"holds {HOLDS_EACH}, ratio {ERROR_EACH}, given {GIVEN:.0%}\n{'':24}{HEAD}"
    )
    missed = False
    for scenario, looks in zip(scenarios, lived, strict=True):
        tally = Tally([look for look in looks if look.at_check_in])
        bad = tally.missed(HOLDS_EACH, ERROR_EACH)
        missed |= bad
        print(f"{scenario.name:24}{tally}{'  MISSED' if bad else ''}")
    every = [look for looks in lived for look in looks]
    pooled = Tally([look for look in every if look.at_check_in])
    bad = pooled.missed(HOLDS, ERROR)
    missed |= bad
    print(f"{'pooled':24}{pooled}{'  MISSED' if bad else ''}  bars: {HOLDS}, {ERROR}")
    print(f"{'  booked':24}{Tally([look for look in every if look.at_check_in and look.booked])}")
    print(
        f"{'  others':24}{Tally([look for look in every if look.at_check_in and not look.booked])}"
    )
    print(f"{'looked up later':24}{Tally([look for look in every if not look.at_check_in])}")
    return missed


def main() -> int:
    """Run every scenario, print the table, and say whether every bar is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=35)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--order", type=Order, nargs="+", default=list(Order))
    asked = parser.parse_args()
    print(machine())
    missed = False
    for seed in asked.seeds:
        for order in asked.order:
            missed |= measure(order, asked.days, seed)
    taken = milliseconds_with_30_ahead()
    missed |= taken > QUICK
    print(f"\none estimate with 30 ahead: {taken:.1f} ms (bar {QUICK:.0f})")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
