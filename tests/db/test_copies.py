"""Backup, restore and export, and the commands for them."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db import (
    Arrival,
    CheckInStore,
    HashCost,
    Role,
    StoreCorrupt,
    StoreError,
    WrongPin,
    open_accounts,
    open_store,
)
from kiosk.commands import store as store_commands
from kiosk.commands.cells import BOM
from kiosk.commands.progress import Progress

Open = Callable[..., CheckInStore]
Run = Callable[..., int]


@pytest.fixture
def two_days(store: CheckInStore, clock: Any) -> CheckInStore:
    store.check_in(Arrival(name="=1+1", phone="13812345678", practitioner="@SUM(A1)"))
    clock.move(days=1)
    store.check_in(Arrival(name="王小明"))
    return store


@pytest.fixture
def other(open_here: Open, tmp_path: Path, clock: Any) -> CheckInStore:
    """A store on a new disk, with the same keys."""
    return open_store(
        tmp_path / "new",
        "downtown",
        keys_dir=tmp_path / "keys",
        time_zone="Asia/Shanghai",
        clock=clock,
    )


def rows(store: CheckInStore, **options: Any) -> list[dict[str, Any]]:
    first, *_, last = [*store.days(), store.day]
    return list(store.export(first, last, **options))


def test_a_backup_brings_everything_back_but_the_keys(
    two_days: CheckInStore, other: CheckInStore, tmp_path: Path
) -> None:
    made = two_days.backup(tmp_path / "copy")
    assert made.days == two_days.days()
    assert not list((tmp_path / "copy").rglob("*.key"))
    assert other.restore(tmp_path / "copy") == made.days
    assert rows(other, names=True) == rows(two_days, names=True)
    first, last = made.days
    assert other.figures(first, last) == two_days.figures(first, last)
    assert other.restore(tmp_path / "copy") == []
    assert other.check_in(Arrival()).ticket == "A002"


def test_a_restore_never_overwrites_what_is_newer(two_days: CheckInStore, tmp_path: Path) -> None:
    two_days.backup(tmp_path / "copy")
    two_days.check_in(Arrival())
    with pytest.raises(StoreError, match="newer"):
        two_days.restore(tmp_path / "copy")
    assert len(two_days.today()) == 2


def test_a_restore_of_a_damaged_or_unfinished_backup_changes_nothing(
    two_days: CheckInStore, other: CheckInStore, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    two_days.backup(copy)
    journal = copy / "2026-11-24.jsonl"
    whole = journal.read_bytes()
    for damaged in (whole[:-5], whole.replace(b"waiting", b"wanting", 1)):
        journal.write_bytes(damaged)
        with pytest.raises(StoreCorrupt):
            other.restore(copy)
        assert other.days() == []
    (copy / "backup.json").unlink()
    with pytest.raises(StoreError, match="whole backup"):
        other.restore(copy)


def test_what_was_purged_stays_purged(two_days: CheckInStore, clock: Any, tmp_path: Path) -> None:
    two_days.backup(tmp_path / "copy")
    clock.move(days=40)
    two_days.purge()
    assert two_days.restore(tmp_path / "copy") == []
    assert not list((tmp_path / "data" / "downtown").glob("2026-11-*"))


def test_a_backup_overwrites_nothing(two_days: CheckInStore, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "precious").touch()
    with pytest.raises(StoreError, match="already"):
        two_days.backup(tmp_path / "copy")


@pytest.fixture
def run(two_days: CheckInStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the store's folder and give its exit code."""
    accounts = open_accounts(
        tmp_path / "data", tmp_path / "keys", cost=HashCost(passes=1, memory=8)
    )
    accounts.add("Lin", Role.manager, "482916")
    monkeypatch.setattr("kiosk.start.open_clinic_store", lambda *_: two_days)
    monkeypatch.setattr("kiosk.start.open_clinic_accounts", lambda *_: accounts)

    def command(*words: str, pin: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(pin))
        parser = argparse.ArgumentParser()
        shared = argparse.ArgumentParser(add_help=False)
        store_commands.add_parsers(parser.add_subparsers(dest="command"), shared)
        settings: Any = SimpleNamespace(device="desk", zone=ZoneInfo("Asia/Shanghai"))
        return store_commands.run(parser.parse_args(words), settings, settings)

    return command


SPAN = ("--from", "2026-11-23", "--to", "2026-11-24")


def test_rows_hold_no_name_and_no_formula(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", *SPAN) == 0
    written = capsys.readouterr().out
    assert written[0] == BOM  # Excel reads the Chinese after it
    [first, _] = csv.DictReader(io.StringIO(written.removeprefix(BOM)))
    assert next(iter(first)) == "number"
    assert "name" not in first
    assert first["practitioner"] == "'@SUM(A1)"
    assert first["ticket"] == "A001"


def test_names_need_a_pin(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    names = ("export", *SPAN, "--names", "--account", "Lin", "--pin-stdin", "--reason", "a move")
    assert run(*names, pin="000000\n") == 1
    refused = capsys.readouterr()
    assert (refused.out, "do not match" in refused.err) == ("", True)
    assert run(*names, pin="482916\n") == 0
    [first, _] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (first["name"], first["phone"]) == ("'=1+1", "+8613812345678")
    next((tmp_path / "keys").glob("downtown-2026-11-23-*")).unlink()
    assert run(*names, "--format", "jsonl", pin="482916\n") == store_commands.NAMES_MISSING
    first, last = map(json.loads, capsys.readouterr().out.splitlines())  # without a mark
    assert (first["name"], last["name"]) == (None, "王小明")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rows_are_utf_8_whatever_the_locale(
    run: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="latin-1"))
    names = ("export", *SPAN, "--names", "--account", "Lin", "--pin-stdin", "--format", form)
    assert run(*names, pin="482916\n") == 0
    sys.stdout.flush()
    assert written.getvalue().startswith(b"\xef\xbb\xbfnumber," if form == "csv" else b"{")
    assert "王小明".encode() in written.getvalue()


def test_a_terminal_is_shown_no_mark(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run("export", *SPAN) == 0
    assert capsys.readouterr().out.startswith("number,")


def test_verify_tells_damage_by_its_exit_code(run: Run, tmp_path: Path) -> None:
    assert run("verify") == 0
    journal = tmp_path / "data" / "downtown" / "2026-11-24.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"waiting", b"wanting", 1))
    assert run("verify") == store_commands.DAMAGED


def test_purge_asks_first(
    run: Run, two_days: CheckInStore, clock: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.move(days=40)
    assert run("purge") == 0
    assert "--confirm, records: 2026-11-23, 2026-11-24" in capsys.readouterr().out
    assert len(two_days.days()) == 2
    assert run("purge", "--confirm") == 0
    assert two_days.days() == []


def test_the_other_commands_do_what_they_say(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("close-day", "--confirm") == 0
    assert run("backup", str(tmp_path / "copy")) == 0
    assert run("backup", str(tmp_path / "copy")) == 1
    assert run("restore", str(tmp_path / "copy")) == 0
    assert "already" in capsys.readouterr().out


def test_whatever_takes_long_shows_how_far_it_is(
    run: Run, clock: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(Progress, "__call__", lambda _, done, of: told.append((done, of)))
    copy = str(tmp_path / "copy")
    for words in (["verify"], ["export", *SPAN], ["backup", copy], ["restore", copy]):
        assert run(*words) == 0
        assert told[0][0] == 0
        assert len(told) == told[0][1] > 1
        told.clear()
    clock.move(days=40)
    assert run("purge", "--confirm") == 0
    assert told == [(0, 2), (1, 2)]


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
    two_days.backup(tmp_path / "copy")
    assert len(other.restore(tmp_path / "copy")) == 2
    assert (tmp_path / "new" / "downtown" / journal.name).read_bytes() == damaged
    assert other.verify(other.days()[0]).damaged_line == 2


@pytest.mark.parametrize("wrong", ["damaged", "torn", "garbage", "a folder", "cut"])
def test_a_day_that_is_damaged_here_is_healed_and_kept_beside(
    two_days: CheckInStore, open_here: Open, tmp_path: Path, wrong: str
) -> None:
    for _ in range(3):
        two_days.check_in(Arrival())
    before = two_days.today()
    two_days.backup(tmp_path / "copy")
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
    restored = open_here().restored(tmp_path / "copy")
    assert open_here().today() == before
    assert journal.read_bytes() == whole
    assert [day.day for day in restored.days] == [24]
    kept = list(journal.parent.glob("2026-11-24*.damaged"))
    assert len(kept) == len(restored.healed) == (wrong not in ("torn", "cut"))
    assert open_here().check_in(Arrival()).ticket == "A005"


def test_a_day_with_more_here_than_in_the_backup_is_never_replaced_though_it_is_damaged(
    two_days: CheckInStore, open_here: Open, tmp_path: Path
) -> None:
    two_days.backup(tmp_path / "copy")
    for _ in range(4):
        two_days.check_in(Arrival())
    journal = tmp_path / "data" / "downtown" / "2026-11-24.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:4], b"x\n", *lines[5:]]))
    before = journal.read_bytes()
    with pytest.raises(StoreError, match="newer"):
        open_here().restore(tmp_path / "copy")
    assert journal.read_bytes() == before


def test_half_a_backup_is_none(
    two_days: CheckInStore, other: CheckInStore, clock: Any, tmp_path: Path
) -> None:
    clock.move(days=1)
    two_days.check_in(Arrival(name="Zoë"))
    two_days.purge(0)
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
        two_days.backup(copy)
        spoil(copy)
        with pytest.raises(StoreError):
            other.restore(copy)
        assert other.days() == []
        assert not list((tmp_path / "new").rglob("*.json*"))


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
@pytest.mark.parametrize("name", ["2026-11-23.jsonl", "figures/2026-11-23.json"])
def test_a_restore_takes_regular_files_only(
    two_days: CheckInStore, other: CheckInStore, tmp_path: Path, kind: str, name: str
) -> None:
    two_days.backup(tmp_path / "copy")
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
        other.restore(tmp_path / "copy")
    assert other.days() == []


def test_a_backup_of_the_older_kind_can_be_brought_back(
    two_days: CheckInStore, other: CheckInStore, tmp_path: Path
) -> None:
    two_days.backup(tmp_path / "copy")
    note = tmp_path / "copy" / "backup.json"
    written = json.loads(note.read_text())
    del written["files"], written["troubles"]
    note.write_text(json.dumps(written))
    assert len(other.restore(tmp_path / "copy")) == 2
    assert rows(other) == rows(two_days)


def test_others_check_in_while_a_backup_is_being_checked(
    two_days: CheckInStore, open_here: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.keeping import restoring

    two_days.backup(tmp_path / "copy")
    checked = restoring._checked_files
    given: list[str] = []

    def and_meanwhile(*args: Any) -> Any:
        given.append(open_here(lock_timeout=0).check_in(Arrival()).ticket)
        return checked(*args)

    monkeypatch.setattr(restoring, "_checked_files", and_meanwhile)
    with pytest.raises(StoreError, match="newer"):
        open_here().restore(tmp_path / "copy")
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
    monkeypatch.setattr("kiosk.start.open_clinic_store", lambda *_: new)
    monkeypatch.setattr("kiosk.start.open_clinic_accounts", lambda *_: accounts)
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
