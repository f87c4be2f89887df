"""docs/restore.md, followed to the letter: a dead machine's backup on a new one."""

import io
import re
import shlex
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from db import Arrival, CheckInStore, HashCost, KeyMissing, open_accounts
from kiosk.app.start import open_clinic_store
from kiosk.cli import main
from kiosk.commands import doctor, units
from kiosk.content.texts import load_clinic
from kiosk.settings import CHECKOUT, Settings, load_settings

PAGE = (CHECKOUT / "docs" / "restore.md").read_text("utf-8")
BACKUP_THERE = "/var/tmp/backup"
RUNS = re.compile(r"^ *\S+/deploy/run (.+)$", re.MULTILINE)
CLINIC = load_clinic(CHECKOUT / "content")
PIN = "482913"


class Terminal(io.StringIO):
    """Standard input with a person in front of it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def old(tmp_path: Path) -> Settings:
    """The dead machine: yesterday, this morning, and Lin."""
    settings = Settings(data_dir=tmp_path / "old" / "data", keys_dir=tmp_path / "old" / "keys")
    at = [datetime.now(UTC) - timedelta(days=1)]
    store = open_clinic_store(settings, CLINIC, clock=lambda: at[0])
    store.check_in(Arrival(name="Wren"))
    at[0] = datetime.now(UTC)
    for name in ("Quill", "Fern"):
        store.check_in(Arrival(name=name))
    store.close()
    cheap = HashCost(passes=1, memory=8)
    accounts = open_accounts(settings.data_dir, settings.keys_dir, cost=cheap)
    accounts.add("Lin", "reception", "739164")
    return settings


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The new machine, with what the page puts into kiosk.toml; no program of the system's."""
    config = tmp_path / "kiosk.toml"
    config.write_text(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0].strip())
    monkeypatch.setenv("CLINIC_KIOSK_CONFIG", str(config))
    monkeypatch.setenv("CLINIC_KIOSK_DATA_DIR", str(tmp_path / "new" / "data"))
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(tmp_path / "new" / "keys"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(units, "WANTED", tmp_path / "systemd")
    monkeypatch.setattr(doctor, "INPUTS", config)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("kiosk.commands.accounts.getpass", lambda _: PIN)
    return load_settings()


def opened(settings: Settings) -> CheckInStore:
    return open_clinic_store(settings, CLINIC)


def test_every_command_of_the_page_does_what_it_says(
    old: Settings, new: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "backup"
    opened(old).days.backup(backup, also={"accounts.json": accounts_of(old)})
    late = opened(old).check_in(Arrival(name="Late")).ticket
    commands = [shlex.split(line) for line in RUNS.findall(PAGE.partition("## The old disk")[0])]
    there = ["restore", "accounts", "accounts", "verify", "doctor"]
    assert [words[0] for words in commands] == there
    for words in commands:
        assert main([word.replace(BACKUP_THERE, str(backup)) for word in words]) == 0, words
    said = capsys.readouterr().out
    assert "2 days restored." in said
    assert "1 accounts restored." in said

    store = opened(new)
    assert [one.ticket for one in store.today()] == ["A001", "A002"]
    next_one = store.check_in(Arrival(name="After")).ticket
    assert (late, next_one) == ("A003", "B001"), "the letter keeps two people from one number"
    for one in store.today()[:2]:
        with pytest.raises(KeyMissing):
            store.person(one)
    assert open_accounts(new.data_dir, new.keys_dir).verify("Lin", PIN, "desk").name == "Lin"


def accounts_of(settings: Settings) -> bytes:
    return open_accounts(settings.data_dir, settings.keys_dir).exported()


def test_where_somebody_checked_in_first_the_day_is_refused_and_nothing_changes(
    old: Settings, new: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "backup"
    opened(old).days.backup(backup)
    opened(new).check_in(Arrival())
    assert main(["restore", str(backup)]) == 1
    assert "newer than the backup, or different" in capsys.readouterr().err
    assert [one.ticket for one in opened(new).today()] == ["B001"]


def test_from_the_old_disk_nothing_is_lost(old: Settings, new: Settings) -> None:
    shutil.copytree(old.data_dir.parent, new.data_dir.parent)
    store = opened(replace(new, ticket_series="A"))
    assert [store.person(one).name for one in store.today()] == ["Quill", "Fern"]
    assert store.check_in(Arrival()).ticket == "A003"
    accounts = open_accounts(new.data_dir, new.keys_dir)
    assert accounts.verify("Lin", "739164", "desk").name == "Lin"
