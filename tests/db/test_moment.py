"""How today stands, as one value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, CheckInStore, Reception, ReceptionState
from db.journal import Journal

LATER = Reception(ReceptionState.full, "11:00")


def a_morning(store: CheckInStore) -> None:
    """Let three come, one of them urgent and one called; help is asked for at the lobby."""
    for arrival in (Arrival(name="王小明"), Arrival(urgent=True), Arrival(service="cupping")):
        store.check_in(arrival)
    store.call_next("1", "lin")
    store.call_for_help("kiosk 1")
    store.set_reception_state(ReceptionState.full, "lin", "11:00")
    store.mark_present("lin", "1")
    store.mark_present("lin", "1")


def test_a_moment_says_what_the_store_says(store: CheckInStore) -> None:
    a_morning(store)
    moment = store.moment()
    assert moment.day == date(2026, 11, 23)
    assert list(moment.check_ins) == store.today()
    assert moment.queue == store.queue()
    assert [one.ticket for one in moment.queue] == ["A002", "A001", "A003"]
    assert list(moment.events) == store.events()
    assert moment.reception == store.reception_said() == LATER
    assert moment.reception_state() == store.reception_state() == LATER
    assert list(moment.help_calls) == store.help_calls()
    assert moment.occupied == store.occupied() == {"1": ["lin"]}
    assert moment.present == store.present() == ["lin"]


def test_a_moment_of_a_day_that_has_not_begun_is_empty(store: CheckInStore) -> None:
    moment = store.moment()
    assert (moment.check_ins, moment.queue, moment.events, moment.present) == ((), [], (), [])
    assert moment.reception is None
    assert moment.reception_state().state is ReceptionState.away, "nobody is there"
    assert moment.reception_state(LATER) == LATER


def test_a_moment_holds_no_name(store: CheckInStore) -> None:
    a_morning(store)
    assert "王" not in repr(store.moment())


CHANGES: list[Callable[[CheckInStore], object]] = [
    lambda store: store.check_in(Arrival()),
    lambda store: store.call_next("2", "lin"),
    lambda store: store.amend(store.today()[0].id, "lin", name="王大明"),
    lambda store: store.call_for_help("kiosk 1"),
    lambda store: store.set_reception_state(None, "lin"),
    lambda store: store.leave_desk("lin"),
    lambda store: store.mark_present("lin", "2"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_makes_another_moment(
    store: CheckInStore, change: Callable[[CheckInStore], object]
) -> None:
    a_morning(store)
    before, again = store.moment(), store.moment()
    assert before == again
    assert before.revision == again.revision
    change(store)
    assert store.moment() != before
    assert store.moment().revision != before.revision


def test_a_call_for_help_is_no_longer_told_some_minutes_after_its_answer(
    store: CheckInStore, clock: Any
) -> None:
    a_morning(store)
    store.acknowledge(store.help_calls()[0].id, "lin")
    answered = store.moment()
    assert [call.acknowledged_by for call in answered.help_calls] == ["lin"]
    clock.move(minutes=6)
    assert store.moment().help_calls == ()
    assert store.moment().revision != answered.revision


def test_a_moment_is_one_look_at_the_file(
    store: CheckInStore, monkeypatch: pytest.MonkeyPatch, journal: Path
) -> None:
    a_morning(store)
    looks: list[Journal] = []
    refresh = Journal.refresh

    def counted(self: Journal, *, repair: bool = False) -> None:
        looks.append(self)
        refresh(self, repair=repair)

    monkeypatch.setattr(Journal, "refresh", counted)
    store.moment()
    assert len(looks) == 1
