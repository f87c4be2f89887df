"""Days of the format before this one: readable, gone on with, and never written otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, CheckInStore, Person, Status
from db.privacy.keys import arrival_tag

Open = Callable[..., CheckInStore]
TODAY = date(2026, 11, 23)
WANG = Arrival(
    name="王小明", phone="13812345678", service="cupping", language="zh-Hans", consent="2"
)


def lines(journal: Path) -> list[dict[str, Any]]:
    return [json.loads(line[33:]) for line in journal.read_bytes().splitlines()]


def test_a_day_of_the_older_format_is_read(format_1: CheckInStore) -> None:
    wang, zoe, urgent = format_1.today()
    assert (wang.status, wang.room, wang.number) == (Status.in_service, "1", 1)
    assert format_1.person(wang) == Person("王小明", "+8613812345678")
    assert format_1.person(zoe) == Person("Zoë", "")
    assert urgent.urgent
    assert format_1.queue() == [urgent, zoe]
    assert format_1.days.verify(TODAY).lines == 7
    assert len(format_1.help_calls()) == 1


def test_it_goes_on_in_its_own_format(
    format_1: CheckInStore, open_here: Open, journal: Path
) -> None:
    before = journal.read_bytes()
    anna = format_1.check_in(Arrival(name="Anna", phone="13912345678"))
    format_1.call(anna.id, "2", "lin")
    assert journal.read_bytes().startswith(before)
    for line in lines(journal)[7:]:
        assert not {"secret", "up", "forget"} & line.keys()
        assert not {"parents", "check_in_id"} & line["events"][0].keys()
    assert (anna.ticket, anna.number) == ("A004", 4)
    assert open_here().person(anna) == Person("Anna", "+8613912345678")
    assert open_here().check_in(Arrival(phone="13912345678")).same_phone_as == "A004"


def test_the_next_day_begins_in_the_new_one(
    format_1: CheckInStore, clock: Any, journal: Path
) -> None:
    clock.move(days=1)
    one = format_1.check_in(Arrival(name="Anna"))
    first, second = lines(journal.with_name("2026-11-24.jsonl"))
    assert (first["head"]["format"], first["head"]["device"]) == (2, "desk")
    [event] = second["events"]
    assert (event["check_in_id"], event["check_in"]) == (one.id, one.number)
    assert format_1.days.verify(TODAY).is_closed
    assert format_1.days.verify(one.day).damaged_line is None


def test_a_request_repeated_over_the_change_gives_the_first_ticket(
    format_1: CheckInStore, clock: Any
) -> None:
    assert format_1.check_in(WANG, id="one").ticket == "A001"
    clock.move(days=1)
    assert format_1.check_in(WANG, id="one").day == TODAY
    assert format_1.check_in(Arrival(urgent=True), id="three").day == TODAY
    with pytest.raises(ValueError, match="another check-in"):
        format_1.check_in(Arrival(name="王小明"), id="one")


def test_the_older_tag_of_an_arrival_is_still_known() -> None:
    import msgspec

    from db.privacy.keys import tag

    for arrival in (Arrival(), WANG, Arrival(urgent=True, party="x", first_visit=False)):
        whole = msgspec.json.encode(arrival).decode()
        assert arrival_tag(arrival, b"key", form=1) == tag(b"key", "arrival", whole)
        assert arrival_tag(arrival, b"key") != arrival_tag(arrival, b"key", form=1)


def test_an_older_day_whose_key_is_lost_goes_on_with_another(
    format_1: CheckInStore, open_here: Open, tmp_path: Path
) -> None:
    for key in (tmp_path / "keys").glob("*.key"):
        key.unlink()
    anna = format_1.check_in(Arrival(name="Anna"))
    assert open_here().person(anna).name == "Anna"


def test_the_key_of_an_older_day_is_destroyed_in_its_time(
    format_1: CheckInStore, clock: Any, tmp_path: Path
) -> None:
    for _ in range(8):
        clock.move(days=1)
        format_1.check_in(Arrival())
    assert not list((tmp_path / "keys").glob(f"*-{TODAY}-*"))


def test_an_event_names_those_that_were_known_of_its_check_in(store: CheckInStore) -> None:
    one, other = store.check_in(Arrival()), store.check_in(Arrival())
    store.call(one.id, "1", "lin")
    store.set_priority(other.id, 1, "lin")
    store.begin(one.id, "lin")
    store.undo("lin")
    events = store.history(one.id)
    assert [event.check_in_id for event in events] == [one.id] * 4
    assert [event.parents for event in events] == [(), *((event.id,) for event in events[:3])]


@pytest.mark.parametrize(("series", "first"), [("A", 1), ("B", 100_001), ("AA", 2_600_001)])
def test_numbers_of_machines_with_series_of_their_own_do_not_meet(
    open_here: Open, series: str, first: int
) -> None:
    store = open_here(series=series)
    assert [store.check_in(Arrival()).number for _ in range(2)] == [first, first + 1]
    assert store.call_next("1", "lin").number == first


def test_a_line_is_at_home_on_its_own_machine_day_and_location_only(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    store.check_in(Arrival())
    whole = journal.read_bytes()
    for old, new in (
        (b'"device":"desk","continues"', b""),
        (b'"device":"desk"', b'"device":"dask"'),
        (b'"location":"downtown"', b'"location":"uptown"'),
    ):
        if old in whole:
            journal.write_bytes(whole.replace(old, new, 1))
            assert open_here().days.verify(TODAY).damaged_line == 1


def test_every_line_is_a_hash_and_json(store: CheckInStore, journal: Path) -> None:
    one = store.check_in(WANG)
    store.amend(one.id, "lin", phone="")
    store.days.close()
    for line in journal.read_bytes().splitlines():
        assert re.fullmatch(rb"[0-9a-f]{32} \{.*\}", line)
        json.loads(line[33:])


def test_a_document_with_a_field_named_secret_is_covered_by_the_hash(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    store.database().table("notes").insert({"a": 1, "secret": "x"})
    journal.write_bytes(journal.read_bytes().replace(b'"secret":"x"', b'"secret":"y"'))
    assert open_here().days.verify(TODAY).damaged_line == 2
