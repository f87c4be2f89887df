"""The expected wait over simulated clinic days, as benchmarks/wait.py measures it, but few."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.clinic_days import Clinic
from benchmarks.scenarios import Place, Scenario
from benchmarks.wait import rule_of_thumb
from db import Order

SMALL = Scenario(
    "small",
    (Place("1"), Place("2", shifts=((9, 12), (13, 16)))),
    {"cupping": (16.0, 0.5, 2.0), "acupuncture": (28.0, 0.3, 1.0)},
    ((8.7, 16, 6.0),),
    no_show=0.1,
)


@pytest.mark.wide
@pytest.mark.parametrize(
    "scenario",
    [SMALL, *(replace(SMALL, name=order, order=order, booked=0.35) for order in Order)],
    ids=lambda scenario: scenario.name,
)
def test_the_range_holds_for_most_people_and_the_middle_beats_the_rule_of_thumb(
    tmp_path: Path, scenario: Scenario
) -> None:
    seen = Clinic(tmp_path, scenario, seed=3).run(12)
    told = [(look.wait, look.actual or 0.0, look) for look in seen if look.wait is not None]
    assert len(told) > 200
    assert all(look.wait is None for look in seen[:100])  # the first days have no history
    holds = sum(wait.low <= actual <= wait.high for wait, actual, _ in told) / len(told)
    assert 0.7 < holds < 0.9
    error = sum(abs(wait.middle - actual) for wait, actual, _ in told)
    rule = sum(abs(rule_of_thumb(look, 0) - actual) for *_, actual, look in told)
    assert error < 0.9 * rule
