"""What can happen on a day is a closed set; what a newer version writes stays readable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from db import Arrival, CheckInStore, EventKind, Expected, NothingToUndo, ReceptionState, Status
from db.core import StoreCore
from db.kinds import Undoing, undoing

Open = Callable[..., CheckInStore]


def everything(store: CheckInStore, clock: Any) -> None:
    """Do what can be done at a desk, once each."""
    one, other, third = (store.check_in(Arrival(name="Zoë", urgent=bool(n))) for n in range(3))
    store.call(one.id, "1", "lin")
    store.recall(one.id, "lin")
    store.set_room(one.id, "2", "lin")
    store.begin(one.id, "lin")
    store.park(one.id, "lin")
    store.return_to_queue(one.id, "lin")
    store.transfer(one.id, "cupping", "lin")
    store.set_priority(one.id, 2, "lin")
    store.amend(one.id, "lin", guardian=True)
    store.confirm(one.id, "lin", store.calendar.at(store.day, 23, 0))
    store.answer_urgent(other.id, "lin")
    store.leave(other.id, "lin")
    store.undo("lin")
    store.call(other.id, "1", "lin")
    store.no_show(other.id, "lin")
    store.merge(third.id, one.id, "lin")
    store.void(one.id, "lin", "tried out")
    store.days.erase(one.ticket, "lin")
    store.call_for_help("kiosk 1")
    store.acknowledge(store.help_calls()[0].id, "lin")
    store.set_reception_state(ReceptionState.full, "lin")
    clock.move(minutes=1)
    last = store.check_in(Arrival())
    store.call(last.id, "1", "lin")
    store.complete(last.id, "lin")
    store.reopen(last.id, "mei", "ended by mistake")
    store.set_break("1", clock.now, "lin")
    store.set_away("Wolf", away=True, by="lin")
    store.set_notice({"en": "Hello"}, clock.now, "lin")
    store.bring({"day.csv": [Expected(ref="1", due_at=clock.now)]}, "lin")


def test_every_kind_but_one_of_another_clock_happens_in_a_day_and_is_known(
    store: CheckInStore, clock: Any
) -> None:
    everything(store, clock)
    events = store.events()
    assert {event.kind for event in events} == {event.what.value for event in events}
    assert set(EventKind) - {event.what for event in events} == {
        EventKind.carried,
        EventKind.unknown,
    }


def test_on_disk_a_kind_is_its_word(store: CheckInStore, journal: Path) -> None:
    one = store.check_in(Arrival())
    store.call(one.id, "1", "lin")
    text = journal.read_text()
    assert '"kind":"checked_in"' in text
    assert '"kind":"called"' in text
    assert [type(event.kind) for event in store.events()] == [str, str]


def test_an_event_of_a_newer_version_is_read_and_is_a_step_like_others(
    store: CheckInStore, open_here: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = store.check_in(Arrival())
    new_event = StoreCore.new_event

    def newer(self: StoreCore, *args: Any, **more: Any) -> Any:
        return replace(new_event(self, *args, **more), kind="sent_upstairs")

    with monkeypatch.context() as patched:
        patched.setattr(StoreCore, "new_event", newer)
        store.park(one.id, "lin")
    other = open_here()
    event = other.events()[-1]
    assert (event.kind, event.what) == ("sent_upstairs", EventKind.unknown)
    assert event.at.date() == other.day
    assert other.today()[0].status is Status.parked
    assert other.undo("lin").status is Status.waiting


def test_nobody_takes_back_what_is_never_taken_back(store: CheckInStore) -> None:
    kinds = {becomes: {k for k in EventKind if undoing(k) is becomes} for becomes in Undoing}
    assert kinds[Undoing.ends] == {EventKind.merged, EventKind.absorbed}
    assert {EventKind.checked_in, EventKind.undone, EventKind.erased} <= kinds[Undoing.passed]
    one = store.check_in(Arrival(urgent=True), by="lin")
    store.answer_urgent(one.id, "lin")
    with pytest.raises(NothingToUndo):
        store.undo("lin")
