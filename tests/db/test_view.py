"""The TinyDB of a day touches what it is asked for, in several threads, and sees one moment."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from msgspec import Raw
from tinydb import TinyDB, where
from tinydb.table import Document, Table

from db import Arrival, CheckInStore, StoreUnavailable
from db.tinydb_view.rows import Changing

Open = Callable[..., CheckInStore]


@pytest.fixture
def database(store: CheckInStore) -> Iterator[TinyDB]:
    with store.database() as opened:
        yield opened


def steps(act: Callable[[], object]) -> int:
    """Count the instructions that something takes: unlike its time, that is always the same."""
    counted = 0

    def count(frame: FrameType, *_: object) -> Any:
        nonlocal counted
        frame.f_trace_opcodes = True
        counted += 1
        return count

    gc.disable()  # it calls whoever listens
    before = sys.gettrace()
    sys.settrace(count)
    try:
        act()
    finally:
        sys.settrace(before)
        gc.enable()
    return counted


ONE_DOCUMENT: dict[str, Callable[[Table], object]] = {
    "insert": lambda table: table.insert({"a": 1}),
    "insert a Document": lambda table: table.insert(Document({"a": 1}, doc_id=9999)),
    "insert some": lambda table: table.insert_multiple([{"a": 1}, {"a": 2}]),
    "get": lambda table: table.get(doc_id=7),
    "contains": lambda table: table.contains(doc_id=7),
    "update": lambda table: table.update({"seen": True}, doc_ids=[7]),
    "upsert": lambda table: table.upsert(Document({"b": 1}, doc_id=7)),
    "upsert a new one": lambda table: table.upsert(Document({"b": 1}, doc_id=9999)),
    "remove": lambda table: table.remove(doc_ids=[7]),
    "remove the last and insert": lambda table: (
        table.remove(doc_ids=[len(table)]),
        table.insert({"a": 1}),
    ),
    "len": len,
}


@pytest.mark.parametrize("act", ONE_DOCUMENT.values(), ids=ONE_DOCUMENT)
@pytest.mark.parametrize("name", ["checkins", "notes"])
def test_what_is_done_to_one_document_costs_the_same_in_a_full_day(
    database: TinyDB, open_here: Open, name: str, act: Callable[[Table], object]
) -> None:
    table = database.table(name)
    taken = []
    for size in (20, 1000):
        table.truncate()
        table.insert_multiple(Document({}, doc_id=n) for n in range(1, size))
        open_here().check_in(Arrival(), allow_same_phone=True)
        table.update({"warm": True}, doc_ids=[1])  # takes in what the other wrote
        taken.append(steps(lambda: act(table)))
    assert taken[1] <= 1.2 * taken[0]


def test_of_many_documents_only_those_that_differ_are_written(
    database: TinyDB, store: CheckInStore
) -> None:
    table = database.table("notes")
    table.insert_multiple({"n": n} for n in range(50))
    journal = store.folder / f"{store.day}.jsonl"
    before = journal.stat().st_size
    table.update({"n": 7})
    table.update({"n": 7})
    table.update({"n": 8}, doc_ids=[1])
    written = journal.read_bytes()[before:].splitlines()
    assert len(written) == 2
    assert written[0].count(b'{"n":7}') == 49
    assert written[1].endswith(b'"put":{"notes":{"1":{"n":8}}}}')


@pytest.mark.parametrize(("before", "after"), [(1, True), (1, 1.0), (0, False), (None, 0)])
def test_what_only_looks_the_same_is_written(database: TinyDB, before: Any, after: Any) -> None:
    table = database.table("notes")
    table.insert({"a": before})
    table.update({"a": after})
    [found] = table.all()
    assert type(found["a"]) is type(after)


def test_a_document_that_was_read_or_given_shares_nothing_with_the_table(database: TinyDB) -> None:
    table = database.table("notes")
    mine: dict[str, Any] = {"list": [1]}
    table.insert(mine)
    mine["list"].append(2)
    by_query = table.search(where("list").exists())
    for found in (table.get(doc_id=1), table.get(doc_ids=[1])[0], by_query[0]):
        assert found == {"list": [1]}
        found["list"].append(3)
    assert table.all() == [{"list": [1]}]


def test_numbers_go_on_after_those_of_others_and_those_that_are_gone(
    database: TinyDB, store: CheckInStore, open_here: Open
) -> None:
    table, other = database.table("notes"), open_here().database().table("notes")
    assert [table.insert({}), other.insert(Document({}, doc_id=50)), table.insert({})] == [
        1,
        50,
        51,
    ]
    other.remove(doc_ids=[51])
    assert table.insert({}) == 52
    table.remove(doc_ids=[52])
    assert table.insert_multiple([{}, Document({}, doc_id=60), {}, {}]) == [53, 60, 54, 55]
    assert table.insert({}) == 61
    assert database.table("new").insert_multiple([Document({}, doc_id=1), {}, {}]) == [1, 2, 3]
    store.check_in(Arrival())
    store.check_in(Arrival())
    open_here().database().table("checkins").remove(doc_ids=[2])
    assert database.table("checkins").insert({}) == 3  # the history of the second is not its own


def test_a_number_in_use_is_not_given_whatever_others_did_meanwhile(
    database: TinyDB, open_here: Open
) -> None:
    table, other = database.table("notes"), open_here().database().table("notes")
    table.insert_multiple([{}, {}, {}])
    other.insert(Document({}, doc_id=20))
    table.update({"seen": True}, doc_ids=[1])
    assert table.insert({}) == 21
    other.remove(doc_ids=[21])
    other.insert(Document({}, doc_id=22))
    other.insert(Document({}, doc_id=21))
    assert table.insert({}) == 23
    assert len(table) == 7


def test_documents_are_changed_like_a_dictionary() -> None:
    table = Changing({"1": Raw(b'{"a":1}'), "2": Raw(b'{"a":2}'), "3": Raw(b'{"a":3}')})
    del table[1]
    table[4] = {"a": 4}
    table[1] = {"a": 5}
    del table[2]
    assert dict(table) == {1: {"a": 5}, 3: {"a": 3}, 4: {"a": 4}}
    assert (len(table), 1 in table, 2 in table) == (3, True, False)
    table.pop(4)
    for gone in (2, 4, 9):
        with pytest.raises(KeyError):
            del table[gone]
        with pytest.raises(KeyError):
            table[gone]
    assert table.difference() == ({"1": Raw(b'{"a":5}')}, ["2"])
    table.clear()
    assert (len(table), table.difference()) == (0, ({}, ["1", "2", "3"]))


def test_any_function_is_a_query(database: TinyDB) -> None:
    class Even:
        __hash__ = None

        def __call__(self, document: Any) -> bool:
            return document["n"] % 2 == 0

    database.insert_multiple({"n": n} for n in range(4))
    assert database.search(Even()) == [{"n": 0}, {"n": 2}]


def test_a_table_made_anew_by_another_begins_again(database: TinyDB, open_here: Open) -> None:
    table, other = database.table("notes"), open_here().database()
    table.insert_multiple([{}, {}, {}])
    other.drop_table("notes")
    assert len(table) == 0
    assert table.insert({}) == 1
    assert other.table("notes").insert({}) == 2


def test_whoever_goes_through_a_table_sees_one_moment(database: TinyDB, open_here: Open) -> None:
    table, other = database.table("notes"), open_here().database().table("notes")
    table.insert_multiple({"n": n} for n in range(5))
    seen = []
    for document in table:
        seen.append(document["n"])
        other.update({"n": 9})
        other.remove(doc_ids=[5])
        other.insert({"n": 10})
        assert table.get(doc_id=1) == {"n": 9}
    assert seen == [0, 1, 2, 3, 4]


def test_writing_in_the_middle_of_a_change_is_refused(database: TinyDB) -> None:
    table = database.table("notes")
    table.insert({"n": 1})
    with pytest.raises(StoreUnavailable, match="first"):
        table.update(lambda _: table.insert({"n": 2}), doc_ids=[1])
    table.update({"n": 3}, doc_ids=[1])
    assert table.all() == [{"n": 3}, {"n": 2}]


def test_whole_tables_read_before_a_change_of_ones_own_are_not_written(database: TinyDB) -> None:
    table, storage = database.table("notes"), database.storage
    table.insert({"n": 1})
    data = storage.read()
    assert data is not None
    table.insert({"n": 2})
    with pytest.raises(StoreUnavailable, match="first"):
        storage.write(data)
    assert len(table) == 2
    data = storage.read()
    assert data is not None
    data["notes"]["1"]["n"] = 7
    del data["notes"]["2"]
    data["more"] = {"5": {}}
    storage.write(data)
    storage.write(data)
    assert storage.read() == {"notes": {"1": {"n": 7}}, "more": {"5": {}}}
    assert table.insert({}) == 3


def test_threads_share_one_database(database: TinyDB, store: CheckInStore) -> None:
    table = database.table("checkins")
    store.check_in(Arrival())
    wrong: list[BaseException] = []

    def work(mine: int) -> None:
        try:
            for turn in range(20):
                number = table.insert({"by": mine, "turn": turn})
                assert table.get(doc_id=number) == {"by": mine, "turn": turn}
                table.update({"seen": True}, doc_ids=[number])
                assert table.count(where("by") == mine) == turn + 1
                assert 1 <= len(table.search(where("ticket").exists())) <= 2
                if mine == 0:
                    store.check_in(Arrival(), allow_same_phone=True)
                    table.remove(where("number") > 1)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert table.count(where("seen") == True) == 80  # noqa: E712 - TinyDB's way to say it
    assert len(store.today()) == 1


def test_a_day_nobody_has_begun_stays_so_when_a_change_of_it_fails(
    database: TinyDB, store: CheckInStore
) -> None:
    with pytest.raises(TypeError):
        database.insert({"a": object()})
    assert store.days.on_disk() == []
    database.insert({"a": 1})
    assert store.days.on_disk() == [store.day]
