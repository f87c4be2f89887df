"""The expected wait: the rule on its own, and what the store makes of its figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from past_days import MINUTE, NOW, past, past_day, someone, stay

from db import (
    Arrival,
    CheckInStore,
    Span,
    Stay,
    Times,
)
from db.queue import by_arrival
from kiosk.queue.wait.expected import ExpectedWaits
from kiosk.queue.wait.history import ENOUGH_DAYS, ENOUGH_VISITS, History, history_of
from kiosk.queue.wait.wait import Wait, expected_wait

SHANGHAI = ZoneInfo("Asia/Shanghai")
Open = Callable[..., CheckInStore]


def wait(
    ahead: int = 0,
    *,
    stays: Sequence[Stay] = (),
    rooms: Mapping[str, Sequence[str]] | None = None,
    history: History | None = None,
    ago: float = 10,
    minute: float = MINUTE,
    mine_ago: float = 0,
    paused: Mapping[str, float] | None = None,
    **me: Any,
) -> Wait | None:
    """The wait of somebody who has just come, behind `ahead` people."""
    queue = [someone(n + 1, ago) for n in range(ahead)]
    mine = someone(99, mine_ago, **me)
    return expected_wait(
        mine,
        sorted([*queue, mine], key=by_arrival),
        stays,
        rooms or {"1": ()},
        history or past(),
        NOW,
        minute,
        paused or {},
    )


def told(estimate: Wait | None) -> Wait:
    assert estimate is not None
    return estimate


BUSY = [stay(90, "1", ago=2)]


def test_too_little_history_means_no_number() -> None:
    enough = [past_day(n + 1) for n in range(ENOUGH_DAYS)]
    assert history_of(enough) is not None
    assert history_of(enough[1:]) is None
    few = ENOUGH_VISITS // ENOUGH_DAYS - 1
    assert history_of([past_day(n + 1, people=few) for n in range(ENOUGH_DAYS)]) is None


def test_a_break_that_was_said_is_waited_for_and_no_longer() -> None:
    now = told(wait(stays=[stay(90, "1", 40, 20)]))
    later = told(wait(stays=[stay(90, "1", 40, 20)], paused={"1": 30.0}))
    assert 30 <= later.low < later.high, "nobody calls in the minute in which the break is over"
    assert later.high < 30 + now.high + 15
    busy = told(wait(stays=BUSY, paused={"1": 240.0}))
    assert 240 <= busy.low <= busy.high < 300
    both = {"1": (), "2": ()}
    elsewhere = [*BUSY, stay(91, "2", ago=2)]
    one_left = told(wait(stays=elsewhere, rooms=both, paused={"1": 240.0}))
    assert told(wait(stays=elsewhere, rooms=both)).middle < one_left.middle < 60


def test_a_room_that_says_when_it_is_back_is_not_given_up() -> None:
    silent = [stay(90, "1", 150, 20)]
    assert wait(stays=silent, mine_ago=120) is None
    assert told(wait(stays=silent, mine_ago=120, paused={"1": 10.0})).low >= 10


def test_a_free_room_and_nobody_ahead_is_a_matter_of_minutes() -> None:
    assert told(wait(stays=[stay(90, "1", ago=30, took=20)])).high < 5


def test_each_person_ahead_takes_about_a_visit() -> None:
    three, six = (told(wait(n, stays=BUSY)) for n in (3, 6))
    assert 70 < three.middle < 95  # four visits of 20 minutes, the first of them begun
    assert 50 < six.middle - three.middle < 75
    assert three.low < three.middle < three.high


def test_two_rooms_are_about_twice_as_quick() -> None:
    one = told(wait(6, stays=BUSY))
    two = told(wait(6, stays=[*BUSY, stay(91, "2", ago=2)], rooms={"1": (), "2": ()}))
    assert 0.4 < two.middle / one.middle < 0.65


def test_only_rooms_that_offer_what_somebody_came_for_count() -> None:
    rooms = {"1": ("cupping",), "2": ("acupuncture",)}
    stays = [*BUSY, stay(91, "2", ago=10, took=5)]
    assert told(wait(3, stays=stays, rooms=rooms)).middle > 60
    assert told(wait(3, stays=stays, rooms=rooms, service="acupuncture")).high < 5
    assert wait(3, stays=stays, rooms=rooms, service="physiotherapy") is None
    assert told(wait(3, stays=stays, rooms=rooms, service="physiotherapy", urgent=True)).high < 5


def test_urgent_and_priority_are_called_before_those_who_came_earlier() -> None:
    usual, urgent, priority = (
        told(wait(6, stays=BUSY, **me)) for me in ({}, {"urgent": True}, {"priority": 1})
    )
    assert urgent == priority
    assert urgent.high < usual.low


def test_those_who_may_still_be_called_out_of_turn_lengthen_the_range() -> None:
    calm, not_calm = past(), past(out_of_turn=15)
    assert told(wait(6, stays=BUSY, history=calm)).middle < 150
    assert told(wait(6, stays=BUSY, history=not_calm)).middle > 160


def test_where_staff_often_give_priority_the_range_says_so() -> None:
    often = past(preferred=8)
    assert told(wait(6, stays=BUSY, history=often)).low < 40
    later = told(wait(6, stays=BUSY, history=often, ago=20, mine_ago=10))
    assert later.low > 90  # nobody is given priority so late


def test_people_who_do_not_come_take_no_visit() -> None:
    assert told(wait(6, stays=BUSY, history=past(missed=Times(10, 3.0, 0.3)))).middle < 100
    left = past(gave_up=10)
    assert told(wait(6, stays=BUSY, history=left)).middle < 100


def test_a_room_that_is_slow_today_lengthens_the_wait() -> None:
    slow = [stay(n, "1", ago=300 - 40 * n, took=36) for n in range(7)]
    unlike = history_of(
        [past_day(n + 1, mean=mean) for n, mean in enumerate((14, 26, 20, 13, 27, 15, 25))]
    )
    plain = told(wait(4, stays=BUSY, history=unlike))
    assert told(wait(4, stays=[*slow, *BUSY], history=unlike)).middle > 1.3 * plain.middle


def test_a_long_visit_may_soon_be_over_and_a_forgotten_one_does_not_last_for_ever() -> None:
    fresh, long, forgotten = (
        told(wait(stays=[stay(90, "1", ago=ago)])).middle for ago in (1, 20, 600)
    )
    assert long < fresh
    assert forgotten < fresh


def test_a_room_goes_on_after_its_break_when_it_usually_does() -> None:
    lunch = past(worked=(Span(480, 720), Span(780, 1200)))
    stays = [stay(90, "1", ago=40, took=20)]
    waiting = told(wait(1, ago=19, stays=stays, history=lunch, minute=725))
    assert waiting.low > 45
    assert waiting.high < 130
    soon = told(wait(0, history=past(worked=(Span(615, 1200),))))
    assert 5 < soon.middle < 25


def test_when_the_rooms_close_first_there_is_no_number() -> None:
    closing = past(worked=(Span(480, 690),))
    assert told(wait(1, stays=BUSY, history=closing)).high < 80
    assert wait(8, stays=BUSY, history=closing) is None
    assert wait(0, history=past(worked=(Span(480, 570),))) is None


def test_a_room_that_lets_people_wait_is_not_working() -> None:
    assert wait(3, ago=60, stays=[stay(90, "1", ago=90, took=20)]) is None


def test_the_same_question_has_the_same_answer() -> None:
    assert wait(5, stays=BUSY) == wait(5, stays=BUSY)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(21.3, 33.1, (20, 35)), (0.2, 1.4, (0, 5)), (10.0, 15.0, (10, 15)), (10.0, 10.0, (10, 15))],
)
def test_a_range_is_rounded_outward(low: float, high: float, shown: tuple[int, int]) -> None:
    assert Wait(low, (low + high) / 2, high).shown == shown


def live(store: CheckInStore, clock: Any, days: int) -> None:
    """Let eight people a day come and be seen for 15 minutes each."""
    for _ in range(days):
        for _ in range(8):
            store.check_in(Arrival(service="cupping"))
        while called := store.call_next("1", "lin"):
            clock.move(minutes=15)
            store.complete(called.id, "lin")
        clock.move(days=1, minutes=-8 * 15)


def waits_of(store: CheckInStore, clock: Any) -> ExpectedWaits:
    return ExpectedWaits(store, {"1": ()}, lambda: clock().astimezone(SHANGHAI))


def test_the_store_tells_once_enough_days_are_on_disk(
    store: CheckInStore, clock: Any, journal: Path
) -> None:
    live(store, clock, ENOUGH_DAYS)
    waits = waits_of(store, clock)
    first, second = (store.check_in(Arrival(service="cupping")) for _ in range(2))
    assert waits.of(second) is not None
    assert store.call_next("1", "lin") == store.get(first.id)
    assert waits.of(first) is None  # called already
    told_now = told(waits.of(second))
    assert 10 < told_now.middle < 20
    clock.move(minutes=5)
    assert told(waits.of(second)).middle < told_now.middle


def test_the_store_s_wait_knows_of_breaks(store: CheckInStore, clock: Any) -> None:
    live(store, clock, ENOUGH_DAYS)
    waits = waits_of(store, clock)
    one = store.check_in(Arrival(service="cupping"))
    before = told(waits.of(one))
    store.set_break("1", clock.now + timedelta(minutes=45), "lin")
    assert told(waits.of(one)).low >= 45 > before.middle
    store.set_break("1", None, "lin")
    assert waits.of(one) == before


def test_the_store_s_wait_knows_of_its_order(open_here: Open, clock: Any) -> None:
    store = open_here(order="appointment")
    live(store, clock, ENOUGH_DAYS)
    waits = waits_of(store, clock)
    _inside, walk_in, booked = (store.check_in(Arrival(service="cupping")) for _ in range(3))
    store.call_next("1", "lin")
    first, second = told(waits.of(walk_in)), told(waits.of(booked))
    store.confirm(booked.id, "mei", clock.now + timedelta(minutes=3))
    assert told(waits.of(booked)).middle < first.middle + 5
    assert told(waits.of(walk_in)).middle > second.middle - 5


def test_the_wait_outlives_the_journals_and_a_broken_file_is_passed_over(
    store: CheckInStore, open_here: Open, clock: Any, journal: Path
) -> None:
    live(store, clock, ENOUGH_DAYS + 1)
    clock.move(days=40)
    check_in = store.check_in(Arrival(service="cupping"))
    store.days.purge()
    assert not journal.exists()
    assert waits_of(store, clock).of(check_in) is not None
    for broken in (b"{", b"[]", b""):
        (journal.parent / "figures" / "2026-11-23.json").write_bytes(broken)
        assert waits_of(open_here(), clock).of(check_in) is not None
    (journal.parent / "figures" / "2026-11-24.json").unlink()
    assert waits_of(open_here(), clock).of(check_in) is None


def test_a_store_that_cannot_be_read_tells_nothing(
    store: CheckInStore, clock: Any, journal: Path
) -> None:
    check_in = store.check_in(Arrival())
    journal.write_bytes(b"x" * 99 + b"\n" + b"y\n")
    store.close()
    assert waits_of(store, clock).of(check_in) is None


def test_figures_from_before_there_were_visits_are_still_read(
    store: CheckInStore, clock: Any, journal: Path
) -> None:
    store.check_in(Arrival())
    clock.move(days=1)
    store.check_in(Arrival())
    old = {
        "day": "2026-11-20",
        "arrivals": 9,
        "by_hour": [{"start": 9, "end": 10, "people": 9}],
        "waits": [],
        "by_service": {"cupping": {"arrivals": 9, "waits": [], "in_service": []}},
    }
    (journal.parent / "figures" / "2026-11-20.json").write_text(json.dumps(old))
    found = store.days.figures(date(2026, 11, 20), date(2026, 11, 20))
    assert [(day.arrivals, day.missed, day.rooms) for day in found] == [(9, None, {})]
    assert history_of(found) is None
