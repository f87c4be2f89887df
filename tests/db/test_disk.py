"""Disks that are full, read-only, slow to lose power, or replaced in the middle of it all."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import many_processes, power_cuts
from db import Arrival, CheckInStore, StoreFull, StoreUnavailable
from db.privacy.keys import DayKeys
from db.privacy.people import People

Open = Callable[..., CheckInStore]


def test_power_cuts_lose_nothing_that_was_acknowledged() -> None:
    assert power_cuts.cut_the_power(60) == []


@pytest.mark.parametrize("without", ["sync", "sync_folder"])
def test_the_simulation_notices_a_store_that_does_not_sync(without: str) -> None:
    assert power_cuts.cut_the_power(15, [without]) != []


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # the children never return
def test_random_kills_of_several_writers_lose_nothing() -> None:
    result = many_processes.kill_at_random(15)
    assert result.acknowledged > 0
    assert result.lost == result.unreadable == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB where the data will lie."""
    folder = tmp_path / "data"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "small", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small file system")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_disk_that_is_really_full_refuses_and_recovers(
    store: CheckInStore, small_disk: Path
) -> None:
    store.check_in(Arrival())
    store.health()
    (small_disk / "ballast").write_bytes(bytes(1_900_000))
    with pytest.raises(StoreFull):
        store.health()
    given = ["A001"]

    def fill() -> None:
        while True:
            given.append(store.check_in(Arrival(name="Zoë")).ticket)

    with pytest.raises(StoreFull):
        fill()
    assert len(given) > 10
    for _ in range(3):
        with pytest.raises(StoreFull):
            store.check_in(Arrival(name="Zoë", consent="x" * 80))
    assert [one.ticket for one in store.today()] == given
    (small_disk / "ballast").unlink()
    assert store.check_in(Arrival()).ticket == f"A{len(given) + 1:03d}"
    assert store.days.verify(store.day).damaged_line is None


def test_a_read_only_disk_can_be_read_and_recovers(store: CheckInStore, small_disk: Path) -> None:
    first = store.check_in(Arrival())

    def remount(how: str) -> None:
        command = ["mount", "-o", f"remount,{how}", str(small_disk)]
        subprocess.run(command, check=True)

    store.close()
    remount("ro")
    for refused in (store.health, lambda: store.check_in(Arrival())):
        with pytest.raises(StoreUnavailable):
            refused()
    assert store.queue() == [first]
    remount("rw")
    store.health()
    assert store.check_in(Arrival()).ticket == "A002"


def make_anew(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def test_a_folder_replaced_before_a_line_is_written_gives_no_ticket(
    store: CheckInStore, open_here: Open, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.check_in(Arrival())
    sealed = People.sealed

    def replaced(*args: Any) -> Any:
        make_anew(journal.parent)
        return sealed(*args)

    with monkeypatch.context() as patched:
        patched.setattr(People, "sealed", replaced)
        with pytest.raises(StoreUnavailable, match="Try again"):
            store.check_in(Arrival())
    assert store.check_in(Arrival()).ticket == "A001"
    assert open_here().days.verify(store.day).damaged_line is None


def test_a_folder_replaced_and_used_by_others_as_the_day_begins_is_not_damaged(
    store: CheckInStore, open_here: Open, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.queue()
    make = DayKeys.make

    def replaced(*args: Any) -> str:
        monkeypatch.setattr(DayKeys, "make", make)
        make_anew(journal.parent)
        open_here().check_in(Arrival())
        return make(*args)

    monkeypatch.setattr(DayKeys, "make", replaced)
    with pytest.raises(StoreUnavailable):
        store.check_in(Arrival())
    assert store.check_in(Arrival()).ticket == "A002"
    assert store.days.verify(store.day).damaged_line is None


def test_a_folder_replaced_while_a_line_is_synced_gives_no_ticket(
    store: CheckInStore, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store.check_in(Arrival())
    sync = os.fdatasync
    syncing, release = threading.Event(), threading.Event()

    def slow(handle: int) -> None:
        syncing.set()
        release.wait(10)
        sync(handle)

    outcome: list[Any] = []

    def write() -> None:
        try:
            outcome.append(store.call(first.id, "1", "lin"))
        except StoreUnavailable as refused:
            outcome.append(refused)

    monkeypatch.setattr(os, "fdatasync", slow)
    writer = threading.Thread(target=write)
    writer.start()
    assert syncing.wait(10)
    make_anew(journal.parent)
    with pytest.raises(StoreUnavailable):
        store.queue()
    release.set()
    writer.join()
    assert isinstance(outcome[0], StoreUnavailable)
    assert store.queue() == []
    assert store.check_in(Arrival()).ticket == "A001"


def test_a_check_in_typed_over_the_end_of_the_day_counts_for_the_new_one(
    store: CheckInStore, clock: Any
) -> None:
    store.check_in(Arrival())
    clock.move(hours=17.99)
    typed = Arrival(name="Zoë")
    clock.move(hours=0.02)
    check_in = store.check_in(typed)
    assert (check_in.ticket, check_in.day.day) == ("A001", 24)
    assert store.person(check_in).name == "Zoë"
