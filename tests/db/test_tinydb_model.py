"""Anything at all is written through TinyDB: what is accepted leaves a day that goes on."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb.table import Document

from db import Arrival, CheckIn, CheckInStore, InvalidDocument, open_store
from db.day import Marks

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([2**40, 2**70, 0.5, 1.0, float("nan"), float("inf")]),
    st.sampled_from(["", "x", "A001", "A002", "B001", "AB120", "1", "downtown", "self", "child"]),
    st.sampled_from(["waiting", "called", "in_service", "parked", "done", "no_show", "left"]),
    st.sampled_from(["2026-11-23", "2026-11-24", "2026-11-23T02:00:00", "0001-01-01T00:00:00Z"]),
    st.sampled_from(["2026-11-23T02:30:00Z", "2026-11-22T23:00:00-08:00", "9999-12-31T23:59:59Z"]),
    st.text(max_size=3),
    st.lists(st.none(), max_size=1),
)
FIELDS = st.sampled_from([*CheckIn.__struct_fields__, *Marks.__struct_fields__, "note"])
CHANGES = st.dictionaries(FIELDS, VALUES, max_size=2)
NUMBERS = st.integers(1, 6)


@pytest.mark.filterwarnings("default")
class AnythingThroughTinyDB(RuleBasedStateMachine):
    """Whatever of it is accepted, the clinic's day goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        self.store = self.open()
        self.tickets = {self.store.check_in(Arrival(name="Zoë", phone="13812345678")).ticket}
        self.tickets.add(self.store.check_in(Arrival(service="cupping", urgent=True)).ticket)
        self.database = self.store.database()
        self.table = self.database.table("checkins")
        self.whole = {n: dict(self.table.get(doc_id=n) or {}) for n in (1, 2)}

    def open(self) -> CheckInStore:
        return open_store(
            self.folder / "data",
            "downtown",
            keys_dir=self.folder / "keys",
            time_zone="America/New_York",
            phone_region="CN",
            clock=lambda: self.now,
        )

    def teardown(self) -> None:
        self.the_next_morning()
        self.database.close()
        self.store.close()
        shutil.rmtree(self.folder)

    def attempt(self, act: Callable[..., object], *args: Any, **more: Any) -> None:
        before = self.store.today(), self.table.all()
        try:
            act(*args, **more)
        except InvalidDocument:
            assert (self.store.today(), self.table.all()) == before
        except ValueError as refused:
            if "already exists" not in str(refused):
                raise

    @rule(number=NUMBERS, of=st.sampled_from([1, 2]), changes=CHANGES, true=st.booleans())
    def a_document_is_put(self, number: int, of: int, changes: Any, true: bool) -> None:
        own = {"number": number, "id": f"x{number}", "ticket": f"A{number + 10:03d}"}
        document = self.whole[of] | (own if true else {}) | changes
        act = self.table.upsert if true else self.table.insert
        self.attempt(act, Document(document, doc_id=number))

    @rule(document=st.dictionaries(FIELDS, VALUES, max_size=3))
    def something_is_inserted(self, document: Any) -> None:
        self.attempt(self.table.insert_multiple, [document, {"not": "a check-in"}])

    @rule(number=NUMBERS, changes=CHANGES)
    def one_is_changed(self, number: int, changes: Any) -> None:
        self.attempt(self.table.update, changes, doc_ids=[number])

    @rule(changes=CHANGES)
    def all_are_changed(self, changes: Any) -> None:
        self.attempt(self.table.update, changes)

    @rule(number=NUMBERS, gone=FIELDS)
    def a_field_is_taken_away(self, number: int, gone: str) -> None:
        self.attempt(self.table.update, lambda one: one.pop(gone, None), doc_ids=[number])

    @rule(number=NUMBERS)
    def one_is_removed(self, number: int) -> None:
        self.table.remove(doc_ids=[number])

    @rule(number=NUMBERS, changes=CHANGES, key=st.sampled_from(["1", "2", "7", "0", "x", "01"]))
    def whole_tables_are_written(self, number: int, changes: Any, key: str) -> None:
        data = self.database.storage.read() or {}
        rows = data["checkins"]
        rows[key] = rows.get(str(number), {}) | changes
        self.attempt(self.database.storage.write, data)

    @rule(minutes=st.integers(0, 20))
    def somebody_comes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        one = self.store.check_in(Arrival(name="Zoë", service="cupping"))
        assert one.ticket not in self.tickets
        self.tickets.add(one.ticket)

    @rule(room=st.sampled_from(["1", "2"]))
    def somebody_is_called(self, room: str) -> None:
        called = self.store.complete_and_call_next(room, "lin")
        if called is not None:
            self.store.recall(called.id, "lin")
            self.store.begin(called.id, "lin")

    @rule()
    def staff_correct_somebody(self) -> None:
        for one in self.store.queue()[:1]:
            self.store.amend(one.id, "lin", service="tuina")
            self.store.park(one.id, "lin")
            self.store.return_to_queue(one.id, "lin")

    @invariant()
    def the_day_goes_on(self) -> None:
        today, queue = self.store.today(), self.store.queue()
        self.tickets |= {one.ticket for one in today}
        for given in ([one.ticket for one in today], [one.id for one in today]):
            assert len(given) == len(set(given))
        for one in today:
            assert self.store.get(one.id) == one
            assert self.store.find_ticket(one.ticket) == one
            self.store.ahead(one)
        again = self.open()
        assert (again.today(), again.queue()) == (today, queue)
        again.close()

    def the_next_morning(self) -> None:
        first = date(2026, 11, 22)
        self.now += timedelta(days=1)
        assert self.store.check_in(Arrival()).ticket == "A001"
        [day] = [
            found for found in self.store.days.on_disk() if found <= first + timedelta(days=1)
        ][:1]
        assert self.store.days.verify(day).is_closed
        assert self.store.days.verify(day).damaged_line is None
        assert [figures.day for figures in self.store.days.figures(day, day)] == [day]
        rows = list(self.store.days.export(day, day, names=True))
        assert {row["status"] for row in rows} <= {"done", "left", "no_show", "void"}
        json.dumps(rows)


def so_many(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=15,
        deadline=None,
        derandomize=True,
        database=None,
    )


class TestAnythingThroughTinyDB(AnythingThroughTinyDB.TestCase):
    settings = so_many(20)


@pytest.mark.wide
class TestMoreThroughTinyDB(AnythingThroughTinyDB.TestCase):
    settings = so_many(60)
