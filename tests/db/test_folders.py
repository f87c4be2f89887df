"""Folders that are not there, are another's, or have lost what belongs to them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, CheckInStore, KeyMissing, StoreUnavailable

Open = Callable[..., CheckInStore]
ZOE = Arrival(name="Zoë", phone="13812345678")


def test_a_folder_that_this_machine_had_is_not_made_anew_beneath_its_mount(
    open_here: Open, tmp_path: Path
) -> None:
    open_here().check_in(ZOE)
    (tmp_path / "data").rename(tmp_path / "unmounted")
    for make in (False, True):
        if make:
            (tmp_path / "data").mkdir()  # the mount's own place
        other = open_here()
        for refused in (other.queue, other.health, other.days.tend, other.call_for_help):
            with pytest.raises(StoreUnavailable, match="not mounted"):
                refused(*["lobby"] * (refused == other.call_for_help))
    assert list((tmp_path / "data").iterdir()) == []
    (tmp_path / "data").rmdir()
    (tmp_path / "unmounted").rename(tmp_path / "data")
    assert open_here().check_in(Arrival()).ticket == "A002"


def test_another_folder_in_its_place_is_refused_until_somebody_says_that_it_is_meant(
    open_here: Open, tmp_path: Path
) -> None:
    open_here(keys_dir=tmp_path / "others").check_in(ZOE)
    (tmp_path / "data").rename(tmp_path / "beneath")
    open_here().check_in(ZOE)
    (tmp_path / "data").rename(tmp_path / "unmounted")
    (tmp_path / "beneath").rename(tmp_path / "data")
    other = open_here()
    for refused in (other.days.tend, other.health, lambda: other.check_in(Arrival())):
        with pytest.raises(StoreUnavailable, match=r"remove the file \.place"):
            refused()
    (tmp_path / "data" / "downtown" / ".place").unlink()
    assert open_here().check_in(Arrival()).ticket == "A002"


def test_a_path_that_is_new_to_this_machine_is_a_first_start(
    open_here: Open, tmp_path: Path
) -> None:
    open_here().check_in(ZOE)
    assert open_here(location="minhang").check_in(ZOE).ticket == "A001"
    notes = [json.loads(note.read_bytes()) for note in (tmp_path / "keys").glob("*.folder")]
    assert {Path(note["path"]).name for note in notes} == {"downtown", "minhang"}
    assert len({note["id"] for note in notes}) == 2


def test_a_data_folder_that_came_from_another_machine_goes_on_the_same_day(
    open_here: Open, tmp_path: Path
) -> None:
    zoe = open_here().check_in(ZOE)
    other = open_here(keys_dir=tmp_path / "new")
    assert other.queue() == [zoe]
    anna = other.check_in(Arrival(name="Anna"))
    assert anna.ticket == "A002"
    assert other.person(anna).name == "Anna"
    with pytest.raises(KeyMissing):
        other.person(zoe)


def test_keys_that_were_not_mounted_this_morning_are_used_when_they_are_back(
    open_here: Open, clock: Any, tmp_path: Path
) -> None:
    open_here().check_in(ZOE)
    (tmp_path / "keys").rename(tmp_path / "unmounted")
    clock.move(days=1)
    morning = open_here().check_in(Arrival(name="Anna"))
    beneath = list((tmp_path / "keys").glob("*.key"))
    assert len(beneath) == 1
    shutil.rmtree(tmp_path / "keys")
    (tmp_path / "unmounted").rename(tmp_path / "keys")
    store = open_here()
    noon = store.check_in(ZOE)
    assert store.person(noon).name == "Zoë"
    with pytest.raises(KeyMissing):
        store.person(morning)
    assert [one.ticket for one in store.queue()] == ["A001", "A002"]


def test_where_no_key_can_be_made_people_without_a_name_check_in_all_the_same(
    open_here: Open, clock: Any, tmp_path: Path
) -> None:
    (tmp_path / "keys").write_text("in the way")
    store = open_here()
    assert store.check_in(Arrival(service="cupping")).ticket == "A001"
    with pytest.raises(KeyMissing):
        store.check_in(ZOE)
    clock.move(days=1)
    assert store.check_in(Arrival()).ticket == "A001"
    (tmp_path / "keys").unlink()
    assert store.person(store.check_in(ZOE)).name == "Zoë"


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 32 + b"x", b"short"])
def test_a_key_that_a_power_cut_left_empty_is_followed_by_another(
    store: CheckInStore, open_here: Open, tmp_path: Path, spoilt: bytes
) -> None:
    zoe = store.check_in(ZOE)
    [key] = (tmp_path / "keys").glob("*.key")
    key.write_bytes(spoilt)
    other = open_here()
    with pytest.raises(KeyMissing):
        other.person(zoe)
    anna = other.check_in(Arrival(name="Anna"))
    assert other.person(anna).name == "Anna"


@pytest.fixture
def foreign(tmp_path: Path) -> Callable[[Path], None]:
    """Give what is in a folder to another account."""
    if os.getuid() != 0:
        pytest.skip("only root may give a file away")

    def give(folder: Path) -> None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 65534, 65534)

    return give


def test_root_may_read_the_kiosks_folder_and_writes_nothing_there(
    store: CheckInStore, open_here: Open, tmp_path: Path, foreign: Callable[[Path], None]
) -> None:
    zoe = store.check_in(ZOE)
    foreign(tmp_path / "data")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "data").rglob("*")}
    root = open_here()
    assert root.queue() == [zoe]
    assert root.days.verify(root.day).damaged_line is None
    assert root.days.figures(root.day, root.day)[0].arrivals == 1
    for refused in (
        lambda: root.check_in(Arrival()),
        root.days.close,
        root.days.tend,
        root.days.purge,
        root.health,
        lambda: root.mark_present("lin"),
        lambda: root.call_next("1", "lin"),
    ):
        with pytest.raises(StoreUnavailable, match="account"):
            refused()
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "data").rglob("*")}
    assert after == before


def test_root_makes_no_folder_in_another_accounts(
    open_here: Open, tmp_path: Path, foreign: Callable[[Path], None]
) -> None:
    (tmp_path / "data").mkdir()
    foreign(tmp_path / "data")
    with pytest.raises(StoreUnavailable, match="nobody"):
        open_here().check_in(Arrival())
    assert list((tmp_path / "data").iterdir()) == []


def test_a_journal_that_root_made_is_not_written_by_another(
    store: CheckInStore, open_here: Open, journal: Path, foreign: Callable[[Path], None]
) -> None:
    store.check_in(ZOE)
    os.chown(journal, 65534, 65534)
    other = open_here()
    assert len(other.queue()) == 1
    with pytest.raises(StoreUnavailable, match="account"):
        other.check_in(Arrival())


def test_a_disk_that_went_read_only_by_itself_is_not_healthy(
    store: CheckInStore, open_here: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.check_in(Arrival())
    real = os.open

    def read_only(path: Any, flags: int, *args: Any, **more: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(30, os.strerror(30))
        return real(path, flags, *args, **more)

    monkeypatch.setattr(os, "open", read_only)
    for one in (store, open_here()):
        with pytest.raises(StoreUnavailable, match="read-only"):
            one.health()
