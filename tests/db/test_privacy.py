"""Names and phones: sealed on disk, gone with their key."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, CheckInStore, DuplicateCheckIn, KeyMissing, Person, open_store

Open = Callable[..., CheckInStore]

ARRIVAL = Arrival(name="王小明", phone="13812345678")


def everything(folder: Path) -> bytes:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return b"\n".join(path.read_bytes() + path.name.encode() for path in files)


def test_no_file_and_no_log_holds_a_name_or_a_phone(
    store: CheckInStore, tmp_path: Path, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    check_in = store.check_in(ARRIVAL)
    with pytest.raises(DuplicateCheckIn) as refused:
        store.check_in(ARRIVAL)
    store.call(check_in.id, "1", "lin")
    clock.move(days=1)
    store.check_in(Arrival(name="O'Neill", phone="+442079460018"))
    written = everything(tmp_path / "data") + everything(tmp_path / "keys")
    told = (caplog.text + str(refused.value) + repr(store.today())).encode()
    for secret in ("王小明", "\\u738b", "1381234", "O'Neill", "2079460018"):
        assert secret.encode() not in written + told


def keys_in(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "keys").glob("*.key"))


def test_a_day_whose_key_is_lost_goes_on_with_another(
    store: CheckInStore, open_here: Open, tmp_path: Path
) -> None:
    check_in = store.check_in(ARRIVAL)
    assert store.person(check_in) == Person("王小明", "+8613812345678")
    [key] = keys_in(tmp_path)
    kept = key.read_bytes()
    key.unlink()
    for one in (store, open_here()):
        assert one.queue() == [check_in]
        with pytest.raises(KeyMissing, match="key"):
            one.person(check_in)
    assert store.check_in(Arrival(urgent=True)).ticket == "A002"
    assert keys_in(tmp_path) == []
    zoe = store.check_in(Arrival(name="Zoë"))
    anna = open_here().check_in(Arrival(name="Anna"))
    assert len(keys_in(tmp_path)) == 1
    key.write_bytes(kept)
    people = [open_here().person(one).name for one in (check_in, zoe, anna)]
    assert people == ["王小明", "Zoë", "Anna"]


def test_a_name_can_be_corrected_though_the_day_has_lost_its_key(
    store: CheckInStore, tmp_path: Path
) -> None:
    check_in = store.check_in(ARRIVAL)
    keys_in(tmp_path)[0].unlink()
    corrected = store.amend(check_in.id, "lin", name="王小红")
    assert store.person(corrected) == Person("王小红", "")
    assert not corrected.has_phone


def test_a_blob_moved_to_another_check_in_does_not_open(
    store: CheckInStore, open_here: Open
) -> None:
    one = store.check_in(ARRIVAL)
    two = store.check_in(Arrival(name="Zoë"))
    with store.database() as database:
        table = database.table("checkins")
        stolen = table.get(doc_id=one.number)
        assert stolen is not None
        table.update({"sealed": stolen["sealed"]}, doc_ids=[two.number])
    with pytest.raises(KeyMissing):
        store.person(two)


def test_every_day_has_a_key_of_its_own(store: CheckInStore, tmp_path: Path, clock: Any) -> None:
    store.check_in(ARRIVAL)
    clock.move(days=1)
    store.check_in(ARRIVAL)
    keys = [path.read_bytes() for path in keys_in(tmp_path)]
    assert len(set(keys)) == 2


def test_data_folders_that_share_a_key_folder_share_no_key(
    store: CheckInStore, tmp_path: Path, clock: Any
) -> None:
    check_in = store.check_in(ARRIVAL)
    demo = open_store(
        tmp_path / "demo",
        "downtown",
        keys_dir=tmp_path / "keys",
        time_zone="Asia/Shanghai",
        clock=clock,
    )
    demo.check_in(ARRIVAL)
    demo.close()
    assert len(keys_in(tmp_path)) == 2
    assert store.person(check_in).name == "王小明"


def test_the_length_of_a_name_does_not_show(store: CheckInStore) -> None:
    for name in ("Li", "Wolfeschlegelsteinhausen"):
        store.check_in(Arrival(name=name))
    with store.database() as database:
        blobs = [document["sealed"] for document in database.table("checkins")]
    assert len(blobs[0]) == len(blobs[1])
