"""Checking in, and asking for what was checked in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from db import Arrival, CheckInStore, DuplicateCheckIn, Person, Status, StoreError

Open = Callable[..., CheckInStore]


def test_an_arrival_gets_a_ticket_and_waits(store: CheckInStore) -> None:
    arrival = Arrival(
        name="王小明", phone="13812345678", service="cupping", language="zh-Hans", consent="1"
    )
    check_in = store.check_in(arrival)
    assert (check_in.ticket, check_in.number, check_in.status) == ("A001", 1, Status.waiting)
    assert (check_in.service, check_in.language, check_in.consent) == ("cupping", "zh-Hans", "1")
    assert (check_in.has_name, check_in.has_phone) == (True, True)
    assert store.person(check_in) == Person("王小明", "+8613812345678")
    assert store.queue() == store.today() == [check_in]
    assert store.get(check_in.id) == check_in


def test_tickets_count_up_and_pass_999(store: CheckInStore) -> None:
    store.check_in(Arrival())
    counters = store.open_day(store.day).journal.counters
    counters["A"] = 998
    assert [store.check_in(Arrival()).ticket for _ in range(3)] == ["A999", "A1000", "A1001"]


def test_machines_with_their_own_series_count_apart(store: CheckInStore, open_here: Open) -> None:
    other = open_here(series="B")
    tickets = [one.check_in(Arrival()).ticket for one in (store, other, store, other)]
    assert tickets == ["A001", "B001", "A002", "B002"]
    assert [one.number for one in store.today()] == [1, 2, 3, 4]


def test_what_another_terminal_did_is_seen(store: CheckInStore, open_here: Open) -> None:
    other = open_here(device="kiosk")
    check_in = store.check_in(Arrival())
    assert other.queue() == [check_in]
    called = other.call(check_in.id, "2", "lin")
    assert store.get(check_in.id) == called


def test_an_id_that_is_known_gives_the_first_check_in(store: CheckInStore) -> None:
    arrival = Arrival(name="Zoë", phone="13812345678")
    first = store.check_in(arrival, id="one")
    assert store.check_in(arrival, id="one") == first
    assert len(store.today()) == 1
    with pytest.raises(ValueError, match="another check-in"):
        store.check_in(Arrival(name="Zoe", phone="13812345678"), id="one")


@pytest.mark.parametrize("blank", ["", "  ", "\u3000"])
def test_a_request_with_a_blank_name_can_be_repeated(store: CheckInStore, blank: str) -> None:
    arrival = Arrival(name=blank, phone=blank, service="cupping")
    assert store.check_in(arrival, id="one") == store.check_in(arrival, id="one")
    with pytest.raises(ValueError, match="another check-in"):
        store.check_in(Arrival(name="Zoë"), id="one")


def test_a_nameless_arrival_needs_no_key_and_is_told_apart_too(store: CheckInStore) -> None:
    first = store.check_in(Arrival(service="cupping"), id="one")
    assert store.person(first) == Person("", "")
    with pytest.raises(ValueError, match="another check-in"):
        store.check_in(Arrival(service="tuina"), id="one")


@pytest.mark.parametrize("again", ["王小明", " 王 小明 ", "王小明　"])
def test_the_same_name_and_phone_is_a_duplicate(store: CheckInStore, again: str) -> None:
    store.check_in(Arrival(name="王小明", phone="138 1234 5678"))
    arrival = Arrival(name=again, phone="+86 13812345678")
    with pytest.raises(DuplicateCheckIn) as refused:
        store.check_in(arrival)
    assert refused.value.ticket == "A001"
    assert "A001" not in str(refused.value)
    assert store.check_in(arrival, allow_same_phone=True).same_phone_as == "A001"


def test_case_and_width_of_a_name_do_not_hide_a_duplicate(store: CheckInStore) -> None:
    store.check_in(Arrival(name="Zoe Zheng", phone="13812345678"))
    with pytest.raises(DuplicateCheckIn):
        store.check_in(Arrival(name="ＺＯＥ zheng", phone="13812345678"))


def test_whoever_is_done_may_come_back(store: CheckInStore) -> None:
    arrival = Arrival(name="王小明", phone="13812345678")
    store.check_in(arrival)
    called = store.call_next("1", "lin")
    assert called is not None
    store.complete(called.id, "lin")
    assert store.check_in(arrival).ticket == "A002"


def test_a_family_shares_a_phone(store: CheckInStore) -> None:
    mother = store.check_in(Arrival(name="李女士", phone="13812345678"))
    child = store.check_in(
        Arrival(name="李小朋友", phone="13812345678", party=mother.id, whom="child", guardian=True)
    )
    nameless = store.check_in(Arrival(phone="13812345678"))
    assert (child.same_phone_as, child.party, child.whom) == ("A001", mother.id, "child")
    assert nameless.same_phone_as == "A001"


def test_a_ticket_entered_in_error_is_nobodys_family(store: CheckInStore) -> None:
    wrong = store.check_in(Arrival(phone="13812345678"))
    store.void(wrong.id, "lin", "tried out")
    assert store.check_in(Arrival(phone="13812345678")).same_phone_as is None


def test_the_same_name_alone_is_nobody_else(store: CheckInStore) -> None:
    store.check_in(Arrival(name="王女士"))
    assert store.check_in(Arrival(name="王女士")).same_phone_as is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 1234 5678", "+8613812345678"),
        ("021 6345 5101", "+862163455101"),
        ("0044 20 7946 0018", "+442079460018"),
        ("+1 202 555 0143", "+12025550143"),
        ("１３８１２３４５６７８", "+8613812345678"),
        ("ask my son", "ask my son"),
        ("6345 5101 ext 223", "6345 5101 ext 223"),
    ],
)
def test_a_phone_is_kept_as_e164_or_as_typed(store: CheckInStore, typed: str, kept: str) -> None:
    assert store.person(store.check_in(Arrival(phone=typed))).phone == kept


def test_urgent_comes_first_then_priority_then_arrival(store: CheckInStore) -> None:
    one, two, three = (store.check_in(Arrival()) for _ in range(3))
    urgent = store.check_in(Arrival(urgent=True))
    store.set_priority(three.id, 1, "lin")
    assert [each.ticket for each in store.queue()] == ["A004", "A003", "A001", "A002"]
    assert [store.ahead(each) for each in (urgent, three, one, two)] == [0, 1, 2, 3]


def test_called_people_are_ahead_of_nobody(store: CheckInStore) -> None:
    first, second = store.check_in(Arrival()), store.check_in(Arrival())
    store.call_next("1", "lin")
    assert store.ahead(second) == 0
    assert store.ahead(first) == 0


def test_the_queue_of_one_service(store: CheckInStore) -> None:
    store.check_in(Arrival(service="cupping"))
    tuina = store.check_in(Arrival(service="tuina"))
    assert store.queue("tuina") == [tuina]


@pytest.mark.parametrize("typed", ["12", "012", "A012", "a12", " Ａ０１２ ", "A 12"])
def test_a_ticket_is_found_by_what_people_type(store: CheckInStore, typed: str) -> None:
    for _ in range(12):
        check_in = store.check_in(Arrival())
    assert store.find_ticket(typed) == check_in


def test_a_ticket_that_is_not_there_is_not_found(store: CheckInStore, open_here: Open) -> None:
    store.check_in(Arrival())
    for typed in ("2", "B001", "", "A", "A0001x", "٣"):
        assert store.find_ticket(typed) is None
    other = open_here(series="B").check_in(Arrival())
    assert store.find_ticket("1") != other
    assert open_here(series="C").find_ticket("1") is None  # two have it, so it is neither


@pytest.mark.parametrize("options", [{"location": "../x"}, {"series": "a"}, {"time_zone": "X/Y"}])
def test_a_bad_option_is_a_value_error(open_here: Open, options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        open_here(**options)


def test_reading_makes_nothing_and_sees_what_others_begin(
    store: CheckInStore, open_here: Open, tmp_path: Path
) -> None:
    assert store.queue() == store.today() == store.events() == store.days.on_disk() == []
    assert store.find_ticket("1") is None
    assert not store.days.overdue().records
    store.health()
    assert list(tmp_path.iterdir()) == []
    check_in = open_here().check_in(Arrival())
    assert store.queue() == [check_in]


def test_whoever_reads_while_the_days_first_line_is_written_is_not_refused(
    store: CheckInStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.queue() == []
    read: list[object] = []

    def look() -> None:
        try:
            read.append(store.queue())
        except StoreError as refused:
            read.append(refused)

    real = os.fdatasync

    def sync_while_somebody_looks(handle: int) -> None:
        looking = Thread(target=look)
        looking.start()
        looking.join()
        real(handle)

    monkeypatch.setattr(os, "fdatasync", sync_while_somebody_looks)
    ticket = store.check_in(Arrival()).ticket
    assert not [one for one in read if isinstance(one, StoreError)]
    assert [one.ticket for one in store.queue()] == [ticket]


def test_a_healthy_store_says_nothing(store: CheckInStore) -> None:
    store.health()
    store.prepare()
    assert store.queue() == []
