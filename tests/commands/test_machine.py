"""What `check` says of the machine: the terminal, the folders, the store, and what has failed."""

import json
import logging
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from db import Arrival, HashCost, open_accounts
from kiosk.app.start import open_clinic_store
from kiosk.cli import main
from kiosk.commands.machine.checked import failures, folders, report, terminal
from kiosk.commands.machine.terminal_probe import Abilities
from kiosk.content.texts import load_clinic
from kiosk.log import NAME, last_entries, log_fault, open_log
from kiosk.settings import CHECKOUT, Settings

GOOD = Abilities(
    columns=80, rows=24, truecolor=True, mouse=True, wide=2, narrow=1, console=False
)  # fmt: skip


def wrong(abilities: Abilities | None) -> str:
    """What of a terminal somebody should do something about."""
    return "\n".join(found.text for found in terminal(abilities) if found.wrong)


@pytest.fixture
def log(tmp_path: Path):
    open_log(tmp_path, "lobby")
    yield tmp_path
    logger = logging.getLogger(NAME)
    for handler in list(logger.handlers):
        handler.close()
        logger.removeHandler(handler)
    logger.propagate = True


def test_a_good_terminal_is_not_complained_of() -> None:
    assert wrong(GOOD) == ""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"columns": 79}, "need 80x24"),
        ({"truecolor": False}, "COLORTERM=truecolor"),
        ({"mouse": False}, "mouse and touch"),
        ({"wide": 1}, "a Chinese character takes 1 cells here and should take 2"),
        ({"narrow": 2}, "a block of a QR code takes 2 cells"),
        ({"console": True}, "the bare console shows no Chinese"),
    ],
)
def test_a_terminal_that_lacks_something_is_told_what(
    change: dict[str, object], sentence: str
) -> None:
    assert sentence in wrong(replace(GOOD, **change))


def test_a_terminal_that_says_nothing_and_none_at_all_are_no_fault() -> None:
    assert wrong(replace(GOOD, mouse=None, wide=None, narrow=None)) == ""
    assert wrong(None) == ""


def test_keys_among_the_data_and_folders_others_can_read_are_marked(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    found = [f.text for f in folders(Settings(data_dir=data, keys_dir=data / "keys")) if f.wrong]
    assert any("chmod 700" in text for text in found)
    assert any("keys: they lie among the data" in text for text in found)


def test_the_folder_of_todays_list_has_to_be_there_and_for_few(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, keys_dir=tmp_path / "keys", appointments_dir=tmp_path)

    def told(settings: Settings) -> list[str]:
        found = [one for one in folders(settings) if one.text.startswith("today's list: ")]
        return [one.text.partition(": ")[2] for one in found if one.wrong]

    tmp_path.chmod(0o755)
    advice = "every account can read its folder (755), and the names in it; chmod 750 it"
    assert told(settings) == [advice]
    tmp_path.chmod(0o750)
    assert told(settings) == []
    away = replace(settings, appointments_dir=tmp_path / "nowhere")
    assert told(away) == ["appointments_dir is no folder that can be read"]


def test_the_whole_report_makes_no_folder(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", keys_dir=tmp_path / "keys")
    report(settings, load_clinic(CHECKOUT / "content"))
    assert list(tmp_path.iterdir()) == []


def test_a_failure_is_shown_with_its_place_and_without_what_it_said(log: Path) -> None:
    try:
        raise ValueError("Quillfeather")
    except ValueError as fault:
        log_fault(fault, "a check-in failed")
    (shown,) = failures(log)
    assert "lobby: a check-in failed (ValueError, at tests/commands/test_machine.py:" in shown.text
    assert "Quillfeather" not in (log / "log" / "lobby.log").read_text()


def test_a_log_that_a_power_cut_tore_is_read_as_far_as_it_goes(log: Path) -> None:
    logging.getLogger("clinic.store").warning("the first")
    with (log / "log" / "lobby.log").open("ab") as file:
        file.write(b'{"at": "2026-\0\xff')
    assert [entry["what"] for entry in last_entries(log)] == ["the first"]


def test_the_log_is_for_this_account_only_and_never_grows_beyond_its_files(log: Path) -> None:
    for _ in range(600):
        logging.getLogger("clinic.kiosk").warning("x" * 4000)
    files = list((log / "log").iterdir())
    assert len(files) <= 4
    assert sum(file.stat().st_size for file in files) < 1_100_000
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


# What the kiosk could not work with


NOW = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)
CLINIC = load_clinic(CHECKOUT / "content")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A clinic's folders, with a day three weeks ago, one yesterday, and an account."""
    settings = Settings(data_dir=tmp_path / "data", keys_dir=tmp_path / "keys")
    at = [NOW - timedelta(days=21)]
    store = open_clinic_store(settings, CLINIC, clock=lambda: at[0])
    for day in (21, 1):
        at[0] = NOW - timedelta(days=day)
        store.check_in(Arrival(name="Zoë"))
    store.close()
    cheap = HashCost(passes=1, memory=8)
    open_accounts(settings.data_dir, settings.keys_dir, cost=cheap).add("Lin", "manager", "482916")
    return settings


def errors(settings: Settings, monkeypatch: pytest.MonkeyPatch, now: datetime = NOW) -> str:
    """What `check` calls an error, a line each."""
    monkeypatch.setattr(
        "kiosk.commands.machine.checked.open_clinic_store",
        lambda settings, clinic: open_clinic_store(settings, clinic, clock=lambda: now),
    )
    return "\n".join(found.text for found in report(settings, CLINIC) if found.error)


def without_old_names(settings: Settings) -> Settings:
    store = open_clinic_store(settings, CLINIC, clock=lambda: NOW)
    store.days.purge()
    store.close()
    return settings


def test_a_sound_machine_has_no_error(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert errors(without_old_names(settings), monkeypatch) == ""


def test_names_kept_for_too_long_are_an_error(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = errors(settings, monkeypatch)
    assert told == "names: kept for longer than they may be: 2026-11-08; run purge --confirm"


@pytest.mark.parametrize("day", ["2026-11-28", "2026-11-08"])
def test_a_damaged_day_is_named_however_old_it_is(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    journal = without_old_names(settings).data_dir / "downtown" / f"{day}.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"waiting", b"walting")
    journal.write_bytes(b"".join(lines))
    assert f"{day}: the journal is damaged at line 2" in errors(settings, monkeypatch)


def test_a_forged_line_that_a_terminal_obeys_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_old_names(settings)
    store = open_clinic_store(replace(settings, device="desk\x1b[2J"), CLINIC, clock=lambda: NOW)
    store.check_in(Arrival())
    store.close()
    told = errors(settings, monkeypatch)
    assert "2026-11-29.jsonl: device holds U+001B, which a terminal obeys" in told


@pytest.mark.parametrize(
    ("which", "mode"),
    [
        ("data/accounts.json", 0o666),
        ("data/accounts.json", 0o640),
        ("keys/accounts.key", 0o604),
        ("data/downtown/2026-11-28.jsonl", 0o644),
        ("keys", 0o755),
        ("data", 0o711),
    ],
)
def test_what_other_accounts_can_read_is_an_error(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, which: str, mode: int
) -> None:
    without_old_names(settings)
    (tmp_path / which).chmod(mode)
    told = errors(settings, monkeypatch)
    assert f"({mode:o}); chmod {'600' if '.' in which else '700'} it" in told
    assert which.partition("/")[2] in told


def test_damaged_accounts_are_an_error(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    (without_old_names(settings).data_dir / "accounts.json").write_text("{")
    told = errors(settings, monkeypatch)
    assert told == (
        "accounts: The file accounts.json is damaged at line 1. Nobody can sign in. "
        "Move it elsewhere, then restore BACKUP --accounts."
    )


def test_a_full_disk_is_an_error(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    without_old_names(settings)
    disk = os.statvfs(settings.data_dir)
    full = SimpleNamespace(
        **{name: getattr(disk, name) for name in dir(disk) if name.startswith("f_")}
        | {"f_bavail": 0, "f_bfree": 0}
    )
    monkeypatch.setattr("os.statvfs", lambda _: full)
    told = errors(settings, monkeypatch)
    assert "check-in: The disk is full" in told
    assert "data: the disk is full" in told


def test_a_date_before_the_versions_own_is_an_error(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_old_names(settings)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2026, 11, 1, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("kiosk.commands.machine.checked.datetime", Clock)
    assert "clock: 2026-11-01 is before this version was made" in errors(settings, monkeypatch)


def test_check_fails_with_the_machine_and_tells_a_program_why(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", "--data", str(settings.data_dir)]
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(settings.keys_dir))
    (settings.data_dir / "accounts.json").chmod(0o644)
    assert main(words) == 1
    out = capsys.readouterr().out
    assert re.match(r"[1-9] errors?, \d+ warnings? in ", out.splitlines()[-1])
    assert main([*words, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["errors"] >= 1
    assert any(one["kind"] == "error" and "accounts.json" in one["text"] for one in told["machine"])
    assert {"kind", "file", "line", "field", "text"} == set(told["content"][0])
