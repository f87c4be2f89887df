"""What more than one file of screen tests is given."""

from pathlib import Path

import pytest
from board_driver import Board, Time
from staff_fixtures import Desk


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


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A staff terminal where Lin and Mei may sign in."""
    desk = Desk(tmp_path)
    desk.hire()
    return desk


@pytest.fixture(autouse=True)
def no_company(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no key wait for what may follow it, but where scans and hands are what is tested."""
    if request.module.__name__ not in ("test_scans", "test_hands"):
        monkeypatch.setattr("kiosk.input_guard.COMPANY", 0.001)


@pytest.fixture(autouse=True)
def written_over(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """When freed memory would have been written over; test_freed.py looks at what comes of it."""
    times: list[str] = []
    monkeypatch.setattr(
        "kiosk.insides.forgetting.write_over_soon", lambda: times.append("written over")
    )
    return times
