"""What more than one file of screen tests is given."""

from pathlib import Path

import pytest
from board_driver import Board, Time


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH: nothing here can speak or play until a test puts it there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def board(tmp_path: Path, time: Time, programs: Path) -> Board:
    return Board(tmp_path, time)
