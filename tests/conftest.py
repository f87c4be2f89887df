"""What all tests share."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from patience import patience

if TYPE_CHECKING:
    from terminal import Terminal, Terminals

# Thousands of short-lived widgets make Python's collector run all the time; a rarer sweep is a
# good part of the suite's time saved. What a test wants collected, it collects.
gc.set_threshold(100_000, 50, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """No test waits for ever, nor what is made for it."""
    with patience():
        return (yield)


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
