"""Backups of damaged days, half a backup, and what is damaged where one is brought back."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import (
    Arrival,
    CheckInStore,
    HashCost,
    Role,
    StoreError,
    WrongPin,
    open_accounts,
    open_store,
)
from kiosk.commands import store as store_commands

Open = Callable[..., CheckInStore]
Run = Callable[..., int]
SPAN = ("--from", "2026-11-23", "--to", "2026-11-24")


def rows(store: CheckInStore) -> list[dict[str, Any]]:
    first, *_, last = [*store.days.on_disk(), store.day]
    return list(store.days.export(first, last))


def damage(journal: Path) -> bytes:
    damaged = journal.read_bytes().replace(b"waiting", b"wanting", 1)
    journal.write_bytes(damaged)
    return damaged


def test_a_damaged_day_is_copied_whole_and_named(
    run: Run, store: CheckInStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(5):
        store.check_in(Arrival())
    journal = tmp_path / "data" / "downtown" / "2026-11-24.jsonl"
    damaged = damage(journal)
    assert run("backup", str(tmp_path / "copy")) == store_commands.DAMAGED
    assert (tmp_path / "copy" / journal.name).read_bytes() == damaged
    assert "2026-11-24: It is damaged at line 2" in capsys.readouterr().err


def test_a_damaged_day_comes_back_as_it_was_and_is_still_named(
    two_days: CheckInStore, other: CheckInStore, tmp_path: Path
) -> None:
    journal = tmp_path / "data" / "downtown" / "2026-11-23.jsonl"
    damaged = damage(journal)
    two_days.days.backup(tmp_path / "copy")
    assert len(other.days.restore(tmp_path / "copy").days) == 2
    assert (tmp_path / "new" / "downtown" / journal.name).read_bytes() == damaged
    assert other.days.verify(other.days.on_disk()[0]).damaged_line == 2


@pytest.mark.parametrize("wrong", ["damaged", "torn", "garbage", "a folder", "cut"])
def test_a_day_that_is_damaged_here_is_healed_and_kept_beside(
    two_days: CheckInStore, open_here: Open, tmp_path: Path, wrong: str
) -> None:
    for _ in range(3):
        two_days.check_in(Arrival())
    before = two_days.today()
    two_days.days.backup(tmp_path / "copy")
    two_days.close()
    journal = tmp_path / "data" / "downtown" / "2026-11-24.jsonl"
    whole = journal.read_bytes()
    match wrong:
        case "damaged":
            damage(journal)
        case "torn":
            journal.write_bytes(whole[:-30])
        case "garbage":
            journal.write_bytes(whole[:-900] + b"\x01" * 899 + b"\n")
        case "a folder":
            journal.unlink()
            journal.mkdir()
        case "cut":
            journal.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    restored = open_here().days.restore(tmp_path / "copy")
    assert open_here().today() == before
    assert journal.read_bytes() == whole
    assert [day.day for day in restored.days] == [24]
    kept = list(journal.parent.glob("2026-11-24*.damaged"))
    assert len(kept) == len(restored.healed) == (wrong not in ("torn", "cut"))
    assert open_here().check_in(Arrival()).ticket == "A005"


def test_a_day_with_more_here_than_in_the_backup_is_never_replaced_though_it_is_damaged(
    two_days: CheckInStore, open_here: Open, tmp_path: Path
) -> None:
    two_days.days.backup(tmp_path / "copy")
    for _ in range(4):
        two_days.check_in(Arrival())
    journal = tmp_path / "data" / "downtown" / "2026-11-24.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:4], b"x\n", *lines[5:]]))
    before = journal.read_bytes()
    with pytest.raises(StoreError, match="newer"):
        open_here().days.restore(tmp_path / "copy")
    assert journal.read_bytes() == before


def test_half_a_backup_is_none(
    two_days: CheckInStore, other: CheckInStore, clock: Any, tmp_path: Path
) -> None:
    clock.move(days=1)
    two_days.check_in(Arrival(name="Zoë"))
    two_days.days.purge(0)
    for spoil in (
        lambda copy: (copy / "2026-11-23.jsonl").unlink(),
        lambda copy: [path.unlink() for path in copy.glob("*.jsonl")],
        lambda copy: (copy / "figures" / "2026-11-23.json").write_text("{"),
        lambda copy: (copy / "figures" / "2026-11-23.json").unlink(),
        lambda copy: (copy / "backup.json").write_text("[" * 5000),
        lambda copy: (copy / "backup.json").unlink(),
        lambda copy: (copy / "2026-11-23.jsonl").write_bytes(b""),
    ):
        copy = tmp_path / f"copy-{id(spoil)}"
        two_days.days.backup(copy)
        spoil(copy)
        with pytest.raises(StoreError):
            other.days.restore(copy)
        assert other.days.on_disk() == []
        assert not list((tmp_path / "new").rglob("*.json*"))


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
@pytest.mark.parametrize("name", ["2026-11-23.jsonl", "figures/2026-11-23.json"])
def test_a_restore_takes_regular_files_only(
    two_days: CheckInStore, other: CheckInStore, tmp_path: Path, kind: str, name: str
) -> None:
    two_days.days.backup(tmp_path / "copy")
    path = tmp_path / "copy" / name
    whole = path.read_bytes()
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        (tmp_path / "elsewhere").write_bytes(whole)
        path.symlink_to(tmp_path / "elsewhere")
    else:
        path.mkdir()
    with pytest.raises(StoreError):
        other.days.restore(tmp_path / "copy")
    assert other.days.on_disk() == []


@pytest.mark.parametrize("name", ["set-aside/../2026-11-25.jsonl", "../x.json", "/x", "present/x"])
def test_a_restore_writes_nothing_outside_the_places_of_the_store(
    two_days: CheckInStore, other: CheckInStore, tmp_path: Path, name: str
) -> None:
    copy = tmp_path / "copy"
    two_days.days.backup(copy)
    note = json.loads((copy / "backup.json").read_text())
    note["files"][name] = hashlib.sha256(b"x").hexdigest()
    (copy / "backup.json").write_text(json.dumps(note))
    for place in (copy / "set-aside", copy / "present"):
        place.mkdir(exist_ok=True)
    if not name.startswith("/"):
        (copy / name).write_bytes(b"x")
    before = {path for path in tmp_path.rglob("*") if "new" not in path.parts}
    assert len(other.days.restore(copy).days) == 2
    assert {path for path in tmp_path.rglob("*") if "new" not in path.parts} == before
    assert len(other.days.on_disk()) == 2
    assert not (tmp_path / "new" / "downtown" / "present").exists()


def test_a_backup_of_the_older_kind_can_be_brought_back(
    two_days: CheckInStore, other: CheckInStore, tmp_path: Path
) -> None:
    two_days.days.backup(tmp_path / "copy")
    note = tmp_path / "copy" / "backup.json"
    written = json.loads(note.read_text())
    del written["files"], written["troubles"]
    note.write_text(json.dumps(written))
    assert len(other.days.restore(tmp_path / "copy").days) == 2
    assert rows(other) == rows(two_days)


def test_others_check_in_while_a_backup_is_being_checked(
    two_days: CheckInStore, open_here: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.keeping import restoring

    two_days.days.backup(tmp_path / "copy")
    checked = restoring._checked_files
    given: list[str] = []

    def and_meanwhile(*args: Any) -> Any:
        given.append(open_here(lock_timeout=0).check_in(Arrival()).ticket)
        return checked(*args)

    monkeypatch.setattr(restoring, "_checked_files", and_meanwhile)
    with pytest.raises(StoreError, match="newer"):
        open_here().days.restore(tmp_path / "copy")
    assert given == ["A002"]
    assert len(two_days.today()) == 2


def test_a_restore_says_what_it_cannot_bring(
    run: Run,
    two_days: CheckInStore,
    clock: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("backup", str(tmp_path / "copy"), "--accounts") == 0
    new = open_store(
        tmp_path / "new",
        "downtown",
        keys_dir=tmp_path / "new-keys",
        time_zone="Asia/Shanghai",
        clock=clock,
    )
    accounts = open_accounts(
        tmp_path / "new", tmp_path / "new-keys", cost=HashCost(passes=1, memory=8)
    )
    monkeypatch.setattr("kiosk.app.start.open_clinic_store", lambda *_: new)
    monkeypatch.setattr("kiosk.app.start.open_clinic_accounts", lambda *_: accounts)
    assert run("restore", str(tmp_path / "copy"), "--accounts") == 0
    said = capsys.readouterr().out
    for sentence in ("2 days restored", "2 days cannot be opened", "1 accounts", "set-pin"):
        assert sentence in said
    assert new.check_in(Arrival(name="Zoë")).ticket == "A002"
    with pytest.raises(WrongPin):
        accounts.verify("Lin", "482916", "desk")
    accounts.set_pin("Lin", "482916")
    assert accounts.verify("Lin", "482916", "desk").role is Role.manager
    assert run("restore", str(tmp_path / "copy"), "--accounts") == 1


def test_an_unreadable_day_stops_no_command_and_is_named(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data" / "downtown"
    (folder / "2026-11-23.jsonl").unlink()
    (folder / "2026-11-23.jsonl").mkdir()
    (folder / "20261001.jsonl").touch()
    assert run("verify") == store_commands.DAMAGED
    said = capsys.readouterr().out
    for words in ("2026-11-23  UNREADABLE", "2026-11-24  ", "20261001.jsonl  is not"):
        assert words in said
    for words in (["backup", str(tmp_path / "copy")], ["export", *SPAN]):
        assert run(*words) == store_commands.DAMAGED
        assert "2026-11-23: " in capsys.readouterr().err


def test_a_false_day_is_set_aside_and_one_person_shown_and_erased_by_commands(
    run: Run,
    two_days: CheckInStore,
    clock: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock.move(days=1)
    two_days.check_in(Arrival(name="Zoë", phone="13812345678"))
    clock.move(days=-1)
    assert run("set-aside", "2026-11-24") == 1
    assert run("set-aside", "2026-11-25") == 0
    assert [one.ticket for one in two_days.queue()] == ["A001", "A002"]
    assert run("verify") == 0
    assert "2026-11-25, set aside 2026-11-24" in capsys.readouterr().out
    assert run("what-is-kept", "A002") == 0
    said = capsys.readouterr().out
    for words in ("Zoë", "+8613812345678", "2026-12-01", "carried"):
        assert words in said
    assert run("erase", "A002") == 0
    assert run("erase", "A001", "--day", "2026-11-23") == 0
    assert two_days.person(two_days.queue()[1]).name == ""
    assert run("erase", "A099") == 1
    assert "There is no ticket A099" in capsys.readouterr().err
