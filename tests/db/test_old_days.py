"""Whatever has become of an old day, today goes on, and it is named."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, CheckInStore, StoreUnavailable

Open = Callable[..., CheckInStore]
FIRST = date(2026, 11, 23)
Spoil = Callable[[Path], object]


def unreadable(path: Path) -> None:
    """Put a folder in a file's place: whoever is root can read anything else."""
    path.unlink()
    path.mkdir()


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


SPOILS: dict[str, Spoil] = {
    "a folder in its place": unreadable,
    "a pipe in its place": lambda path: (path.unlink(), os.mkfifo(path)),
    "a link to nowhere": lambda path: (path.unlink(), path.symlink_to("nowhere")),
    "empty": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(bytes(range(256)) * 9),
    "a flipped bit": flipped,
    "only its first line": lambda path: path.write_bytes(path.read_bytes().split(b"\n")[0]),
    "a newer format": lambda path: path.write_bytes(
        path.read_bytes().replace(b'"format":2', b'"format":9', 1)
    ),
}


@pytest.mark.parametrize("spoil", SPOILS)
@pytest.mark.parametrize("later", [1, 31, 32])
def test_an_old_day_never_stops_today(
    store: CheckInStore, open_here: Open, clock: Any, journal: Path, spoil: str, later: int
) -> None:
    for _ in range(4):
        store.check_in(Arrival(name="Zoë"))
    SPOILS[spoil](journal)
    clock.move(days=later)
    for one in (store, open_here()):
        for id_ in (None, "one", "two"):
            one.check_in(Arrival(name="王小明"), id=id_)
    other = open_here()
    other.days.tend()
    assert len(other.queue()) == 4
    assert other.call_next("1", "lin").ticket == "A001"
    assert other.days.figures(FIRST, other.day)[-1].arrivals == 4


@pytest.mark.parametrize(
    "name", ["20261001.jsonl", "2026-W40-4.jsonl", "2026-13-45.jsonl", "x.jsonl", "2026-1-1.jsonl"]
)
def test_a_file_with_a_strange_name_is_nobodys_day(
    store: CheckInStore, clock: Any, journal: Path, name: str
) -> None:
    store.check_in(Arrival())
    (journal.parent / name).mkdir()
    clock.move(days=1)
    assert store.check_in(Arrival()).ticket == "A001"
    assert store.days.on_disk() == [FIRST, FIRST + timedelta(days=1)]
    assert store.days.strangers() == [name]


@pytest.mark.parametrize("error", [errno.EIO, errno.EMFILE, errno.EACCES])
def test_yesterday_that_cannot_be_read_refuses_nobody(
    store: CheckInStore,
    open_here: Open,
    clock: Any,
    journal: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: int,
) -> None:
    store.check_in(Arrival(name="Zoë"), id="before")
    clock.move(days=1)
    real = os.open

    def fails(path: Any, *args: Any, **more: Any) -> int:
        if str(path) == str(journal):
            raise OSError(error, os.strerror(error))
        return real(path, *args, **more)

    monkeypatch.setattr(os, "open", fails)
    for one in (store, open_here()):
        assert one.check_in(Arrival(name="Zoë"), id=f"{id(one)}").day == one.day


def days_pass(store: CheckInStore, clock: Any, days: int) -> None:
    for _ in range(days):
        clock.move(days=1)
        store.check_in(Arrival(name="Zoë"))


def test_a_day_that_cannot_be_removed_does_not_keep_others_from_it(
    store: CheckInStore, clock: Any, journal: Path
) -> None:
    store.check_in(Arrival(name="Zoë"))
    days_pass(store, clock, 3)
    for n in range(3):
        stuck = journal.with_name(f"{FIRST + timedelta(days=n)}.jsonl")
        unreadable(stuck)
        (stuck / "inside").touch()
    days_pass(store, clock, 35)
    left = [day for day in store.days.on_disk() if day < store.day - timedelta(days=30)]
    assert left == [FIRST + timedelta(days=n) for n in range(3)]
    purged = store.days.purge()
    assert [trouble.day for trouble in purged.failed] == left
    assert "." in purged.failed[0].sentence
    assert str(journal.parent) not in purged.failed[0].sentence


def test_what_went_wrong_with_a_day_is_in_the_log_without_a_path(
    store: CheckInStore, clock: Any, journal: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    store.check_in(Arrival())
    unreadable(journal)
    clock.move(days=1)
    store.check_in(Arrival())
    assert str(FIRST) in caplog.text
    assert str(journal.parent) not in caplog.text


def test_one_day_that_cannot_be_read_stops_neither_backup_nor_figures(
    store: CheckInStore, clock: Any, journal: Path, tmp_path: Path
) -> None:
    store.check_in(Arrival())
    days_pass(store, clock, 2)
    unreadable(journal)
    last = store.day
    made = store.days.backup(tmp_path / "copy")
    assert made.days == [last - timedelta(days=1), last]
    assert [trouble.day for trouble in made.troubles] == [FIRST]
    (journal.parent / "figures" / f"{FIRST}.json").write_text("{")
    troubles: list[Any] = []
    assert [found.day for found in store.days.figures(FIRST, last, troubles)] == made.days
    assert [trouble.day for trouble in troubles] == [FIRST]
    with pytest.raises(StoreUnavailable):
        store.days.verify(FIRST)
    rows = list(store.days.export(FIRST, last, troubles=(more := [])))
    assert (len(rows), [trouble.day for trouble in more]) == (2, [FIRST])


@pytest.mark.parametrize("wrong", ['"day":"2026-11-22"', '"arrivals":-8', '"arrivals":"many"'])
def test_figures_that_cannot_be_are_left_out(
    store: CheckInStore, clock: Any, journal: Path, wrong: str
) -> None:
    store.check_in(Arrival())
    days_pass(store, clock, 1)
    path = journal.parent / "figures" / f"{FIRST}.json"
    name = wrong.partition(":")[0]
    start = path.read_text().index(name)
    stop = path.read_text().index(",", start)
    path.write_text(path.read_text()[:start] + wrong + path.read_text()[stop:])
    assert [found.day for found in store.days.figures(FIRST, store.day)] == [store.day]


@pytest.mark.parametrize("kept", [1, 2, 3, 4])
def test_a_purge_that_was_killed_is_finished_by_the_next(
    store: CheckInStore, open_here: Open, clock: Any, journal: Path, kept: int
) -> None:
    store.check_in(Arrival(name="Zoë"))
    clock.move(days=1)
    store.check_in(Arrival())
    journal.with_suffix(".torn").write_bytes(b"x")
    journal.with_suffix(".damaged").write_bytes(b"x")
    clock.move(days=60)
    unlinked = 0
    real = Path.unlink

    def killed(path: Path, missing_ok: bool = False) -> None:
        nonlocal unlinked
        unlinked += path.name.startswith(str(FIRST))
        if unlinked == kept:
            raise KeyboardInterrupt
        real(path, missing_ok=missing_ok)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            store.days.purge()
    assert journal.exists(), "it goes last"
    other = open_here()
    assert FIRST in other.days.purge().records
    assert not list(journal.parent.glob(f"{FIRST}.*"))
    receipt = (journal.parent / "receipts" / f"{FIRST}.json").read_text()
    assert '"lines":3' in receipt


def test_files_left_of_a_day_without_its_journal_are_removed_in_their_time(
    store: CheckInStore, clock: Any, journal: Path
) -> None:
    store.check_in(Arrival(name="Zoë"))
    days_pass(store, clock, 1)
    journal.unlink()
    days_pass(store, clock, 31)
    assert not list(journal.parent.glob(f"{FIRST}.*"))


def keys_of(tmp_path: Path, day: date) -> list[Path]:
    return list((tmp_path / "keys").glob(f"*-{day}-*.key"))


def test_the_key_of_a_day_whose_first_line_is_damaged_is_destroyed_too(
    store: CheckInStore, clock: Any, journal: Path, tmp_path: Path
) -> None:
    store.check_in(Arrival(name="Zoë"))
    data = bytearray(journal.read_bytes())
    data[40] ^= 1
    journal.write_bytes(data)
    days_pass(store, clock, 8)
    assert keys_of(tmp_path, FIRST) == []
    assert keys_of(tmp_path, store.day)


def test_both_keys_of_a_day_that_lost_one_are_destroyed(
    store: CheckInStore, clock: Any, tmp_path: Path
) -> None:
    store.check_in(Arrival(name="Zoë"))
    [key] = keys_of(tmp_path, FIRST)
    kept = key.read_bytes()
    key.unlink()
    store.check_in(Arrival(name="Anna"))
    key.write_bytes(kept)
    assert len(keys_of(tmp_path, FIRST)) == 2
    days_pass(store, clock, 8)
    assert keys_of(tmp_path, FIRST) == []
    receipt = tmp_path / "data" / "downtown" / "receipts" / f"{FIRST}.names.json"
    assert key.stem[-16:] in receipt.read_text()


def test_a_first_check_in_that_is_refused_again_and_again_makes_one_key(
    store: CheckInStore, open_here: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", full)
        for _ in range(5):
            with pytest.raises(Exception, match="full"):
                open_here().check_in(Arrival(name="Zoë"))
    assert len(keys_of(tmp_path, FIRST)) == 1
    assert store.person(store.check_in(Arrival(name="Zoë"))).name == "Zoë"
    assert len(keys_of(tmp_path, FIRST)) == 1


def test_names_go_in_their_time_though_nobody_checks_in(
    store: CheckInStore, clock: Any, tmp_path: Path
) -> None:
    zoe = store.check_in(Arrival(name="Zoë"))
    for _ in range(8):
        assert store.person(zoe).name == "Zoë"
        clock.move(days=1)
        store.days.tend()
        store.days.tend()
    assert keys_of(tmp_path, FIRST) == []
    assert store.days.verify(FIRST).is_closed
    assert store.days.on_disk() == [FIRST]


def test_looking_after_a_store_that_was_never_used_makes_nothing(
    store: CheckInStore, tmp_path: Path
) -> None:
    store.days.tend()
    assert list(tmp_path.iterdir()) == []


def test_a_machine_that_was_off_for_long_removes_nothing_on_its_first_day(
    store: CheckInStore, clock: Any
) -> None:
    zoe = store.check_in(Arrival(name="Zoë"))
    clock.move(days=20)
    store.days.tend()
    assert store.person(zoe).name == "Zoë"
    clock.move(days=1)
    store.days.tend()
    assert store.days.overdue().names == []
