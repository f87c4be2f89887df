"""A few patients' day in real terminals: at its end the figures are those of the journal."""

import json
from pathlib import Path

import pytest

from benchmarks.clinic_day import simulate
from benchmarks.replay import differences, differences_of_closed


@pytest.mark.wide
def test_a_day_at_all_five_terminals_ends_with_the_figures_of_its_journal(tmp_path: Path) -> None:
    day, problems = simulate(tmp_path, patients=2, rooms=2, seed=4, tell=lambda _: None)
    assert problems == []
    assert day.tickets == ["A001", "A002"]
    assert set(day.ended) == set(day.tickets)

    stats = json.loads(day.figures)
    assert stats["arrivals"] == 2
    wrong = stats | {"arrivals": 1, "by_status": {"waiting": 1}}
    found = differences(tmp_path, json.dumps(wrong), day.ended | {"A001": "left"})
    assert [line.partition(":")[0] for line in found] == [
        "arrivals", "by status", "how visits ended",
    ]  # fmt: skip

    (file,) = tmp_path.rglob("figures/*.json")
    kept = json.loads(file.read_text())
    cells = [{"start": 9, "end": 10, "people": 3}]
    file.write_text(json.dumps(kept | {"arrivals": 3, "by_hour": cells}))
    found = differences_of_closed(tmp_path)
    assert [line.partition(":")[0] for line in found][:2] == ["arrivals kept", "hours kept"]
