"""What `check` says of the machine: the terminal, the folders, the store, and what has failed."""

import logging
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.commands.machine import failures, folders, report, terminal
from kiosk.commands.terminal_probe import Abilities
from kiosk.content_files import load_clinic
from kiosk.log import NAME, last_entries, log_fault, open_log
from kiosk.settings import CHECKOUT, Settings

GOOD = Abilities(
    columns=80, rows=24, truecolor=True, mouse=True, wide=2, narrow=1, console=False
)  # fmt: skip


def wrong(abilities: Abilities | None) -> str:
    """What of a terminal somebody should do something about."""
    return "\n".join(found.text for found in terminal(abilities) if found.wrong)


@pytest.fixture
def log(tmp_path: Path):  # type: ignore[no-untyped-def]
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
    assert "lobby: a check-in failed (ValueError, at tests/test_machine.py:" in shown.text
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
