"""Backup, restore and export, and the commands for them."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import (
    Arrival,
    CheckInStore,
    StoreCorrupt,
    StoreError,
)
from kiosk.commands import on_store
from kiosk.commands.cells import BOM
from kiosk.commands.progress import Progress

Open = Callable[..., CheckInStore]
Run = Callable[..., int]


def rows(store: CheckInStore, **options: Any) -> list[dict[str, Any]]:
    first, *_, last = [*store.days.on_disk(), store.day]
    return list(store.days.export(first, last, **options))


def test_a_backup_brings_everything_back_but_the_keys(
    two_days: CheckInStore, other: CheckInStore, tmp_path: Path
) -> None:
    made = two_days.days.backup(tmp_path / "copy")
    assert made.days == two_days.days.on_disk()
    assert not list((tmp_path / "copy").rglob("*.key"))
    assert other.days.restore(tmp_path / "copy").days == made.days
    assert rows(other, names=True) == rows(two_days, names=True)
    first, last = made.days
    assert other.days.figures(first, last) == two_days.days.figures(first, last)
    assert other.days.restore(tmp_path / "copy").days == []
    assert other.check_in(Arrival()).ticket == "A002"


def test_a_restore_never_overwrites_what_is_newer(two_days: CheckInStore, tmp_path: Path) -> None:
    two_days.days.backup(tmp_path / "copy")
    two_days.check_in(Arrival())
    with pytest.raises(StoreError, match="newer"):
        two_days.days.restore(tmp_path / "copy")
    assert len(two_days.today()) == 2


def test_a_restore_of_a_damaged_or_unfinished_backup_changes_nothing(
    two_days: CheckInStore, other: CheckInStore, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    two_days.days.backup(copy)
    journal = copy / "2026-11-24.jsonl"
    whole = journal.read_bytes()
    for damaged in (whole[:-5], whole.replace(b"waiting", b"wanting", 1)):
        journal.write_bytes(damaged)
        with pytest.raises(StoreCorrupt):
            other.days.restore(copy)
        assert other.days.on_disk() == []
    (copy / "backup.json").unlink()
    with pytest.raises(StoreError, match="whole backup"):
        other.days.restore(copy)


def test_what_was_purged_stays_purged(two_days: CheckInStore, clock: Any, tmp_path: Path) -> None:
    two_days.days.backup(tmp_path / "copy")
    clock.move(days=40)
    two_days.days.purge()
    assert two_days.days.restore(tmp_path / "copy").days == []
    assert not list((tmp_path / "data" / "downtown").glob("2026-11-*"))


def test_a_backup_overwrites_nothing(two_days: CheckInStore, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "precious").touch()
    with pytest.raises(StoreError, match="already"):
        two_days.days.backup(tmp_path / "copy")


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


def test_local_times_and_names_of_services_stand_beside_those_for_programs(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", *SPAN) == 0
    [first, last] = csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix(BOM)))
    assert (first["arrived_at"], first["arrived_at_local"]) == (
        "2026-11-23T02:00:00Z",
        "2026-11-23 10:00:00",
    )
    assert (first["called_at"], first["called_at_local"]) == ("", "")
    assert last["service_name"] == "(not sure)"
    assert run("export", *SPAN, "--format", "jsonl") == 0
    assert "arrived_at_local" not in capsys.readouterr().out


def test_names_need_a_pin(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    names = ("export", *SPAN, "--names", "--account", "Lin", "--pin-stdin", "--reason", "a move")
    assert run(*names, pin="000000\n") == 1
    refused = capsys.readouterr()
    assert (refused.out, "do not match" in refused.err) == ("", True)
    assert run(*names, pin="482916\n") == 0
    [first, _] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (first["name"], first["phone"]) == ("'=1+1", "+8613812345678")
    next((tmp_path / "keys").glob("downtown-2026-11-23-*")).unlink()
    assert run(*names, "--format", "jsonl", pin="482916\n") == on_store.NAMES_MISSING
    first, last = map(json.loads, capsys.readouterr().out.splitlines())  # without a mark
    assert (first["name"], last["name"]) == (None, "王小明")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rows_are_utf_8_whatever_the_locale(
    run: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="latin-1"))
    names = ("export", *SPAN, "--names", "--account", "Lin", "--pin-stdin", "--reason", "a move")
    assert run(*names, "--format", form, pin="482916\n") == 0
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
    assert run("verify") == on_store.DAMAGED


def test_purge_asks_first(
    run: Run, two_days: CheckInStore, clock: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.move(days=40)
    assert run("purge") == 0
    assert "--confirm, records: 2026-11-23, 2026-11-24" in capsys.readouterr().out
    assert len(two_days.days.on_disk()) == 2
    assert run("purge", "--confirm") == 0
    assert two_days.days.on_disk() == []


def test_the_other_commands_do_what_they_say(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("close-day", "--yes") == 0
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
