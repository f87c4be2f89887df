"""Days are closed, counted, verified and, when their time is over, removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, Cell, CheckInStore, KeyMissing, StoreUnavailable

Open = Callable[..., CheckInStore]
FIRST = date(2026, 11, 23)


def busy(store: CheckInStore, clock: Any, people: int = 6, service: str = "cupping") -> None:
    for n in range(people):
        store.check_in(Arrival(name=f"Zoë {n}", service=service))
    clock.move(minutes=12)
    for _ in range(people):
        called = store.call_next("1", "lin")
        assert called is not None
        store.begin(called.id, "lin")
        clock.move(minutes=1)
        store.complete(called.id, "lin")


def days_pass(store: CheckInStore, clock: Any, days: int) -> None:
    for _ in range(days):
        clock.move(days=1)
        store.check_in(Arrival(name="Zoë"))


def test_closing_by_hand_ends_what_is_open_and_the_day_can_go_on(
    store: CheckInStore, clock: Any, journal: Path
) -> None:
    store.check_in(Arrival())
    assert store.days.close().arrivals == 1
    assert store.queue() == []
    assert store.days.verify(FIRST).is_closed
    last = json.loads(journal.read_bytes().splitlines()[-1][33:])
    assert last["closed"]["lines"] == last["n"] - 1
    store.check_in(Arrival())
    assert not store.days.verify(FIRST).is_closed
    clock.move(days=1)
    store.check_in(Arrival())
    assert store.days.verify(FIRST).is_closed
    assert len(json.loads(journal.with_suffix(".json").read_text())["checkins"]) == 2


def test_figures_count_without_showing_anyone(
    store: CheckInStore, clock: Any, journal: Path
) -> None:
    busy(store, clock)
    busy(store, clock, people=2, service="rare")
    store.void(store.check_in(Arrival()).id, "lin", "tried the screen")
    store.check_in(Arrival())  # still waiting when the day is closed: no time in service
    figures = store.days.close()
    assert figures.arrivals == 9
    assert figures.by_hour == [Cell(10, 11, 9)]
    assert figures.waits == [Cell(10, 20, 8)]
    assert figures.by_service.keys() == {"cupping"}
    assert figures.by_service["cupping"].in_service == [Cell(0, 5, 6)]
    written = (journal.parent / "figures" / "2026-11-23.json").read_text()
    for hidden in ("A00", "rare", store.today()[0].id):
        assert hidden not in written


def test_figures_equal_a_replay_and_outlive_the_journal(
    store: CheckInStore, open_here: Open, clock: Any, journal: Path
) -> None:
    busy(store, clock)
    now = store.days.figures(FIRST, FIRST)
    store.days.close()
    assert store.days.figures(FIRST, FIRST) == open_here().days.figures(FIRST, FIRST) == now
    clock.move(days=31)
    store.check_in(Arrival())
    days_pass(store, clock, 1)
    assert not journal.exists()
    assert store.days.figures(FIRST, FIRST) == now


def test_names_go_after_a_week_and_records_after_a_month(
    store: CheckInStore, clock: Any, journal: Path, tmp_path: Path
) -> None:
    first = store.check_in(Arrival(name="Zoë"))
    days_pass(store, clock, 7)
    assert store.person(first).name == "Zoë"
    days_pass(store, clock, 1)
    with pytest.raises(KeyMissing):
        store.person(first)
    assert journal.exists()
    days_pass(store, clock, 22)
    assert journal.exists()
    found = store.days.verify(FIRST)
    days_pass(store, clock, 1)
    assert list(journal.parent.glob("2026-11-23.*")) == []
    receipt = json.loads((journal.parent / "receipts" / "2026-11-23.json").read_text())
    assert (receipt["lines"], receipt["hash"]) == (found.lines, found.hash)
    assert len(list((tmp_path / "keys").glob("*.key"))) == 8


def test_a_clock_that_jumps_ahead_does_not_erase_everything(
    store: CheckInStore, clock: Any
) -> None:
    store.check_in(Arrival(name="Zoë"))
    days_pass(store, clock, 5)
    clock.move(days=400)
    store.check_in(Arrival())
    overdue = store.days.overdue()
    assert overdue.records == [FIRST + timedelta(days=n) for n in range(6)]
    assert overdue.names == overdue.records
    assert store.days.purge() == overdue
    assert store.days.overdue().records == []
    assert [found.day for found in store.days.figures(FIRST, store.day)][:6] == [
        FIRST + timedelta(days=n) for n in range(6)
    ]


def test_a_clock_that_jumps_ahead_and_is_put_right_has_cost_nobody_their_name(
    store: CheckInStore, clock: Any
) -> None:
    zoe = store.check_in(Arrival(name="Zoë"))
    clock.move(days=40)
    store.check_in(Arrival())
    clock.move(days=-40)
    assert store.person(zoe).name == "Zoë"
    assert store.check_in(Arrival()).ticket == "A002"


def test_after_a_long_holiday_what_is_old_goes_a_day_later(store: CheckInStore, clock: Any) -> None:
    zoe = store.check_in(Arrival(name="Zoë"))
    days_pass(store, clock, 3)
    clock.move(days=10)
    store.check_in(Arrival())
    assert store.person(zoe).name == "Zoë"
    days_pass(store, clock, 1)
    with pytest.raises(KeyMissing):
        store.person(zoe)


def test_keys_of_another_data_folder_are_left_alone(
    store: CheckInStore, open_here: Open, clock: Any, tmp_path: Path
) -> None:
    foreign = tmp_path / "keys" / "downtown-2026-11-01-0123456789abcdef.key"
    store.check_in(Arrival(name="Zoë"))
    foreign.write_bytes(b"x" * 32)
    days_pass(store, clock, 9)
    assert foreign.exists()


def test_verify_names_the_first_line_that_was_touched(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    for _ in range(4):
        store.check_in(Arrival())
    assert store.days.verify(FIRST).damaged_line is None
    whole = journal.read_bytes()
    for line in range(1, 6):
        lines = whole.splitlines(keepends=True)
        lines[line - 1] = lines[line - 1].replace(b'"n":', b'"n": ', 1)
        journal.write_bytes(b"".join(lines))
        assert open_here().days.verify(FIRST).damaged_line == line
    journal.write_bytes(b"".join([*whole.splitlines(keepends=True)[:2], lines[3]]))
    assert open_here().days.verify(FIRST).damaged_line == 3
    journal.write_bytes(whole[:-9])
    found = open_here().days.verify(FIRST)
    assert (found.damaged_line, found.lines, found.torn_bytes > 0) == (None, 4, True)


def test_a_damaged_day_is_purged_in_its_time_too(
    store: CheckInStore, clock: Any, journal: Path
) -> None:
    store.check_in(Arrival())
    store.check_in(Arrival())
    damaged = bytearray(journal.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    journal.write_bytes(damaged)
    store.close()
    clock.move(days=31)
    store.check_in(Arrival())
    days_pass(store, clock, 1)
    assert not journal.exists()
    assert '"damaged_line":2' in (journal.parent / "receipts" / "2026-11-23.json").read_text()


def test_a_network_file_system_is_refused(
    store: CheckInStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = tmp_path.stat().st_dev
    number = f"{device >> 8 & 0xFFF}:{device & 0xFF}"
    mounts = tmp_path / "mounts"
    mounts.write_text(f"36 35 {number} / / rw shared:1 - nfs4 server:/x rw\n")
    monkeypatch.setattr("db.files.MOUNTS", mounts)
    with pytest.raises(StoreUnavailable, match="not on nfs4"):
        store.check_in(Arrival())
    mounts.write_text(f"36 35 {number} / / rw - ext4 /dev/sda rw\n")
    assert store.check_in(Arrival()).ticket == "A001"
