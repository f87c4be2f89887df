"""Plays every job of docs/staff.md, and says which of them were not done as the page says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks import jobs_calling, jobs_finding, jobs_listing, jobs_today
from benchmarks.jobs_table import Row
from benchmarks.stage import SCRIPT, Failed, Stage

SCENES = {**jobs_calling.JOBS, **jobs_finding.JOBS, **jobs_listing.JOBS, **jobs_today.JOBS}
EACH = 3
"""People who are called to one room at once, for the board."""


def problems_of(rows: list[Row]) -> list[str]:
    """What is wrong with the tables before anything is played."""
    jobs = [row.job for row in rows]
    found = [problem for row in rows for problem in row.problems]
    found += [f"{name}: twice in the table" for name in set(jobs) if jobs.count(name) > 1]
    found += [f"{name}: in the table, and never played" for name in jobs if name not in SCENES]
    return found + [f"{name}: played, and not in the table" for name in SCENES if name not in jobs]


def play_jobs(at: Stage, rows: list[Row], tell: Callable[[str], None]) -> list[str]:
    """Play the jobs in the order of the page; what was not done as it says."""
    for row in rows:
        if row.job not in SCENES:
            continue
        at.row = row
        try:
            SCENES[row.job](at)
            if at.row is not None:
                raise Failed("its keys were never pressed")
            at.clear()
        except (Failed, pytest.fail.Exception) as why:
            return [f"{row.job}: {why}"]  # after it nothing stands as it should
        tell(f"{row.count:>10}   {row.job}")
    return []


def board_forgets_nobody(at: Stage) -> list[str]:
    """Call more people than the board holds at once: its pages show them all until they are in."""
    called = [at.called(str(room)) for room in range(1, at.rooms + 1) for _ in range(EACH)]
    try:
        at.on_board(*called, *called)
        *others, last = called
        for one in others:
            at.store.begin(one.id, SCRIPT)
        at.on_board(last)
        at.store.begin(last.id, SCRIPT)
        at.says_no_more(at.board, "Now calling")
        at.clear()
    except pytest.fail.Exception as why:
        return [f"the board: {why}"]
    return []
