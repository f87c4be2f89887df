"""What staff say of today: breaks of rooms, who is away, and a line for everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from db import Arrival, CheckInStore, InvalidArrival, InvalidDocument, NothingToUndo

Open = Callable[..., CheckInStore]


def test_a_room_has_a_break_until_a_time_or_until_it_is_said_to_be_over(
    store: CheckInStore, clock: Any, open_here: Open
) -> None:
    until = clock.now + timedelta(minutes=30)
    assert store.set_break("2", until, "mei") is None
    assert store.set_break("3", until, "lin") is None
    later = until + timedelta(minutes=5)
    before = store.set_break("2", later, "lin")
    assert before is not None
    assert (before.room, before.until, before.by) == ("2", until, "mei")
    moment = open_here().moment()
    assert moment.paused(clock.now) == {"2": later, "3": until}
    assert moment.paused(until) == {"2": later}
    store.set_break("2", None, "mei")
    assert store.moment().paused(clock.now) == {"3": until}
    assert [(event.kind, event.by, event.reason) for event in store.events()] == [
        ("paused", "mei", "2"),
        ("paused", "lin", "3"),
        ("paused", "lin", "2"),
        ("paused", "mei", "2"),
    ]


def test_ending_no_break_says_so_and_hurts_nothing(store: CheckInStore, clock: Any) -> None:
    assert store.set_break("2", None, "mei") is None
    assert store.moment().paused(clock.now) == {}


def test_a_practitioner_is_away_today_and_not_tomorrow(store: CheckInStore, clock: Any) -> None:
    assert not store.set_away("Matthew Stevens", away=True, by="lin")
    assert store.set_away("Matthew Stevens", away=True, by="mei"), "said twice"
    store.set_away("Wolf", away=True, by="mei")
    assert store.moment().away == ("Matthew Stevens", "Wolf")
    assert store.set_away("Wolf", away=False, by="lin")
    assert store.moment().away == ("Matthew Stevens",)
    clock.move(days=1)
    store.check_in(Arrival())
    assert store.moment().away == ()


def test_a_line_for_everybody_stands_until_its_time(
    store: CheckInStore, clock: Any, open_here: Open
) -> None:
    until = clock.now + timedelta(hours=1)
    words = {"en": "The lift is out of order.", "zh-Hans": "电梯暂停使用。"}
    assert store.set_notice(words, until, "lin") is None
    moment = open_here().moment()
    seen = moment.notice_at(clock.now)
    assert seen is not None
    assert (dict(seen.words), seen.by) == (words, "lin")
    assert moment.notice_at(until) is None
    assert store.set_notice({}, None, "lin") == seen
    assert store.moment().notice_at(clock.now) is None


@pytest.mark.parametrize("words", [{"en": "a\x1b[31m"}, {"en": "x" * 81}, {"en": " "}, {}])
def test_a_line_that_cannot_be_shown_is_refused(
    store: CheckInStore, clock: Any, words: dict[str, str]
) -> None:
    with pytest.raises(InvalidArrival):
        store.set_notice(words, clock.now + timedelta(hours=1), "lin")
    assert store.events() == []


def test_none_of_it_is_a_step_of_a_check_in(store: CheckInStore, clock: Any) -> None:
    until = clock.now + timedelta(hours=1)
    store.set_break("2", until, "lin")
    store.set_away("Wolf", away=True, by="lin")
    store.set_notice({"en": "Hello"}, until, "lin")
    with pytest.raises(NothingToUndo):
        store.undo("lin")


def test_through_tinydb_only_what_would_read_back_is_written(
    store: CheckInStore, clock: Any
) -> None:
    until = clock.now + timedelta(hours=1)
    store.set_break("2", until, "lin")
    with store.database() as database:
        table = database.table("breaks")
        assert [row["room"] for row in table.all()] == ["2"]
        for wrong in ({"room": "3"}, {"room": "3", "until": "2020-01-01T00:00:00Z", "by": "x"}):
            with pytest.raises(InvalidDocument):
                table.insert(wrong)
        with pytest.raises(InvalidDocument):
            database.table("away").insert({"practitioner": 3, "by": "lin"})
        with pytest.raises(InvalidDocument):
            database.table("notices").insert({"words": "Hello", "until": "now", "by": "lin"})
    assert store.moment().paused(clock.now) == {"2": until}
