"""Calling one in particular to a room whose visit ends with that."""

from __future__ import annotations

import pytest

from db import Arrival, CheckInStore, IllegalTransition, StaleCheckIn, Status


def test_one_step_ends_the_visit_and_calls(store: CheckInStore) -> None:
    one, two, three = (store.check_in(Arrival()) for _ in range(3))
    store.begin(store.call(one.id, "1", "lin").id, "lin")
    before = len(store.events())
    called = store.complete_and_call(three.id, "1", "lin", three.revision)
    assert (called.ticket, called.room, called.calls) == (three.ticket, "1", 1)
    assert [c.status for c in store.today()] == [Status.done, Status.waiting, Status.called]
    assert [(e.kind, e.by) for e in store.events(before)] == [
        ("completed", "lin"),
        ("called", "lin"),
    ]
    with pytest.raises(StaleCheckIn):
        store.complete_and_call(two.id, "1", "lin", two.revision + 1)
    with pytest.raises(IllegalTransition):
        store.complete_and_call(one.id, "1", "lin")


@pytest.mark.parametrize("becomes", [Status.no_show, Status.waiting])
def test_who_never_came_in_is_settled_with_it(store: CheckInStore, becomes: Status) -> None:
    one, two = store.check_in(Arrival()), store.check_in(Arrival())
    absent = store.call(one.id, "1", "lin")
    settled = absent.id, becomes, absent.revision
    store.complete_and_call(two.id, "1", "lin", absent=settled)
    assert [c.status for c in store.today()] == [becomes, Status.called]
    with pytest.raises(ValueError, match=r"\.$"):
        store.complete_and_call(two.id, "1", "lin", absent=(two.id, Status.done, 1))
    with pytest.raises(IllegalTransition):
        store.complete_and_call(two.id, "1", "lin", absent=(one.id, Status.no_show, 3))
