"""What all tests share."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from patience import PATIENCE, patience

from db.journal import Journal
from db.lock import FileLock

if TYPE_CHECKING:
    from board_driver import Board, Time
    from staff_driver import Desk
    from terminal import Terminal, Terminals

# The same examples every time, and as long for each as a busy machine needs.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")

# Thousands of short-lived widgets make Python's collector run all the time; a rarer sweep is a
# good part of the suite's time saved. What a test wants collected, it collects.
gc.set_threshold(100_000, 50, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """No test waits for ever, nor what is made for it."""
    own = item.get_closest_marker("patience")
    with patience(own.args[0] if own else PATIENCE):
        return (yield)


@pytest.fixture(autouse=True)
def let_go(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stores that no test closed hold no files: select() knows the first 1,024 at most."""
    made: list[FileLock | Journal] = []
    for kind in (FileLock, Journal):
        begin = kind.__init__

        def noted(self: FileLock | Journal, *args: Any, begin: Any = begin, **more: Any) -> None:
            begin(self, *args, **more)
            made.append(self)

        monkeypatch.setattr(kind, "__init__", noted)
    yield
    for one in made:
        one.close()


@pytest.fixture
def terminals(tmp_path: Path) -> "Iterator[Terminals]":
    """Terminals on folders of their own; whatever was started is ended."""
    from terminal import Terminals

    terminals = Terminals(tmp_path)
    yield terminals
    terminals.close()


@pytest.fixture
def lobby(terminals: "Terminals") -> "Terminal":
    """A lobby in English at Home, which has read the queue."""
    lobby = terminals.open("lobby", "--language", "en")
    for text in ("Read while you wait", "0 people waiting", "Press a number or touch"):
        lobby.wait_for(text)
    return lobby


@pytest.fixture
def time() -> "Time":
    from board_driver import Time

    return Time()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH: nothing here can speak or play until a test puts it there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def board(tmp_path: Path, time: "Time", programs: Path) -> "Board":
    from board_driver import Board

    return Board(tmp_path, time)


@pytest.fixture
def desk(tmp_path: Path) -> "Desk":
    """A staff terminal where Lin and Mei may sign in."""
    from staff_driver import Desk

    desk = Desk(tmp_path)
    desk.hire()
    return desk
