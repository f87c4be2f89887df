"""The audit journal while the clock is put forward and back: nothing of it looks damaged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import Audit, StoreCorrupt, open_audit

JOURNEY = (0, 1, 40, 2, 2, 3, 40, 41, 3, -9000, 42, 41, 43)
"""Days from the first on which the clock stood when something was noted, one after another."""


OLDEST = "2026-11-23"
"""The first of these days: files of it and before go in time, and nothing tells that one has."""


@pytest.fixture
def audit(tmp_path: Path, clock: Any) -> Audit:
    return open_audit(tmp_path / "data", clock)


@pytest.fixture
def noted(audit: Audit, clock: Any) -> Callable[..., None]:
    """Note something on each of these days, as the clock says."""
    begin = clock.now

    def note(*days: int) -> None:
        for day in days:
            clock.now = begin + timedelta(days=day)
            audit.note("signed_in", f"Lin {day}", "desk")

    return note


def journals(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "data" / "audit").glob("*.jsonl"))


def assert_ends_are_covered(audit: Audit, files: list[Path]) -> None:
    for file in files:
        data = file.read_bytes()
        for kept in range(data.count(b"\n")):
            if not kept and file.stem <= OLDEST:
                continue  # as if it had gone in time
            file.write_bytes(b"".join(data.splitlines(keepends=True)[:kept]))
            with pytest.raises(StoreCorrupt):
                audit.entries()
        file.write_bytes(data)


def test_a_clock_that_is_set_is_no_damage(audit: Audit, noted: Callable[..., None]) -> None:
    for length, day in enumerate(JOURNEY, start=1):
        noted(day)
        told = [entry.by for entry in audit.entries()]
        assert told == [f"Lin {one}" for one in sorted(JOURNEY[:length])], length


def test_an_end_taken_off_any_file_but_the_last_written_is_noticed(
    audit: Audit, noted: Callable[..., None], tmp_path: Path
) -> None:
    noted(*JOURNEY)
    whole = audit.entries()
    assert_ends_are_covered(audit, journals(tmp_path)[:-1])
    assert audit.entries() == whole


def test_only_a_line_behind_one_of_another_file_names_it(
    audit: Audit, noted: Callable[..., None]
) -> None:
    noted(0, 0, 1, 1, 0, 0)
    names = [(entry.after != "", entry.behind and str(entry.behind)) for entry in audit.entries()]
    nothing = (False, None)
    assert names == [nothing, nothing, (True, "2026-11-24"), nothing, (True, "2026-11-23"), nothing]


def test_a_file_taken_out_is_noticed_wherever_the_clock_was(
    audit: Audit, noted: Callable[..., None], tmp_path: Path
) -> None:
    noted(*JOURNEY)
    for file in journals(tmp_path)[:-1]:
        if file.stem <= OLDEST:
            continue  # it goes in time
        data = file.read_bytes()
        file.unlink()
        with pytest.raises(StoreCorrupt):
            audit.entries()
        file.write_bytes(data)


def test_a_line_put_behind_one_that_another_file_follows_is_noticed(
    audit: Audit, noted: Callable[..., None], tmp_path: Path, clock: Any
) -> None:
    noted(0, 1)
    file, later = journals(tmp_path)
    kept, went_on = file.read_bytes(), later.read_bytes()
    for path in (later, later.with_name(".last")):
        path.unlink()
    noted(0)  # as if nothing had come after it
    assert len(file.read_bytes()) > len(kept)
    later.write_bytes(went_on)
    with pytest.raises(StoreCorrupt):
        audit.entries()


def test_a_file_of_another_journal_is_noticed(
    audit: Audit, noted: Callable[..., None], tmp_path: Path, clock: Any
) -> None:
    noted(0, 2)
    clock.move(days=-1)
    open_audit(tmp_path / "elsewhere", clock).note("signed_in", "Mei", "desk")
    (strange,) = (tmp_path / "elsewhere" / "audit").glob("*.jsonl")
    strange.rename(tmp_path / "data" / "audit" / strange.name)
    with pytest.raises(StoreCorrupt):
        audit.entries()


def test_after_its_time_what_is_left_is_whole_though_the_clock_was_set(
    clock: Any, tmp_path: Path
) -> None:
    audit = open_audit(tmp_path / "data", clock, keep_days=30)
    begin = clock.now
    for day in (0, 20, 1, 2, -9000, 3, 4, *range(5, 60)):
        clock.now = begin + timedelta(days=day)
        audit.note("signed_in", "Lin", "desk")
        assert audit.entries(), day
    days = {path.stem for path in journals(tmp_path)}
    assert min(days) == f"{(clock.now - timedelta(days=30)).date()}", "also what it wrote long ago"


@pytest.mark.parametrize("lost", ["taken away", "of no use", "of a file that has gone"])
def test_where_it_is_not_known_what_was_written_last_it_goes_on(
    audit: Audit, noted: Callable[..., None], tmp_path: Path, lost: str
) -> None:
    noted(0, 5, 1)
    known = tmp_path / "data" / "audit" / ".last"
    if lost == "taken away":
        known.unlink()
    else:
        known.write_text("?" if lost == "of no use" else "2031-01-01 2031-01-02 0")
    noted(5, 1, 6, 1)
    assert len(audit.entries()) == 7


@pytest.mark.parametrize("written", [False, True], ids=["before the line", "before what follows"])
def test_a_power_cut_between_two_days_leaves_it_whole(
    audit: Audit,
    noted: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    written: bool,
) -> None:
    noted(0, 1)
    with monkeypatch.context() as cut:
        if not written:
            cut.setattr("db.audit._append", lambda *_: None)
        noted(0)
    noted(2)
    assert_ends_are_covered(audit, journals(tmp_path)[:-1])
    noted(1, 2, 0)
    assert len(audit.entries()) == 6 + written


def test_a_journal_of_the_version_before_is_read(audit: Audit, tmp_path: Path, clock: Any) -> None:
    from db.audit_lines import hash_of

    folder = tmp_path / "data" / "audit"
    audit.note("signed_in", "Lin", "desk")
    first, after = journals(tmp_path)[0], ""
    for day in (23, 24, 25):
        file = folder / f"2026-11-{day}.jsonl"
        at = datetime(2026, 11, day, 8, tzinfo=UTC).isoformat().replace("+00:00", "Z")
        more = f',"after":"{after}"' if after else ""
        body = f'{{"at":"{at}","kind":"signed_in","by":"Lin","device":"desk"{more}}}'.encode()
        after = hash_of(hash_of("", file.name.encode()), body)
        file.write_bytes(f"{after} ".encode() + body + b"\n")
    (folder / ".last").unlink(missing_ok=True)
    assert len(audit.entries()) == 3
    middle = folder / "2026-11-24.jsonl"
    data = middle.read_bytes()
    middle.unlink()
    with pytest.raises(StoreCorrupt):
        audit.entries()
    middle.write_bytes(data)
    clock.move(days=2)
    audit.note("signed_in", "Lin", "desk")
    assert len(audit.entries()) == 4
    first.unlink()
    assert len(audit.entries()) == 3, "the oldest go in time"
