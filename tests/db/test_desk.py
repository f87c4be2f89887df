"""Help calls, the reception state, and who is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from db import CheckInStore, Reception, ReceptionState, StoreError


def test_help_is_listed_until_somebody_came(store: CheckInStore, clock: Any) -> None:
    event = store.call_for_help("kiosk 1")
    [call] = store.help_calls()
    assert (call.id, call.device, call.acknowledged_by) == (event.id, "kiosk 1", None)
    clock.move(hours=1)
    store.acknowledge(event.id, "lin")
    [answered] = store.help_calls()
    assert answered.acknowledged_by == "lin"
    clock.move(minutes=6)
    assert store.help_calls() == []


def test_the_first_to_answer_is_the_one(store: CheckInStore) -> None:
    event = store.call_for_help("kiosk 1")
    first = store.acknowledge(event.id, "lin")
    assert store.acknowledge(event.id, "mei") == first
    assert store.help_calls()[0].acknowledged_by == "lin"


def test_help_nobody_called_for_is_refused(store: CheckInStore) -> None:
    with pytest.raises(StoreError, match="no such call"):
        store.acknowledge("nothing", "lin")


def test_the_reception_state_is_shared_and_ends_with_the_day(
    store: CheckInStore, open_here: Callable[..., CheckInStore], clock: Any
) -> None:
    store.set_reception_state(ReceptionState.away, "lin", until="13:00")
    assert open_here().reception_state() == Reception(ReceptionState.away, "13:00")
    assert store.events()[-1].reason == "away"
    clock.move(days=1)
    store.mark_present("lin")
    assert store.reception_state() == Reception(ReceptionState.open)


def test_open_means_away_when_nobody_is_signed_in(
    store: CheckInStore, open_here: Callable[..., CheckInStore], clock: Any
) -> None:
    lobby = open_here(device="lobby")
    assert lobby.reception_state().state is ReceptionState.away
    store.mark_present("lin")
    assert lobby.present() == ["lin"]
    assert lobby.reception_state().state is ReceptionState.open
    clock.move(minutes=9)
    store.mark_present("lin")
    clock.move(minutes=9)
    assert lobby.present() == ["lin"]
    clock.move(minutes=2)
    assert lobby.present() == []
    assert lobby.reception_state().state is ReceptionState.away


def test_open_means_away_while_everybody_who_is_there_is_in_a_room(
    store: CheckInStore, open_here: Callable[..., CheckInStore]
) -> None:
    desk, room = open_here(device="desk 2"), open_here(device="room 2")
    room.mark_present("mei", "2")
    assert store.reception_state().state is ReceptionState.away
    assert store.moment().reception_state().state is ReceptionState.away
    store.set_reception_state(ReceptionState.open, "mei")
    assert store.reception_state().state is ReceptionState.away, "whoever says so is in a room"
    desk.mark_present("lin")
    assert store.reception_state().state is ReceptionState.open
    assert store.moment().reception_state().state is ReceptionState.open
    assert store.moment().at_desk == ["lin"]


def test_leaving_the_desk_is_seen_at_once(store: CheckInStore) -> None:
    store.mark_present("lin")
    store.leave_desk("mei")
    assert store.present() == ["lin"]
    store.leave_desk("lin")
    assert store.present() == []


def test_full_stays_full_with_nobody_there(store: CheckInStore) -> None:
    store.set_reception_state(ReceptionState.full, "lin")
    assert store.reception_state().state is ReceptionState.full


def test_terminals_that_were_killed_are_swept_up_a_day_later(
    store: CheckInStore, open_here: Callable[..., CheckInStore], clock: Any
) -> None:
    store.mark_present("lin")
    clock.move(days=2)
    open_here(device="lobby").mark_present("mei")
    assert len(list((store.folder / "present").iterdir())) == 1


def test_a_state_that_staff_set_wins_over_what_stands_where_none_is(store: CheckInStore) -> None:
    closed = Reception(ReceptionState.closed, "08:30")
    assert store.reception_state(closed) == closed
    store.mark_present("lin")
    assert store.reception_state(closed) == closed
    store.set_reception_state(ReceptionState.open, "lin")
    assert store.reception_state(closed).state is ReceptionState.open


def test_what_staff_set_can_be_taken_back(store: CheckInStore) -> None:
    closed = Reception(ReceptionState.closed, "08:30")
    store.set_reception_state(ReceptionState.full, "lin")
    assert store.reception_said() == Reception(ReceptionState.full)
    store.set_reception_state(None, "lin")
    assert store.reception_said() is None
    assert store.reception_state(closed) == closed
    assert [event.by for event in store.events()] == ["lin", "lin"]


def test_who_is_present_may_be_in_a_room(open_here: Callable[..., CheckInStore]) -> None:
    store, lobby = open_here(), open_here(device="lobby")
    store.mark_present("lin")
    assert lobby.occupied() == {"": ["lin"]}
    store.mark_present("lin", "2")
    assert lobby.occupied() == {"2": ["lin"]}
    assert lobby.present() == ["lin"]
    store.leave_desk("lin")
    assert lobby.occupied() == {}
