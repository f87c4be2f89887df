"""`run_kiosk.py backup` for a timer: a copy a day that was read back, and what `check` says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import Arrival, Backup, open_store
from db.keeping.days import Days
from kiosk.cli import main
from kiosk.commands import backups
from kiosk.commands.machine import last_backup
from kiosk.content.texts import load_clinic
from kiosk.settings import CHECKOUT, Settings

CLINIC = load_clinic(CHECKOUT / "content")
Run = Callable[..., int]


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


@pytest.fixture
def run(tmp_path: Path, disk: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command on a store with one check-in, whose backups go to `disk`."""
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("CLINIC_KIOSK_BACKUP_DIR", str(disk))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    store = open_store(tmp_path / "data", "downtown", keys_dir=tmp_path / "keys")
    store.check_in(Arrival(service="cupping"))
    store.close()
    return lambda *words: main(["--data", str(tmp_path / "data"), *words])


def made(disk: Path) -> list[str]:
    return sorted(path.name for path in (disk / "downtown").iterdir())


def said(disk: Path) -> tuple[str, bool]:
    [finding] = last_backup.findings(Settings(backup_dir=disk), CLINIC)
    return finding.text, finding.wrong


@pytest.mark.parametrize("words", [(), ("--accounts",)])
def test_damaged_accounts_are_named_and_the_days_are_copied_all_the_same(
    run: Run,
    disk: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    (tmp_path / "data" / "accounts.json").write_bytes(b"{")
    folder = [str(disk / "copy")] if words else []
    assert run("backup", *folder, *words) == 3
    output = capsys.readouterr()
    assert "1 days copied" in output.out
    assert output.err == (
        "The file accounts.json is damaged at line 1. The accounts are not in this backup.\n"
    )
    [copy] = [disk / "copy"] if words else list((disk / "downtown").iterdir())
    assert not (copy / "accounts.json").exists()
    assert run("verify", str(copy)) == 0


def test_a_backup_holds_the_days_and_the_accounts_and_can_be_brought_back(
    run: Run, disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup") == 0
    assert "1 days copied" in capsys.readouterr().out
    [name] = made(disk)
    assert (disk / "downtown" / name / "accounts.json").is_file()
    assert run("verify", str(disk / "downtown" / name)) == 0
    assert "everything is as it was copied" in capsys.readouterr().out
    (tmp_path / "other").mkdir()
    restored = ["--data", str(tmp_path / "other"), "restore", str(disk / "downtown" / name)]
    assert main(restored) == 0


def test_fourteen_stay(run: Run, disk: Path) -> None:
    old = [f"2026-10-{day:02d}T033000" for day in range(1, 21)]
    for name in old:
        (disk / "downtown" / name).mkdir(parents=True)
    assert run("backup") == 0
    assert made(disk)[:-1] == old[-13:]


def test_where_the_disk_is_not_there_nothing_is_written_in_its_place(
    run: Run, disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    disk.rmdir()
    assert run("backup") == 1
    assert "Is its disk mounted?" in capsys.readouterr().err
    assert not disk.exists()
    assert said(disk) == (f"backups: {disk} is not there; is its disk mounted?", True)


def test_what_is_not_read_back_as_it_was_written_is_no_backup(
    run: Run, disk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup")
    before, backup = made(disk), Days.backup

    def to_a_worn_disk(days: Days, to: Path, *more: Any) -> Backup:
        note = backup(days, to, *more)
        [journal] = to.glob("*.jsonl")
        journal.write_bytes(journal.read_bytes().replace(b"cupping", b"capping"))
        return note

    monkeypatch.setattr(Days, "backup", to_a_worn_disk)
    assert run("backup") == 1
    assert "damaged" in capsys.readouterr().err
    assert [name for name in made(disk) if name != backups.MAKING] == before
    monkeypatch.undo()


def test_after_one_that_was_cut_short_the_next_one_is_whole(run: Run, disk: Path) -> None:
    (disk / "downtown" / backups.MAKING / "figures").mkdir(parents=True)
    assert run("backup") == 0
    assert len(made(disk)) == 1


def test_check_says_when_the_last_one_was_made(run: Run, disk: Path) -> None:
    assert said(disk)[0].startswith("backups: none yet")
    run("backup")
    text, wrong = said(disk)
    assert (text.startswith("backups: 1, the last of "), wrong) == (True, False)


def test_check_says_that_the_last_one_is_old(disk: Path) -> None:
    long_ago = datetime.now(UTC).astimezone(CLINIC.zone) - timedelta(days=3)
    (disk / "downtown" / f"{long_ago:{backups.NAMED}}").mkdir(parents=True)
    text, wrong = said(disk)
    assert (f"the last of {long_ago:%Y-%m-%d %H:%M}" in text, wrong) == (True, True)


def test_without_a_folder_for_it_backup_asks_for_one(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CLINIC_KIOSK_BACKUP_DIR")
    assert run("backup") == 1
    assert "set backup_dir in kiosk.toml" in capsys.readouterr().err


def test_tend_closes_the_days_that_are_over(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data/downtown"
    long_ago = datetime.now(UTC) - timedelta(days=3)
    before = open_store(
        tmp_path / "before", "downtown", keys_dir=tmp_path / "keys", clock=lambda: long_ago
    )
    before.check_in(Arrival())
    before.close()
    [journal] = (tmp_path / "before/downtown").glob("*.jsonl")
    journal.rename(folder / journal.name)
    assert run("tend") == 0
    assert (folder / journal.with_suffix(".json").name).is_file()
