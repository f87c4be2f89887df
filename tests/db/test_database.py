"""TinyDB over the journal behaves as TinyDB, in several terminals at once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.operations import increment
from tinydb.table import Document

from db import Arrival, CheckInStore, StoreError, StoreUnavailable

Open = Callable[..., CheckInStore]


@pytest.fixture(params=["stock", "journal"])
def database(
    request: pytest.FixtureRequest, store: CheckInStore, tmp_path: Path
) -> Iterator[TinyDB]:
    """Every test on this runs over TinyDB's own storage as well: it says what TinyDB does."""
    stock = request.param == "stock"
    with TinyDB(tmp_path / "stock.json") if stock else store.database() as opened:
        yield opened


def test_documents_come_and_go(database: TinyDB) -> None:
    table = database.table("notes")
    assert table.insert({"a": 1}) == 1
    assert table.insert_multiple([{"a": 2}, {"a": 2, "b": [1, {"c": None}]}]) == [2, 3]
    assert table.update({"seen": True}, where("a") == 2) == [2, 3]
    assert table.update(increment("a"), doc_ids=[1, 9]) == [1]
    assert table.update_multiple([({"x": 1}, where("b").exists())]) == [3]
    assert table.upsert({"a": 7, "y": 1}, where("a") == 7) == [4]
    assert table.upsert(Document({"y": 2}, doc_id=4)) == [4]
    assert table.remove(where("x") == 1) == [3]
    assert table.remove(doc_ids=[1]) == [1]
    assert table.all() == [{"a": 2, "seen": True}, {"a": 7, "y": 2}]
    assert [document.doc_id for document in table] == [2, 4]
    assert table.search(where("a") > 2) == [{"a": 7, "y": 2}]
    assert table.count(where("a") > 0) == len(table) == 2
    assert table.contains(doc_id=2)
    assert table.get(where("a") == 99) is None
    assert table.insert({}) == 5
    table.truncate()
    assert table.all() == []
    assert table.insert({}) == 1


def test_tables_come_and_go(database: TinyDB) -> None:
    database.insert({"in": "default"})
    database.table("notes").insert({})
    database.table("empty", persist_empty=True)
    assert database.tables() == {"_default", "notes", "empty"}
    database.drop_table("notes")
    assert database.tables() == {"_default", "empty"}
    database.drop_tables()
    assert database.tables() == set()
    assert len(database) == 0


def test_what_is_read_is_a_copy(database: TinyDB) -> None:
    table = database.table("notes")
    table.insert({"list": [1]})
    table.all()[0]["list"].append(2)
    assert table.all() == [{"list": [1]}]


def test_a_doc_id_is_not_given_twice(database: TinyDB) -> None:
    table = database.table("notes")
    table.insert(Document({}, doc_id=5))
    with pytest.raises(ValueError, match="5 already exists"):
        table.insert(Document({}, doc_id=5))
    assert table.insert({}) == 6


def test_a_change_that_fails_changes_nothing(database: TinyDB) -> None:
    table = database.table("notes")
    table.insert({"a": 1})
    with pytest.raises(TypeError):
        table.update({"a": object()})
    assert table.all() == [{"a": 1}]


def test_two_terminals_see_each_other_at_once(store: CheckInStore, open_here: Open) -> None:
    one, two = store.database().table("notes"), open_here().database().table("notes")
    assert [one.insert({"n": 1}), two.insert({"n": 2}), one.insert({"n": 3})] == [1, 2, 3]
    assert one.search(where("n") > 0) == two.search(where("n") > 0)
    two.remove(where("n") == 1)
    assert one.count(where("n") > 0) == 2


def test_processes_that_insert_lose_nothing(
    open_here: Open, beside: Callable[[str], subprocess.Popen[str]]
) -> None:
    code = (
        "sys.stdin.readline()\n"
        "table = store.database().table('notes')\n"
        "for n in range(30): table.insert({'n': n}); table.update({'seen': n})\n"
    )
    for process in [beside(code) for _ in range(2)]:
        process.communicate("go\n")
        assert process.returncode == 0
    assert len(open_here().database().table("notes")) == 60


def test_check_ins_can_be_searched_and_changed(store: CheckInStore) -> None:
    check_in = store.check_in(Arrival(service="cupping"))
    database = store.database()
    [found] = database.table("checkins").search(where("service") == "cupping")
    assert found.doc_id == check_in.number
    assert found["ticket"] == "A001"
    database.table("checkins").update({"service": "tuina", "note": "x"}, doc_ids=[1])
    assert store.queue("tuina")[0].id == check_in.id
    store.call(check_in.id, "1", "lin")
    assert database.table("checkins").all()[0]["note"] == "x"
    database.table("checkins").insert({"not": "a check-in"})
    assert len(store.today()) == 1
    assert store.check_in(Arrival()).number == 3
    database.table("checkins").remove(doc_ids=[1])
    assert [one.ticket for one in store.today()] == ["A002"]
    database.drop_tables()
    assert store.today() == []
    assert store.check_in(Arrival()).ticket == "A003"


def test_what_was_done_to_a_removed_check_in_is_not_taken_back(store: CheckInStore) -> None:
    first, gone = store.check_in(Arrival()), store.check_in(Arrival())
    for one in (first, gone):
        store.call(one.id, "1", "lin")
    store.database().table("checkins").remove(doc_ids=[gone.number])
    assert store.undo("lin").id == first.id


def test_times_that_were_changed_through_tinydb_leave_no_negative_figures(
    store: CheckInStore, clock: Any
) -> None:
    for _ in range(6):
        store.call(store.check_in(Arrival()).id, "1", "lin")
    later = (clock.now + timedelta(hours=2)).isoformat()
    store.database().table("checkins").update({"arrived_at": later})
    clock.move(days=1)
    store.check_in(Arrival())
    [figures] = store.days.figures(date(2026, 11, 23), date(2026, 11, 23))
    assert figures.waited is not None
    assert figures.waited.mean == 0


def test_writing_what_was_read_before_another_change_is_refused(
    store: CheckInStore, open_here: Open
) -> None:
    storage = store.database().storage
    data = storage.read()
    open_here().check_in(Arrival())
    with pytest.raises(StoreError, match="first"):
        storage.write(data or {"notes": {}})
    assert len(store.today()) == 1


def test_another_day_is_read_only(store: CheckInStore) -> None:
    before = store.database(date(2026, 11, 20))
    assert before.tables() == set()
    with pytest.raises(StoreUnavailable, match="over"):
        before.insert({})
