"""Clocks that ran ahead, were set back, or are known to be right; and what the machine says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, CheckInStore, ClockIs, ClockWrong, StoreError, StoreUnavailable, Uptime

Open = Callable[..., CheckInStore]
TODAY = date(2026, 11, 23)
ZOE = Arrival(name="Zoë", phone="13812345678", service="cupping")


def right() -> ClockIs:
    return ClockIs.right


def wrong() -> ClockIs:
    return ClockIs.wrong


def unknown() -> ClockIs:
    return ClockIs.unknown


@pytest.mark.parametrize("ahead", [1, 2, 3, 5, 7, 8, 40, 3650])
@pytest.mark.parametrize("before", [0, 1, 3])
def test_a_clock_known_to_be_right_gives_tickets_of_the_true_day_whatever_it_said_before(
    open_here: Open, clock: Any, ahead: int, before: int
) -> None:
    clock.move(days=-before)
    for _ in range(before):
        open_here().check_in(Arrival())
        clock.move(days=1)
    clock.move(days=ahead)
    zoe = open_here().check_in(ZOE, id="zoe")
    open_here().check_in(Arrival(), id="two")
    clock.move(days=-ahead)
    store = open_here(clock_is=right)
    third = store.check_in(Arrival(), id="three")
    assert (third.day, third.ticket) == (TODAY, "A003")
    assert [one.id for one in store.queue()] == ["zoe", "two", "three"]
    there = store.get(zoe.id)
    assert there is not None
    assert (there.ticket, there.day, there.service) == ("A001", TODAY, "cupping")
    assert there.arrived_at <= clock.now
    assert store.person(there).name == "Zoë"
    assert store.check_in(ZOE, id="zoe") == there
    assert store.days.on_disk()[-1] == TODAY
    [aside] = store.days.all_set_aside()
    assert (aside.day, aside.since) == (TODAY + timedelta(days=ahead), TODAY)
    assert store.days.verify_set_aside(aside).damaged_line is None
    assert open_here().check_in(Arrival()).ticket == "A004"
    assert store.call_next("1", "lin").ticket == "A001"


def test_who_was_in_the_true_day_when_the_clock_leapt_is_in_its_queue_again(
    open_here: Open, clock: Any
) -> None:
    store = open_here(clock_is=right)
    morning = [store.check_in(Arrival(), id=f"{n}") for n in range(4)]
    store.call(morning[1].id, "1", "lin")
    store.begin(morning[1].id, "lin")
    store.leave(morning[2].id, "lin")
    statuses = [one.status for one in store.today()]
    clock.move(days=3)
    noon = open_here().check_in(ZOE)
    assert (noon.ticket, noon.day) == ("A001", TODAY + timedelta(days=3))
    clock.move(days=-3, minutes=10)
    later = store.check_in(Arrival())
    assert [one.status for one in store.today()][:4] == statuses
    moved = store.get(noon.id)
    assert moved is not None
    assert moved.ticket not in [one.ticket for one in morning]
    assert later.arrived_at == clock.now
    assert len({one.ticket for one in store.today()}) == 6
    assert store.person(moved).name == "Zoë"


def test_a_day_begun_a_little_too_early_by_a_fast_clock_goes_on(
    open_here: Open, clock: Any
) -> None:
    open_here().check_in(Arrival())
    clock.move(hours=18.05)  # three minutes past four
    early = open_here().check_in(Arrival())
    clock.move(minutes=-10)
    store = open_here(clock_is=right)
    assert store.check_in(Arrival()).day == early.day
    assert store.days.all_set_aside() == []


@pytest.mark.parametrize("ahead", [3, 5, 7])
def test_a_clock_of_which_nothing_is_known_names_the_day_in_its_way_and_the_command(
    open_here: Open, clock: Any, ahead: int
) -> None:
    for _ in range(2):
        open_here().check_in(Arrival())
        clock.move(days=1)
    clock.move(days=-2 + ahead)
    open_here().check_in(ZOE)
    clock.move(days=-ahead)
    store = open_here()
    for refused in (store.queue, store.days.tend, lambda: store.check_in(Arrival())):
        with pytest.raises(ClockWrong, match=r"cannot be.*set-aside") as said:
            refused()
        assert said.value.day is not None
        assert str(said.value.day) in str(said.value)
    for day in sorted(day for day in store.days.on_disk() if day > TODAY):
        store.days.set_aside(day)
    assert store.check_in(Arrival()).day == TODAY
    assert "Zoë" in [store.person(one).name for one in store.queue()]


@pytest.mark.parametrize("ahead", [1, 2])
def test_a_day_one_is_in_by_mistake_can_be_set_aside_by_hand(
    open_here: Open, clock: Any, ahead: int
) -> None:
    clock.move(days=ahead)
    open_here().check_in(ZOE)
    clock.move(days=-ahead)
    store = open_here()
    assert store.check_in(Arrival()).day == TODAY + timedelta(days=ahead)
    store.days.set_aside(TODAY + timedelta(days=ahead))
    assert (store.day, len(store.queue())) == (TODAY, 2)
    assert store.check_in(Arrival()).ticket == "A003"


def test_a_day_that_goes_on_though_the_clock_was_set_back_is_warned_of(
    open_here: Open, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    clock.move(days=1)
    open_here().check_in(Arrival())
    clock.move(days=-1)
    store = open_here()
    store.check_in(Arrival())
    assert "2026-11-23; 2026-11-24, which has begun, goes on" in caplog.text
    assert (store.day, store.day_by_clock) == (TODAY + timedelta(days=1), TODAY)


def test_only_a_day_that_is_there_and_still_to_come_can_be_set_aside(
    store: CheckInStore, clock: Any
) -> None:
    store.check_in(Arrival())
    for day in (TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(StoreError, match=str(day)):
            store.days.set_aside(day)
    assert len(store.queue()) == 1


def test_a_damaged_false_day_is_set_aside_as_it_is(
    open_here: Open, clock: Any, tmp_path: Path
) -> None:
    clock.move(days=4)
    false = open_here()
    for _ in range(3):
        false.check_in(Arrival())
    path = tmp_path / "data" / "downtown" / f"{false.day}.jsonl"
    damaged = path.read_bytes().replace(b"waiting", b"wanting", 1)
    path.write_bytes(damaged)
    clock.move(days=-4)
    store = open_here(clock_is=right)
    assert store.check_in(Arrival()).ticket == "A001"
    [aside] = store.days.all_set_aside()
    assert (aside.folder / path.name).read_bytes() == damaged
    assert store.days.verify_set_aside(aside).damaged_line == 2


def test_setting_aside_that_was_killed_is_finished_by_the_next(
    open_here: Open, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.move(days=4)
    false = open_here()
    for n in range(3):
        false.check_in(ZOE if n == 1 else Arrival(), id=f"{n}")
    clock.move(days=-4)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            open_here(clock_is=right).check_in(Arrival())
    store = open_here(clock_is=right)
    store.check_in(Arrival(), id="after")
    assert [one.id for one in store.queue()] == ["0", "1", "2", "after"]
    assert len(store.days.all_set_aside()) == 1


def test_the_names_of_a_false_day_go_in_their_time(
    open_here: Open, clock: Any, tmp_path: Path
) -> None:
    clock.move(days=400)
    false = open_here()
    false.leave(false.check_in(ZOE).id, "lin")
    clock.move(days=-400)
    store = open_here(clock_is=right)
    for _ in range(8):
        store.check_in(Arrival())
        clock.move(days=1)
    store.check_in(Arrival())
    keys = [path.name for path in (tmp_path / "keys").glob("*.key")]
    assert not [name for name in keys if "2027" in name]
    for _ in range(31):
        clock.move(days=1)
        store.check_in(Arrival())
    assert store.days.all_set_aside() == []


def test_a_day_whose_date_comes_after_it_was_set_aside_is_begun_as_any_other(
    open_here: Open, clock: Any
) -> None:
    clock.move(days=2)
    open_here().check_in(ZOE)
    clock.move(days=-2)
    store = open_here(clock_is=right)
    store.check_in(Arrival())
    clock.move(days=2)
    zoe = store.check_in(ZOE)
    assert (zoe.ticket, store.person(zoe).name) == ("A001", "Zoë")
    for _ in range(6):
        clock.move(days=1)
        store.check_in(Arrival())
    assert store.person(zoe).name == "Zoë"


@pytest.fixture
def uptime(clock: Any) -> Any:
    """The machine's uptime, which goes on with the time and not with its clock."""

    class Machine:
        boot = "b0"
        seconds = 60.0

        def __call__(self) -> Uptime:
            return Uptime(self.boot, self.seconds)

        def passes(self, **more: float) -> None:
            self.seconds += timedelta(**more).total_seconds()
            clock.move(**more)

    return Machine()


@pytest.mark.parametrize("known", [right, unknown])
@pytest.mark.parametrize("tends", [True, False])
def test_a_machine_that_starts_with_yesterday_evenings_time_loses_nobodys_place(
    open_here: Open, clock: Any, uptime: Any, known: Any, tends: bool
) -> None:
    evening = open_here(uptime=uptime)
    for n in range(3):
        evening.check_in(Arrival(), id=f"yesterday-{n}")
    evening.close()
    uptime.boot, uptime.seconds = "b1", 20.0  # off over night; the clock stood still
    store = open_here(uptime=uptime)
    early = store.check_in(ZOE, id="early")
    assert (early.ticket, early.day) == ("A004", TODAY)
    uptime.passes(minutes=5)
    second = store.check_in(Arrival(), id="second")
    store.call(second.id, "1", "lin")
    uptime.passes(minutes=15)
    clock.move(hours=20)  # the network has come up
    store = open_here(uptime=uptime, clock_is=known)
    if tends:
        store.days.tend()
        assert [one.id for one in store.queue()] == ["early", "second"]
    third = store.check_in(Arrival(), id="third")
    assert third.day == TODAY + timedelta(days=1)
    assert [one.id for one in store.queue()] == ["early", "second", "third"]
    there = store.get("early")
    assert there is not None
    assert there.ticket == "A004"
    assert clock.now - there.arrived_at == timedelta(minutes=20)
    assert store.person(there).phone == "+8613812345678"
    assert store.get("second").status == "called"
    assert len({one.ticket for one in store.today()}) == 3
    assert store.days.figures(TODAY, TODAY)[0].arrivals == 5
    assert store.check_in(ZOE, id="early") == there


def test_who_came_before_their_ticket_did_so_too_by_the_clock_that_was_put_right(
    open_here: Open, clock: Any, uptime: Any
) -> None:
    store = open_here(uptime=uptime)
    uptime.passes(minutes=40)
    store.check_in(Arrival(), id="entered-late")
    store.amend("entered-late", "lin", arrived_at=clock.now - timedelta(minutes=30))
    uptime.passes(minutes=15)
    clock.move(hours=20)
    store = open_here(uptime=uptime, clock_is=right)
    store.check_in(Arrival(), id="third")
    there = store.get("entered-late")
    assert there is not None
    assert clock.now - there.arrived_at == timedelta(minutes=45)


def test_a_clinic_that_is_open_over_the_days_start_begins_anew_all_the_same(
    open_here: Open, clock: Any, uptime: Any
) -> None:
    store = open_here(uptime=uptime)
    store.check_in(Arrival())
    uptime.passes(hours=18.5)
    assert store.check_in(Arrival()).ticket == "A001"
    assert len(store.queue()) == 1


def test_closing_by_a_clock_that_leaps_leaves_no_false_time_behind(
    open_here: Open, clock: Any
) -> None:
    store = open_here(clock_is=right)
    store.check_in(Arrival())
    clock.move(days=4)
    open_here().check_in(Arrival())
    clock.move(days=-4, minutes=1)
    assert store.check_in(Arrival()).arrived_at == clock.now


@pytest.mark.parametrize(
    "now", [datetime(9999, 12, 31, 20, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC)]
)
def test_a_clock_at_the_end_of_time_is_no_fault(open_here: Open, clock: Any, now: datetime) -> None:
    open_here().check_in(Arrival())
    clock.now = now
    store = open_here(time_zone="UTC")
    try:
        store.queue()
        store.check_in(Arrival())
    except StoreUnavailable:
        pass


def test_a_clock_known_to_be_wrong_begins_no_day(open_here: Open, clock: Any) -> None:
    with pytest.raises(ClockWrong, match="cannot be"):
        open_here(clock_is=wrong).check_in(Arrival())
    assert open_here().check_in(Arrival()).ticket == "A001"
    assert open_here(clock_is=wrong).check_in(Arrival()).ticket == "A002"
