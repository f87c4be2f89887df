"""A day in real terminals: staff's jobs by the page's keys, and figures that are the journal's."""

import json
from pathlib import Path

import pytest

from benchmarks import terminals
from benchmarks.clinic_day import simulate
from benchmarks.jobs_table import PAGE, read_rows
from benchmarks.replay import differences, differences_of_closed

TEXT = PAGE.read_text("utf-8")


@pytest.mark.wide
def test_a_day_at_all_five_terminals_ends_with_the_figures_of_its_journal(tmp_path: Path) -> None:
    day, problems = simulate(tmp_path, patients=2, rooms=3, seed=4, tell=lambda _: None)
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


@pytest.mark.wide
def test_every_job_of_the_page_is_done_by_its_keys_and_all_is_counted(tmp_path: Path) -> None:
    rows = read_rows(TEXT)
    told: list[str] = []
    day, problems = simulate(tmp_path, 2, 3, seed=4, tell=told.append, jobs=rows)
    assert problems == []
    assert [line.split(maxsplit=1)[0] for line in told[: len(rows)]] == [
        row.said.partition(" ")[0] for row in rows
    ]
    assert len(day.before) > len(rows), "jobs bring people, and all of them are in the figures"


@pytest.mark.wide
@pytest.mark.parametrize(
    ("before", "after", "job"),
    [
        ("in | `b` | 1 |", "in | `d` | 1 |", "They came in"),
        ("desk | `n` `2` | 2 |", "desk | `n` `1` | 2 |", "Call the next, from the desk"),
    ],
)
def test_a_job_that_its_keys_do_not_do_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, job: str
) -> None:
    monkeypatch.setattr(terminals, "PATIENCE", 3.0)
    assert TEXT.count(before) == 1
    rows = [row for row in read_rows(TEXT.replace(before, after)) if row.job == job]
    _, problems = simulate(tmp_path, 0, 3, seed=4, tell=lambda _: None, jobs=rows)
    assert [problem.partition(":")[0] for problem in problems] == [job]
