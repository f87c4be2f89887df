"""Reads that fail or are cut short, and files that are not what they should be."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from benchmarks import faults
from db import Arrival, CheckInStore, NewerFormat, StoreUnavailable

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


@pytest.mark.parametrize("act", ["queue", "check_in", "call_next", "days.tend", "days.close"])
def test_a_bad_sector_in_the_middle_is_a_refusal_and_costs_nobody_their_place(
    store: CheckInStore, open_here: Open, journal: Path, act: str
) -> None:
    for _ in range(20):
        store.check_in(Arrival())
    whole = journal.read_bytes()
    other = open_here()
    more: dict[str, tuple[Any, ...]] = {"check_in": (Arrival(),), "call_next": ("1", "lin")}
    with bad_sector(len(whole) // 2), pytest.raises(StoreUnavailable, match="cannot be reached"):
        attrgetter(act)(other)(*more.get(act, ()))
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


@pytest.mark.wide
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
    assert other.call_next("1", "lin").ticket == "A001"
    assert [one.id for one in other.today()][1:] == ["kept"]
    assert open_here().today() == other.today() == store.today()


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
