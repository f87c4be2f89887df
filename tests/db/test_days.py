"""The service day: when it begins, and what becomes of the one before."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, CheckInStore, StoreUnavailable

Open = Callable[..., CheckInStore]


@pytest.mark.parametrize(
    ("hours", "day"),
    [(0, date(2026, 11, 23)), (17.98, date(2026, 11, 23)), (18, date(2026, 11, 24))],
)
def test_a_day_lasts_until_four_in_the_clinics_morning(
    store: CheckInStore, clock: Any, hours: float, day: date
) -> None:
    clock.move(hours=hours)
    assert store.day == day


def test_a_new_day_counts_from_one_and_ends_what_was_open(
    store: CheckInStore, clock: Any, journal: Path
) -> None:
    waiting, called, seen, parked = (store.check_in(Arrival(name="Zoë")) for _ in range(4))
    store.call(called.id, "1", "lin")
    store.call(seen.id, "2", "lin")
    store.begin(seen.id, "lin")
    store.park(parked.id, "lin")
    clock.move(days=1)
    assert store.queue() == []
    assert store.check_in(Arrival()).ticket == "A001"
    with store.database(date(2026, 11, 23)) as before:
        ends = {one["ticket"]: one["status"] for one in before.table("checkins")}
    assert ends == {
        waiting.ticket: "left",
        called.ticket: "left",
        seen.ticket: "done",
        parked.ticket: "left",
    }
    written = json.loads(journal.with_suffix(".json").read_text())
    assert [one["status"] for one in written["checkins"].values()] == [
        "left",
        "left",
        "done",
        "left",
    ]
    assert '"reason":"day-closed"' in journal.read_text()
    assert store.person(waiting).name == "Zoë"


def test_a_closed_day_opens_in_stock_tinydb(store: CheckInStore, clock: Any, journal: Path) -> None:
    from tinydb import TinyDB, where

    store.check_in(Arrival(service="cupping"))
    clock.move(days=1)
    store.check_in(Arrival())
    with TinyDB(journal.with_suffix(".json"), access_mode="r") as stock:
        assert stock.table("checkins").count(where("service") == "cupping") == 1


def test_a_request_repeated_over_midnight_gives_yesterdays_ticket(
    store: CheckInStore, open_here: Open, clock: Any
) -> None:
    arrival = Arrival(name="王小明")
    first = store.check_in(arrival, id="one")
    clock.move(days=1)
    assert store.check_in(arrival, id="one").ticket == first.ticket
    assert open_here().check_in(arrival, id="one").day == first.day
    assert store.today() == []


def test_a_clock_set_back_neither_reopens_a_day_nor_reorders(
    store: CheckInStore, open_here: Open, clock: Any
) -> None:
    store.check_in(Arrival())
    clock.move(days=1)
    first = store.check_in(Arrival())
    clock.move(hours=-20)
    second = open_here().check_in(Arrival())
    assert (second.day, second.ticket) == (first.day, "A002")
    assert second.arrived_at == first.arrived_at
    assert [one.ticket for one in store.queue()] == ["A001", "A002"]


def test_a_day_that_another_terminal_began_goes_on_when_the_clock_slips_back(
    store: CheckInStore, open_here: Open, clock: Any
) -> None:
    store.check_in(Arrival())
    clock.move(days=1)
    open_here().check_in(Arrival())
    clock.move(days=-1)
    assert store.check_in(Arrival()).day == date(2026, 11, 24)


@pytest.mark.parametrize("back", [3, 8, 20_000])
def test_a_clock_that_lost_the_date_gives_no_tickets_until_it_is_set_right(
    store: CheckInStore, open_here: Open, clock: Any, back: int
) -> None:
    for _ in range(9):
        clock.move(days=1)
        first = store.check_in(Arrival())
    clock.move(days=-back)
    for one in (store, open_here()):
        for refused in (one.queue, one.health, lambda one=one: one.check_in(Arrival())):
            with pytest.raises(StoreUnavailable, match=r"clock says .* cannot be"):
                refused()
    clock.move(days=back)
    assert store.queue() == [first]
    assert store.check_in(Arrival()).ticket == "A002"


def test_a_clock_that_ran_ahead_is_believed_when_it_is_put_right(
    store: CheckInStore, open_here: Open, clock: Any
) -> None:
    store.check_in(Arrival())
    clock.move(days=400)
    assert store.check_in(Arrival()).day == date(2027, 12, 28)
    clock.move(days=-399)
    for one in (store, open_here()):
        assert one.check_in(Arrival()).day == date(2026, 11, 24)


def test_a_damaged_yesterday_does_not_stop_today(
    store: CheckInStore, open_here: Open, clock: Any, journal: Path
) -> None:
    store.check_in(Arrival())
    store.check_in(Arrival())
    damaged = bytearray(journal.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    journal.write_bytes(damaged)
    clock.move(days=1)
    assert open_here().check_in(Arrival(), id="one").ticket == "A001"
    assert journal.read_bytes() == damaged


def test_terminals_that_enter_a_new_day_together_close_the_old_one_once(
    open_here: Open, clock: Any, journal: Path, tmp_path: Path
) -> None:
    stores = [open_here() for _ in range(6)]
    stores[0].check_in(Arrival())
    clock.move(days=1)
    with ThreadPoolExecutor() as threads:
        tickets = list(threads.map(lambda store: store.check_in(Arrival()).ticket, stores))
    assert sorted(tickets) == [f"A{n:03d}" for n in range(1, 7)]
    assert journal.read_bytes().count(b'"closed":') == 1
    assert len(list((tmp_path / "keys").glob("*.key"))) == 2
