"""What stands in the journal after power cuts, kills, full disks and vanished folders."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from db import Arrival, CheckInStore, StoreCorrupt, StoreFull, StoreUnavailable

Open = Callable[..., CheckInStore]
Beside = Callable[[str], subprocess.Popen[str]]


def tickets(store: CheckInStore) -> list[str]:
    return [one.ticket for one in store.today()]


def test_a_ticket_once_shown_survives_kill_9(open_here: Open, beside: Beside) -> None:
    writer = beside(
        "while True:\n"
        "    print(store.check_in(Arrival(name='Zoë', service='cupping')).ticket, flush=True)"
    )
    assert writer.stdout is not None
    shown = [writer.stdout.readline().strip() for _ in range(40)]
    writer.kill()
    shown += writer.stdout.read().split()
    store = open_here()
    assert tickets(store)[: len(shown)] == shown
    assert len(tickets(store)) <= len(shown) + 1
    assert {store.person(one).name for one in store.today()} == {"Zoë"}


def test_check_in_returns_only_after_the_sync(
    store: CheckInStore, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.check_in(Arrival())
    synced: list[int] = []
    sync = os.fdatasync

    def noted(handle: int) -> None:
        sync(handle)
        synced.append(os.fstat(handle).st_size)

    monkeypatch.setattr(os, "fdatasync", noted)
    store.check_in(Arrival())
    assert synced[-1] == journal.stat().st_size


def test_a_torn_end_is_set_aside_wherever_it_tore(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    for _ in range(3):
        store.check_in(Arrival(name="Zoë"))
    whole = journal.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for torn in range(last + 1, len(whole), 37):
        journal.write_bytes(whole[:torn])
        journal.with_suffix(".torn").unlink(missing_ok=True)
        again = open_here()
        assert tickets(again) == ["A001", "A002"]
        assert again.check_in(Arrival()).ticket == "A003"
        assert tickets(open_here()) == ["A001", "A002", "A003"]
        assert journal.with_suffix(".torn").read_bytes() == whole[last:torn] + b"\n"


def test_a_hole_in_the_last_line_is_a_torn_end_too(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    store.check_in(Arrival())
    store.check_in(Arrival())
    whole = journal.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    journal.write_bytes(whole[:last] + bytes(100) + whole[last + 100 :])
    again = open_here()
    assert tickets(again) == ["A001"]
    assert again.check_in(Arrival()).ticket == "A002"


@pytest.mark.parametrize("place", [0.1, 0.5, 0.7])
def test_damage_anywhere_else_is_refused_and_left_alone(
    store: CheckInStore, open_here: Open, journal: Path, place: float
) -> None:
    for _ in range(4):
        store.check_in(Arrival())
    damaged = bytearray(journal.read_bytes())
    at = int(len(damaged) * place)
    damaged[at] ^= 1
    line = damaged[:at].count(b"\n") + 1
    journal.write_bytes(damaged)
    again = open_here()
    for refused in (again.queue, again.health, lambda: again.check_in(Arrival())):
        with pytest.raises(StoreCorrupt) as corrupt:
            refused()
        assert (corrupt.value.file.name, corrupt.value.line) == (journal.name, line)
    assert journal.read_bytes() == damaged


def test_lines_of_another_day_are_not_at_home(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    store.check_in(Arrival())
    journal.rename(journal.with_name("2026-11-24.jsonl"))
    with pytest.raises(StoreCorrupt):
        open_here(time_zone="Pacific/Kiritimati", day_starts="00:00").today()


def test_a_full_disk_refuses_and_leaves_no_half_line(
    store: CheckInStore, open_here: Open, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.check_in(Arrival())
    before = journal.read_bytes()
    write = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) < 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreFull, match="disk is full"):
        store.check_in(Arrival())
    monkeypatch.undo()
    assert journal.read_bytes() == before
    assert tickets(store) == ["A001"]
    assert store.check_in(Arrival()).ticket == "A002"
    assert tickets(open_here()) == ["A001", "A002"]


def test_a_failed_sync_is_not_acknowledged_and_can_be_tried_again(
    store: CheckInStore, open_here: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_here()
    store.check_in(Arrival())
    seen: list[list[str]] = []

    def fails(handle: int) -> None:
        seen.append(tickets(other))  # a reader may be quicker than the refusal
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fdatasync", fails)
    with pytest.raises(StoreUnavailable, match="input/output error"):
        store.check_in(Arrival(name="Zoë"), id="one")
    monkeypatch.undo()
    assert seen == [["A001", "A002"]]
    assert tickets(store) == tickets(other) == ["A001"]
    assert store.check_in(Arrival(name="Zoë, again"), id="two").ticket == "A002"
    assert other.today() == store.today()


def test_a_reader_that_saw_a_refused_line_forgets_it(
    store: CheckInStore, open_here: Open, journal: Path
) -> None:
    store.check_in(Arrival())
    kept = journal.stat().st_size
    store.check_in(Arrival(service="refused"))
    other = open_here()
    assert len(other.today()) == 2
    with journal.open("r+b") as file:
        file.truncate(kept)
    store.close()
    store.check_in(Arrival(service="a-longer-one-than-the-one-refused"))
    assert [one.service for one in other.today()] == ["", "a-longer-one-than-the-one-refused"]


def test_a_folder_that_vanished_is_not_made_anew(store: CheckInStore, tmp_path: Path) -> None:
    store.check_in(Arrival())
    (tmp_path / "data").rename(tmp_path / "unplugged")
    for refused in (store.queue, store.health, lambda: store.check_in(Arrival())):
        with pytest.raises(StoreUnavailable):
            refused()
    assert not (tmp_path / "data").exists()
    (tmp_path / "unplugged").rename(tmp_path / "data")
    assert store.check_in(Arrival()).ticket == "A002"


def test_a_folder_that_was_replaced_gets_the_acknowledged_ticket(
    store: CheckInStore, open_here: Open, tmp_path: Path
) -> None:
    store.check_in(Arrival())
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "data" / "downtown").mkdir(parents=True)
    assert store.check_in(Arrival()).ticket == "A001"
    assert tickets(open_here()) == ["A001"]


def test_a_data_folder_that_cannot_be_made_is_a_refusal(open_here: Open, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    store = open_here()
    with pytest.raises(StoreUnavailable):
        store.queue()
    (tmp_path / "data").unlink()
    assert store.check_in(Arrival()).ticket == "A001"


def test_files_are_for_this_account_only(store: CheckInStore, tmp_path: Path) -> None:
    store.check_in(Arrival(name="Zoë"))
    for path in (tmp_path / "data", tmp_path / "keys"):
        for found in (path, *path.rglob("*")):
            assert found.stat().st_mode & 0o077 == 0, found.name
