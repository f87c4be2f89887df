"""What is written through TinyDB cannot hurt the day: it is refused, or everything goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from db import Arrival, CheckIn, CheckInStore, InvalidDocument, StoreError

WRONG: dict[str, list[Any]] = {
    "number": [0, 2, -1, "1", 1.0, True, None, 10**30],
    "id": ["", "a b", "\x1b[2J", "x" * 65, 5, None],
    "ticket": ["", "A1", "a001", "A0001", "A000", "AAA001", "A001\n", "A1234567", "１", 5, None],
    "location": ["uptown", "", None],
    "day": ["2026-11-24", "20261123", "", 5, None],
    "status": ["arrived", "", "WAITING", None, 1],
    "priority": ["1", 0.5, None, True, 2**63, -(10**12)],
    "room": [5, ["1"]],
    "arrived_at": [None, "", "10:00", 0, "2026-11-23T02:00:00", "9999-12-31T23:59:59Z"],
    "called_at": ["2026-11-23T02:00:00", "0001-01-01T00:00:00+08:00", "now", 5],
    "began_at": ["2026-11-23T02:00:00", "2025-11-23T02:00:00Z"],
    "booking": [5],
    "due_at": ["2026-11-23T02:00:00", "2025-11-23T02:00:00Z"],
    "ended_at": ["2026-11-23T02:00:00", "2027-11-23T02:00:00Z"],
    "calls": [-1, None, "0", 2**64],
    "device": [None, 5],
    "revision": [0, -1, 1.0, 1.5, "1", None, True, 2**63],
    "has_name": [None, 1, "yes"],
    "has_phone": [None, 0],
    "same_phone_as": [5, ["A001"]],
    "urgent": [None, 1],
    "service": [None, 5, "x" * 81, "\x1b[2J"],
    "language": [None, ["en"]],
    "appointment": [None],
    "appointment_time": ["25:00", "10", 10],
    "whom": ["nobody", None],
    "party": [5],
    "guardian": [None],
    "first_visit": ["yes"],
    "practitioner": [5, "a\nb"],
    "consent": [None],
    "sealed": [
        5,
        "",
        "x",
        "key.",
        ".QUJD",
        "key.QUJD",
        "../../etc.QUJD",
        "a.ä",
        "a." + "QU!J" * 20,
        ["x"],
    ],
    "phone_tag": [5, ["x"], {}],
    "person_tag": [5, True],
    "arrival_tag": [5],
}


@pytest.fixture
def check_in(store: CheckInStore) -> CheckIn:
    return store.check_in(Arrival(name="Zoë", phone="13812345678", service="cupping"))


@pytest.fixture
def database(store: CheckInStore) -> Iterator[TinyDB]:
    with store.database() as opened:
        yield opened


def ways(database: TinyDB, document: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """Give the ways to put a document in the place of the first check-in."""
    table = database.table("checkins")

    def whole(before: Any) -> None:
        before.clear()
        before.update(document)

    def tables() -> None:
        data = database.storage.read()
        assert data is not None
        data["checkins"]["1"] = document
        database.storage.write(data)

    def anew() -> None:
        kept = table.get(doc_id=1)
        table.remove(doc_ids=[1])
        try:
            table.insert(Document(document, doc_id=1))
        except InvalidDocument:
            assert kept is not None
            table.insert(Document(kept, doc_id=1))
            raise

    return {
        "update": lambda: table.update(document, doc_ids=[1]),
        "update all": lambda: table.update(document),
        "update with a function": lambda: table.update(whole, where("number") == 1),
        "update_multiple": lambda: table.update_multiple([(document, where("number") == 1)]),
        "upsert": lambda: table.upsert(Document(document, doc_id=1)),
        "upsert by query": lambda: table.upsert(document, where("number") == 1),
        "insert": anew,
        "insert_multiple": lambda: table.insert_multiple(
            [{"not": "a check-in"}, Document(document | {"number": 5}, doc_id=5), document]
        ),
        "write": tables,
    }


WAYS = [
    "update",
    "update all",
    "update with a function",
    "update_multiple",
    "upsert",
    "upsert by query",
    "insert",
    "insert_multiple",
    "write",
]


@pytest.mark.parametrize("field", WRONG)
def test_a_check_in_that_is_not_true_is_refused_with_its_field(
    store: CheckInStore, check_in: CheckIn, database: TinyDB, field: str
) -> None:
    table = database.table("checkins")
    for value in WRONG[field]:
        with pytest.raises(InvalidDocument) as refused:
            table.update({field: value}, doc_ids=[1])
        assert (refused.value.field, str(refused.value)[-1]) == (field, ".")
        assert isinstance(refused.value, StoreError | ValueError)
    assert store.today() == [check_in]
    table.update({"note": "x"}, doc_ids=[1])
    assert len(store.queue()) == 1


@pytest.mark.parametrize("field", CheckIn.__struct_fields__)
def test_a_check_in_must_be_whole(
    store: CheckInStore, check_in: CheckIn, database: TinyDB, field: str
) -> None:
    table = database.table("checkins")
    with pytest.raises(InvalidDocument, match=field) as refused:
        table.update(lambda document: document.pop(field), doc_ids=[1])
    assert refused.value.field == field
    assert store.today() == [check_in]


@pytest.mark.parametrize("way", WAYS)
def test_whatever_way_it_is_written_it_is_refused_and_nothing_is(
    store: CheckInStore, check_in: CheckIn, database: TinyDB, journal: Path, way: str
) -> None:
    [before] = database.table("checkins").all()
    act = ways(database, dict(before) | {"status": "arrived"})[way]
    size = journal.stat().st_size
    with pytest.raises(InvalidDocument, match="status"):
        act()
    assert store.today() == [check_in]
    if way != "insert":
        assert journal.stat().st_size == size
    assert database.table("checkins").insert({"not": "a check-in"}) == 2
    assert store.check_in(Arrival()).ticket == "A002"


def test_what_is_true_is_written(store: CheckInStore, check_in: CheckIn, database: TinyDB) -> None:
    table = database.table("checkins")
    more = {"status": "parked", "room": "2", "priority": 3, "revision": 7, "note": ["x", {"y": 1}]}
    table.update(more, doc_ids=[1])
    table.update({"arrived_at": "2026-11-23T09:30:00+08:00"}, doc_ids=[1])
    [now] = store.today()
    assert (now.status, now.room, now.priority, now.revision) == ("parked", "2", 3, 7)
    assert now.arrived_at == datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    assert store.person(now).name == "Zoë"
    document = msgspec.structs.asdict(check_in) | {"number": 2, "id": "two", "ticket": "B007"}
    table.insert(Document(document, doc_id=2))
    assert [one.ticket for one in store.queue()] == ["B007"]
    called = store.call_next("1", "lin")
    assert called is not None
    assert called.id == "two"


def test_of_two_check_ins_none_has_the_others_ticket_or_id(
    store: CheckInStore, check_in: CheckIn, database: TinyDB
) -> None:
    table = database.table("checkins")
    two = store.check_in(Arrival())
    for field in ("ticket", "id"):
        with pytest.raises(InvalidDocument, match="own"):
            table.update({field: getattr(check_in, field)}, doc_ids=[2])
        with pytest.raises(InvalidDocument, match="own"):
            table.update({field: "B001"})
        swapped = [
            ({field: getattr(two, field)}, where("number") == 1),
            ({field: getattr(check_in, field)}, where("number") == 2),
        ]
        with pytest.raises(InvalidDocument, match="own"):
            table.update_multiple(swapped)
    assert store.today() == [check_in, two]
    assert store.find_ticket("2") == two


def test_a_ticket_written_through_tinydb_is_not_given_again(
    store: CheckInStore, check_in: CheckIn, database: TinyDB
) -> None:
    table = database.table("checkins")
    document = msgspec.structs.asdict(check_in) | {"number": 2, "id": "two", "ticket": "A002"}
    table.insert(Document(document, doc_id=2))
    assert store.check_in(Arrival()).ticket == "A003"
    table.update({"ticket": "A009"}, doc_ids=[2])
    table.remove(doc_ids=[2])
    assert store.check_in(Arrival()).ticket == "A010"
    assert [one.number for one in store.today()] == [1, 3, 4]
    both = {8: "A020", 9: "A015"}
    table.insert_multiple(
        Document(document | {"number": n, "id": f"x{n}", "ticket": ticket}, doc_id=n)
        for n, ticket in both.items()
    )
    assert store.check_in(Arrival()).ticket == "A021"
    kept = table.get(doc_id=1)
    assert kept is not None
    table.remove(doc_ids=[1])
    table.insert(kept)
    assert store.check_in(Arrival()).ticket == "A022"


def test_calls_for_help_and_the_reception_are_what_they_are(
    store: CheckInStore, database: TinyDB
) -> None:
    calls, desk = database.table("help"), database.table("desk")
    call = {"id": "x", "device": "kiosk", "at": "2026-11-23T02:00:00Z"}
    at = {"at": "2026-11-23T02:00:00"}
    answered = {"acknowledged_at": at["at"]}
    for wrong in ({}, {"id": 5}, call | at, call | answered, {"not": "a call"}):
        with pytest.raises(InvalidDocument):
            calls.insert(wrong)
    with pytest.raises(InvalidDocument, match="high"):
        calls.insert(Document(call, doc_id=10**17))
    for wrong in ({}, {"state": "asleep"}, {"state": "full", "until": 12}, {"until": "12:00"}):
        with pytest.raises(InvalidDocument):
            desk.insert(wrong)
    assert (store.help_calls(), store.reception_said()) == ([], None)
    calls.insert(Document(call, doc_id=3))
    assert desk.insert({"state": "full", "until": "12:00"}) == 1
    assert store.reception_state().state == "full"
    store.call_for_help("kiosk 2")
    assert [one.device for one in store.help_calls()] == ["kiosk", "kiosk 2"]
    assert store.acknowledge("x", "lin").reason == "x"
    with pytest.raises(InvalidDocument, match="state"):
        desk.update({"state": None})


@pytest.mark.parametrize("number", ["0", "-1", "01", "1.5", "x", "", "１", " 1", "1" * 40, 1, None])
@pytest.mark.parametrize("name", ["checkins", "help", "desk", "notes"])
def test_a_number_that_is_none_is_refused(
    store: CheckInStore, check_in: CheckIn, database: TinyDB, name: str, number: Any
) -> None:
    data = database.storage.read()
    assert data is not None
    data.setdefault(name, {})[number] = {"a": 1}
    with pytest.raises(InvalidDocument, match="positive"):
        database.storage.write(data)
    with pytest.raises(ValueError, match=r"positive|exists"):
        database.table(name).insert(Document({"a": 1}, doc_id=f"{number}x"))
    assert store.queue() == [check_in]


DEEP: list[Any] = []
for _ in range(60):
    DEEP = [DEEP]
LOOP: list[Any] = []
LOOP.append(LOOP)


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        [1, {"x": float("-inf")}],
        b"bytes",
        bytearray(b"bytes"),
        "\ud800",
        {"\udfff": 1},
        {1.5: "x"},
        {None: 1},
        {1, 2},
        object(),
        Enum("Odd", {"one": float("nan")})["one"],
        timedelta(1),
        10**400,
        DEEP,
        LOOP,
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_that_would_not_read_back_is_refused(database: TinyDB, value: Any) -> None:
    for name in ("notes", "checkins"):
        table = database.table(name)
        table.insert({"a": None, "b": "Ynl0ZXM="})
        for document in ({"a": value}, {"b": value}, {"c": [{"d": value}]}):
            with pytest.raises(InvalidDocument) as refused:
                table.update(document)
            assert refused.value.field == next(iter(document)) or "name" in str(refused.value)
            str(refused.value).encode()
            with pytest.raises(InvalidDocument):
                table.insert(document)
        assert table.all() == [{"a": None, "b": "Ynl0ZXM="}]


@pytest.mark.parametrize(
    "data", [{"a": []}, {"a": {"1": []}}, {"a": None}, {5: {}}, {"\ud800": {}}]
)
def test_what_is_no_table_is_refused(database: TinyDB, data: Any) -> None:
    database.storage.read()
    with pytest.raises(InvalidDocument):
        database.storage.write(data)
    assert database.tables() == set()


def test_a_refusal_does_not_say_what_was_typed(store: CheckInStore, database: TinyDB) -> None:
    store.check_in(Arrival())
    with pytest.raises(InvalidDocument) as refused:
        database.table("checkins").update({"status": "Zoë - at `$.secret`"})
    assert "Zoë" not in str(refused.value)
    assert (refused.value.field, refused.value.__context__) == ("status", None)


def test_a_message_of_another_program_lives_beside_the_check_ins(
    store: CheckInStore, check_in: CheckIn, database: TinyDB, clock: Any
) -> None:
    table = database.table("checkins")
    table.insert_multiple([{"not": "a check-in"}, {}, {"service": "cupping"}, {"sealed": 5}])
    assert store.today() == [check_in]
    clock.move(days=1)
    assert store.check_in(Arrival()).ticket == "A001"
