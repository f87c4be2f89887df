"""Who was in which room: told from the events, without what was undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from db import Arrival, CheckInStore, Status
from db.counting.figures import Times
from db.counting.stays import Stay, gaps_of, shifts_of, stays_of


def stays(store: CheckInStore) -> list[Stay]:
    return stays_of(store.today(), store.events())


def test_a_stay_lasts_from_the_call_to_whatever_ends_it(store: CheckInStore, clock: Any) -> None:
    first, second, third = (store.check_in(Arrival(service="cupping")).id for _ in range(3))
    store.call(first, "1", "lin")
    clock.move(minutes=1)
    store.recall(first, "lin")
    store.begin(first, "lin")
    store.set_room(first, "2", "lin")
    clock.move(minutes=9)
    store.complete(first, "lin")
    store.call(second, "1", "lin")
    clock.move(minutes=4)
    store.no_show(second, "lin")
    store.call(third, "1", "lin")
    found = [(one.room, one.outcome, one.ended and one.minutes) for one in stays(store)]
    assert found == [("2", Status.done, 10), ("1", Status.no_show, 4), ("1", None, None)]


def test_what_was_undone_never_happened(store: CheckInStore, clock: Any) -> None:
    one = store.check_in(Arrival())
    store.call(one.id, "1", "lin")
    store.undo("lin")
    assert stays(store) == []
    store.call(one.id, "1", "lin")
    clock.move(minutes=3)
    store.complete(one.id, "lin")
    store.undo("lin")
    clock.move(minutes=2)
    store.complete(one.id, "lin")
    assert [stay.minutes for stay in stays(store)] == [5]


def test_of_one_still_there_when_the_day_is_closed_nobody_knows_the_end(
    store: CheckInStore, clock: Any
) -> None:
    one = store.check_in(Arrival())
    store.call(one.id, "1", "lin")
    store.begin(one.id, "lin")
    store.days.close()
    assert [(stay.ended, stay.outcome) for stay in stays(store)] == [(None, Status.done)]


def test_a_room_that_let_people_wait_had_a_break_and_one_without_them_may_have_been_open(
    store: CheckInStore, clock: Any
) -> None:
    people = [store.check_in(Arrival()).id for _ in range(3)]
    starts = []
    for one, pause in zip(people, (0, 2, 60), strict=True):
        clock.move(minutes=pause)
        starts.append(clock.now)
        store.call(one, "1", "lin")
        clock.move(minutes=10)
        store.complete(one, "lin")
    found = stays(store)
    gaps = gaps_of(found, store.today())
    assert [(gap.minutes, gap.is_break) for gap in gaps] == [(2, False), (60, True)]
    shifts = shifts_of("1", found, gaps, store.today())
    assert [shift.start for shift in shifts] == [starts[0], starts[2]]
    assert [shift.may_go_on for shift in shifts] == [False, True]
    store.check_in(Arrival())
    store.call_next("1", "lin")
    store.check_in(Arrival())
    clock.move(minutes=10)
    store.complete(store.today()[3].id, "lin")
    clock.move(minutes=60)
    store.leave(store.today()[4].id, "lin")
    found = stays(store)
    shifts = shifts_of("1", found, gaps_of(found, store.today()), store.today())
    assert not shifts[-1].may_go_on


def test_figures_tell_how_long_rooms_and_calls_took(store: CheckInStore, clock: Any) -> None:
    for n in range(12):
        store.check_in(Arrival(service="cupping", urgent=n < 5))
    for n in range(12):
        called = store.call_next("1", "lin")
        assert called
        clock.move(minutes=3 if n % 2 else 20)
        (store.no_show if n % 2 else store.complete)(called.id, "lin")
    figures = store.days.close()
    assert figures.by_service["cupping"].visits == Times(6, 20.0, 0.0)
    assert figures.missed == Times(6, 3.0, 0.0)
    assert (figures.out_of_turn, figures.preferred, figures.gave_up) == (5, None, None)
    room = figures.rooms["1"]
    assert (room.people, room.pace) == (6, 1.0)
    assert [(span.start, span.end) for span in room.worked] == [(600, 735)]


def test_a_room_waits_for_nobody_whose_appointment_is_later(
    store: CheckInStore, clock: Any
) -> None:
    first, on_time, early, late = (store.check_in(Arrival()).id for _ in range(4))
    store.confirm(on_time, "mei", clock.now + timedelta(minutes=60))
    store.confirm(early, "mei", clock.now + timedelta(minutes=180))
    for one, pause in ((first, 0), (on_time, 52), (early, 30)):
        clock.move(minutes=pause)
        store.call(one, "1", "lin")
        clock.move(minutes=10)
        store.complete(one, "lin")
    found = stays(store)
    gaps = gaps_of(found, store.today())
    assert [(gap.minutes, gap.was_idle, gap.is_break) for gap in gaps] == [(2, True, False)]
    assert not shifts_of("1", found, gaps, store.today())[-1].may_go_on
    store.confirm(late, "mei", clock.now + timedelta(minutes=40))
    assert shifts_of("1", found, gaps, store.today())[-1].may_go_on


def test_the_waits_of_a_day_begin_with_the_appointment(store: CheckInStore, clock: Any) -> None:
    people = [store.check_in(Arrival(service="cupping")).id for _ in range(5)]
    for one in people:
        store.confirm(one, "mei", clock.now + timedelta(minutes=60))
    clock.move(minutes=63)
    for one in people:
        store.call(one, "1", "lin")
        store.complete(one, "lin")
    figures = store.days.close()
    assert figures.waited == Times(5, 3.0, 0.0)
    assert [(cell.start, cell.people) for cell in figures.waits] == [(0, 5)]
    assert (figures.booked, figures.said_booked) == (Times(5, 60.0, 0.0), 5)
