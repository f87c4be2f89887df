"""How well the expected wait held, reckoned again from the journal as it stood at each arrival."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from past_days import past_day

from benchmarks.clinic_days import SHANGHAI, Clinic
from benchmarks.scenarios import Place, Scenario
from db import Arrival, CheckInStore, Order, open_store
from kiosk.queue.calibration import Look, calibration_of, looks_on, read_calibration
from kiosk.queue.wait import Wait

SMALL = Scenario(
    "small",
    (Place("1"), Place("2", ("cupping",))),
    {"cupping": (16.0, 0.5, 2.0), "acupuncture": (28.0, 0.3, 1.0)},
    ((8.7, 14, 5.0),),
    no_show=0.1,
    priority=0.1,
    booked=0.4,
    order=Order.appointment,
)


def test_it_is_what_people_were_told_when_they_came(tmp_path: Path) -> None:
    clinic = Clinic(tmp_path, SMALL, seed=3)
    seen = clinic.run(9)
    live = [(look.wait, look.actual or 0.0) for look in seen if look.at_check_in and look.wait]
    store = open_store(
        tmp_path / "data",
        "downtown",
        keys_dir=tmp_path / "keys",
        time_zone="Asia/Shanghai",
        order=SMALL.order,
        clock=clinic._now,
    )
    days = store.days.on_disk()
    found = read_calibration(store, days[0], days[-1], SHANGHAI, clinic.rooms)
    assert found is not None
    assert found.told == len(live)
    within = sum(wait.low <= actual <= wait.high for wait, actual in live) / len(live)
    assert found.within == pytest.approx(within, abs=0.03)
    assert found.within + found.sooner + found.later == pytest.approx(1)
    assert sum(part.waited.people for part in found.by_told) <= found.told


def looks(store: CheckInStore) -> list[Look]:
    return list(
        looks_on(
            store.today(), store.events(), [past_day(n + 1) for n in range(10)], {"1": ()}, SHANGHAI
        )
    )


def test_time_at_the_laboratory_is_no_waiting(store: CheckInStore, clock: Any) -> None:
    one = store.check_in(Arrival(service="cupping"))
    clock.move(minutes=4)
    store.park(one.id, "lin")
    clock.move(minutes=40)
    store.return_to_queue(one.id, "lin")
    clock.move(minutes=3)
    store.call(one.id, "1", "lin")
    assert [look.minutes for look in looks(store)] == [7]


def test_what_was_told_before_an_appointment_was_confirmed_counts_from_arrival(
    store: CheckInStore, clock: Any
) -> None:
    one = store.check_in(Arrival(service="cupping"))
    clock.move(minutes=2)
    store.confirm(one.id, "mei", clock.now + timedelta(minutes=28))
    clock.move(minutes=33)
    store.call(one.id, "1", "lin")
    assert [look.minutes for look in looks(store)] == [35]


def test_from_a_confirmed_appointment_on_both_count_from_it(
    store: CheckInStore, clock: Any
) -> None:
    due = clock.now + timedelta(minutes=200)
    one = store.check_in(Arrival(service="cupping"), by="mei", due_at=due)
    clock.move(minutes=203)
    store.call(one.id, "1", "lin")
    (look,) = looks(store)
    assert look.wait
    assert (look.minutes, look.wait.low) == (3, 0)


def test_few_people_tell_nothing_and_few_with_the_same_number_are_told_with_others() -> None:
    looks = [Look(Wait(0, 5, 10), 7.0), Look(None, 3.0)] * 4
    assert calibration_of(looks) is None
    looks += [Look(Wait(0, 5, 10), 70.0)] * 5 + [Look(Wait(40, 50, 60), 30.0)] * 2
    found = calibration_of(looks)
    assert found is not None
    assert (found.people, found.told) == (15, 11)
    assert (found.within, found.sooner, found.later) == (0.364, 0.182, 0.454)
    assert [(one.start, one.end, one.waited.people) for one in found.by_told] == [(0, 60, 11)]
