"""Reads that fail or are cut short, and files whose ends or middles cannot be read."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks import faults
from db import Arrival, CheckInStore, NewerFormat, StoreCorrupt, StoreUnavailable

Open = Callable[..., CheckInStore]


def tickets(store: CheckInStore) -> list[str]:
    return [one.ticket for one in store.today()]


@contextmanager
def bad_sector(at: int) -> Iterator[None]:
    """Linux gives what stands before a bad sector, and EIO only when it is asked for the rest."""
    real = os.pread

    def pread(handle: int, size: int, start: int) -> bytes:
        if start >= at:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(handle, min(size, at - start), start)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "pread", pread)
        yield


@pytest.mark.parametrize("act", ["queue", "check_in", "call_next", "tend", "close_day"])
def test_a_bad_sector_in_the_middle_is_a_refusal_and_costs_nobody_their_place(
    store: CheckInStore, open_here: Open, journal: Path, act: str
) -> None:
    for _ in range(20):
        store.check_in(Arrival())
    whole = journal.read_bytes()
    other = open_here()
    more: dict[str, tuple[Any, ...]] = {"check_in": (Arrival(),), "call_next": ("1", "lin")}
    with bad_sector(len(whole) // 2), pytest.raises(StoreUnavailable, match="cannot be reached"):
        getattr(other, act)(*more.get(act, ()))
    assert journal.read_bytes() == whole
    assert not journal.with_suffix(".torn").exists()
    assert len(tickets(other)) == 20
    assert other.check_in(Arrival()).ticket == "A021"


def test_a_read_that_gives_nothing_where_there_is_something_is_a_refusal(
    store: CheckInStore, open_here: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(9):
        store.check_in(Arrival())
    real = os.pread
    with monkeypatch.context() as patched:
        patched.setattr(
            os, "pread", lambda handle, size, at: b"" if at else real(handle, min(size, 1500), at)
        )
        other = open_here()
        for refused in (other.queue, lambda: other.check_in(Arrival())):
            with pytest.raises(StoreUnavailable):
                refused()
    assert other.check_in(Arrival()).ticket == "A010"


def test_a_read_that_gives_a_part_is_read_on(
    store: CheckInStore, open_here: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(9):
        store.check_in(Arrival())
    real = os.pread
    monkeypatch.setattr(os, "pread", lambda handle, size, at: real(handle, min(size, 700), at))
    other = open_here()
    assert len(tickets(other)) == 9
    assert other.check_in(Arrival()).ticket == "A010"
    assert other.days.verify(other.day).lines == 11


def test_every_call_may_fail_while_another_process_reads() -> None:
    some = [kind for kind in faults.KINDS if kind.name in ("pread", "fdatasync", "flock", "stat")]
    count, problems = faults.fail_everywhere(some, ["check in", "first of a day", "erase"])
    assert count > 50
    assert problems == []


def cut_off_after_it_was_read(
    store: CheckInStore, others: list[CheckInStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check-in whose sync fails when everybody else has read it."""

    def fails(handle: int) -> None:
        for other in others:
            assert tickets(other)[-1] == "A002"
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", fails)
        with pytest.raises(StoreUnavailable):
            store.check_in(Arrival(), id="lost")


def test_a_line_that_was_refused_is_never_built_on(
    store: CheckInStore, open_here: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [open_here(), open_here()]
    store.check_in(Arrival())
    cut_off_after_it_was_read(store, others, monkeypatch)
    # As long as the one that was cut off, so that the file has the size it had.
    assert store.check_in(Arrival(), id="kept").ticket == "A002"
    assert [one.id for one in others[0].today()][1:] == ["kept"]
    assert others[1].check_in(Arrival()).ticket == "A003"
    assert tickets(store) == tickets(open_here()) == ["A001", "A002", "A003"]
    assert store.days.verify(store.day).damaged_line is None


def test_whoever_has_read_a_refused_line_and_writes_first_finds_it_gone(
    store: CheckInStore, open_here: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, third = open_here(), open_here()
    store.check_in(Arrival())
    cut_off_after_it_was_read(store, [other], monkeypatch)
    third.check_in(Arrival(), id="kept")
    assert other.call_next("1", "lin").ticket == "A001"  # type: ignore[union-attr]
    assert [one.id for one in other.today()][1:] == ["kept"]
    assert open_here().today() == other.today() == store.today()


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
    assert store.call_next("1", "lin").ticket == "A001"  # type: ignore[union-attr]
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


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_something_else_in_the_place_of_a_journal_is_a_refusal(
    store: CheckInStore, journal: Path, kind: str
) -> None:
    store.check_in(Arrival())
    journal.unlink()
    if kind == "folder":
        journal.mkdir()
    else:
        os.mkfifo(journal)
    for refused in (store.queue, lambda: store.check_in(Arrival())):
        with pytest.raises(StoreUnavailable):
            refused()


def test_a_day_of_a_newer_version_is_named_and_left_alone(
    store: CheckInStore, open_here: Open, journal: Path, clock: Any
) -> None:
    store.check_in(Arrival())
    newer = journal.read_bytes().replace(b'"format":2', b'"format":3', 1)
    journal.write_bytes(newer)
    other = open_here()
    for refused in (other.queue, other.health, lambda: other.check_in(Arrival())):
        with pytest.raises(NewerFormat, match="newer version"):
            refused()
    with pytest.raises(StoreUnavailable, match="newer version"):
        other.days.verify(other.day)
    clock.move(days=1)
    assert other.check_in(Arrival()).ticket == "A001"
    assert journal.read_bytes() == newer
