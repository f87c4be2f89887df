"""Ends and middles of files that cannot be read, and days that go on in a further file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, CheckInStore, StoreCorrupt

Open = Callable[..., CheckInStore]


def tickets(store: CheckInStore) -> list[str]:
    return [one.ticket for one in store.today()]


def behind_the_last(journal: Path, garbage: bytes) -> bytes:
    whole = journal.read_bytes()
    journal.write_bytes(whole + garbage)
    return whole


GARBAGE = [
    b"\x8f\x01garbage\n",
    b"\xff" * 5000,
    b"\n",
    b"\n\n\n",
    b"x\n\0\0\0",
    b"{}\n" * 20,
    bytes(range(256)) * 20 + b"\n",
    b'0123456789abcdef0123456789abcdef {"n":3,"at":"' + b"\x01" * 300 + b'"}\n',
    b"\0" * 4096 + b"\n" + b"\0" * 4096,
]


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_behind_the_last_line_does_not_close_the_day(
    store: CheckInStore, open_here: Open, journal: Path, garbage: bytes
) -> None:
    people = [store.check_in(Arrival(name=name)) for name in ("Zoë", "王小明")]
    behind_the_last(journal, garbage)
    other = open_here()
    for one in (store, other):
        assert one.queue() == people
        one.health()
    third = other.check_in(Arrival(name="Anna"))
    assert third.ticket not in ("A001", "A002")
    for one in (store, other, open_here()):
        assert one.queue() == [*people, third]
        assert [one.person(each).name for each in one.queue()] == ["Zoë", "王小明", "Anna"]
    torn = journal.with_suffix(".torn").read_bytes()
    assert torn == garbage + b"\n"
    assert store.call_next("1", "lin").ticket == "A001"
    assert store.days.verify(store.day).damaged_line is None
    assert store.days.on_disk() == [store.day]


def test_garbage_too_short_for_a_check_in_costs_no_number(
    store: CheckInStore, journal: Path
) -> None:
    store.check_in(Arrival())
    behind_the_last(journal, b"\x8f\x01\n\x02\n")
    assert store.check_in(Arrival()).ticket == "A002"


def test_a_ticket_that_can_no_longer_be_read_is_not_given_again(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    for _ in range(4):
        store.check_in(Arrival())
    whole = bytearray(journal.read_bytes())
    whole[whole.rindex(b'"waiting"')] ^= 1
    journal.write_bytes(whole)
    assert open_here().check_in(Arrival()).ticket == "A005"
    assert tickets(store) == ["A001", "A002", "A003", "A005"]


def test_a_page_of_lines_that_cannot_be_read_costs_as_many_numbers_as_it_may_have_held(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    for _ in range(9):
        store.check_in(Arrival())
    whole = journal.read_bytes()
    journal.write_bytes(whole[:-3000] + b"\x07" * 2999 + b"\n")
    kept = tickets(open_here())
    assert 4 <= len(kept) < 9
    assert int(open_here().check_in(Arrival()).ticket[1:]) > 9


@pytest.mark.parametrize("flip", [0, 10, 32, 33, 40, 200, -3, -2, -1])
def test_a_bit_that_flips_in_the_last_line_stops_nobody(
    store: CheckInStore, open_here: Open, journal: Path, flip: int
) -> None:
    for _ in range(3):
        store.check_in(Arrival(name="Zoë"))
    whole = bytearray(journal.read_bytes())
    last = whole.rindex(b"\n", 0, -1) + 1
    whole[(last if flip >= 0 else len(whole)) + flip] ^= 4
    journal.write_bytes(whole)
    assert tickets(open_here()) == ["A001", "A002"]
    assert open_here().check_in(Arrival()).ticket not in ("A001", "A002", "A003")
    assert bytes(whole[last:]) in journal.with_suffix(".torn").read_bytes()


@pytest.mark.parametrize("size", [1, 40, 512])
def test_a_hole_in_the_middle_is_damage_and_nothing_behind_it_is_thrown_away(
    store: CheckInStore, open_here: Open, journal: Path, size: int
) -> None:
    for _ in range(6):
        store.check_in(Arrival())
    whole = journal.read_bytes()
    at = whole.index(b"\n", len(whole) // 3) - size // 2
    holed = whole[:at] + bytes(size) + whole[at + size :]
    journal.write_bytes(holed)
    other = open_here()
    for refused in (other.queue, lambda: other.check_in(Arrival()), other.days.tend):
        with pytest.raises(StoreCorrupt):
            refused()
    assert journal.read_bytes() == holed
    assert not list(journal.parent.glob("*.torn"))


def test_a_hole_over_the_end_of_one_line_and_the_beginning_of_the_last_is_not_a_torn_line(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    for _ in range(4):
        store.check_in(Arrival())
    whole = journal.read_bytes()
    at = whole.rindex(b"\n", 0, -1) - 200
    journal.write_bytes(whole[:at] + bytes(400) + whole[at + 400 :])
    assert tickets(open_here()) == ["A001", "A002"]
    assert int(open_here().check_in(Arrival()).ticket[1:]) > 4


def test_a_day_can_go_on_more_than_once(store: CheckInStore, journal: Path) -> None:
    store.check_in(Arrival(name="Zoë"))
    for number in (2, 3, 4):
        last = journal if number == 2 else journal.with_suffix(f".{number - 1}.jsonl")
        behind_the_last(last, b"\x01\n")
        store.check_in(Arrival(name="Anna"))
        assert journal.with_suffix(f".{number}.jsonl").exists()
    assert tickets(store) == ["A001", "A002", "A003", "A004"]
    found = store.days.verify(store.day)
    assert (found.damaged_line, found.garbage_bytes, found.lines) == (None, 6, 8)


def test_a_day_that_went_on_is_one_day_for_everything(
    store: CheckInStore, open_here: Open, journal: Path, clock: Any, tmp_path: Path
) -> None:
    first = store.check_in(Arrival(name="Zoë"))
    behind_the_last(journal, b"\x01\n")
    second = store.check_in(Arrival(name="Anna"))
    store.days.backup(tmp_path / "copy")
    rows = list(store.days.export(first.day, first.day, names=True))
    assert [row["name"] for row in rows] == ["Zoë", "Anna"]
    clock.move(days=1)
    assert store.check_in(Arrival()).ticket == "A001"
    assert store.days.verify(first.day).is_closed
    assert [figures.arrivals for figures in store.days.figures(first.day, first.day)] == [2]
    assert store.days.on_disk() == [first.day, store.day]
    clock.move(days=40)
    store.days.purge()
    assert not list(journal.parent.glob(f"{first.day}*"))
    elsewhere = open_here(location="downtown", keys_dir=tmp_path / "other")
    assert second.id not in [row["id"] for row in elsewhere.days.export(first.day, first.day)]


def test_a_power_cut_as_a_day_goes_on_is_made_good(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    store.check_in(Arrival())
    behind_the_last(journal, b"\x01\n")
    store.check_in(Arrival())
    further = journal.with_suffix(".2.jsonl")
    whole = further.read_bytes()
    head = whole.index(b"\n") + 1
    for size in (0, 10, head - 1, head):
        further.write_bytes(whole[:size])
        assert tickets(open_here()) == ["A001"]
        assert open_here().check_in(Arrival()).ticket == "A002"
        assert tickets(open_here()) == ["A001", "A002"]


def test_a_further_file_that_does_not_belong_there_is_damage(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    store.check_in(Arrival())
    behind_the_last(journal, b"\x01\n")
    store.check_in(Arrival())
    further = journal.with_suffix(".2.jsonl")
    further.write_bytes(
        further.read_bytes().replace(b'"continues":{"file":"2', b'"continues":{"file":"1')
    )
    with pytest.raises(StoreCorrupt):
        open_here().queue()


def test_a_further_file_that_does_not_say_behind_what_it_goes_on_is_damage(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    store.check_in(Arrival())
    journal.with_suffix(".2.jsonl").write_bytes(journal.read_bytes())
    with pytest.raises(StoreCorrupt, match=r"\.2\.jsonl"):
        open_here().queue()


def test_a_day_of_which_only_what_follows_is_left_is_not_begun_anew(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    store.check_in(Arrival())
    behind_the_last(journal, b"\x01\n")
    store.check_in(Arrival())
    journal.unlink()
    with pytest.raises(StoreCorrupt):
        open_here().check_in(Arrival())


def test_a_first_line_that_cannot_be_read_does_not_stop_a_day_that_has_nothing_else(
    store: CheckInStore, journal: Path
) -> None:
    journal.parent.mkdir(parents=True, mode=0o700)
    journal.write_bytes(b"\x01\x02\x03\n")
    journal.chmod(0o600)
    assert store.check_in(Arrival(name="Zoë")).ticket == "A001"
    assert store.days.verify(store.day).damaged_line is None


def test_a_day_whose_first_line_alone_is_damaged_goes_on_behind_nothing(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    assert store.call_for_help("kiosk 1").kind == "help_called"
    first = journal.read_bytes().partition(b"\n")[0]
    journal.write_bytes(first.replace(b'"n":1', b'"n":7') + b"\n\x01\n")  # its head can be read
    assert open_here().check_in(Arrival()).ticket == "A001"
    assert tickets(open_here()) == ["A001"]
    assert open_here().days.verify(store.day).damaged_line is None


def test_what_could_not_be_saved_is_not_cut_off(
    store: CheckInStore, open_here: Open, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.check_in(Arrival())
    behind_the_last(journal, b"0123456789abcdef")
    torn = journal.read_bytes()

    def fails(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fails)
        with pytest.raises(Exception, match="disk is full"):
            open_here().check_in(Arrival())
    assert journal.read_bytes() == torn
    assert open_here().check_in(Arrival()).ticket == "A002"
