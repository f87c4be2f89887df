"""Commands that take long, and commands whose output nobody reads to the end."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from db import Arrival, open_store
from kiosk.commands.progress import Progress
from kiosk.settings import CHECKOUT


class Screen(io.StringIO):
    """A stream with a person in front of it."""

    def isatty(self) -> bool:
        return True


class Slow:
    """A clock by which every look takes most of a second."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        self.seconds += 0.6
        return self.seconds


def in_front_of(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Put a person in front of standard error; not in a fixture, after which pytest takes it."""
    shown = Screen()
    monkeypatch.setattr("sys.stderr", shown)
    return shown


def test_a_bar_comes_after_a_second_and_goes_when_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = in_front_of(monkeypatch)
    progress = Progress(monotonic=Slow())
    progress(0, 30)
    assert screen.getvalue() == ""
    progress(15, 30)
    assert screen.getvalue().endswith("[###############               ] 15/30")
    progress.clear()
    assert screen.getvalue().endswith("15/30\r\x1b[K")


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = in_front_of(monkeypatch)
    progress = Progress(monotonic=lambda: 0.0)
    for done in range(30):
        progress(done, 30)
    progress.clear()
    assert screen.getvalue() == ""


def test_a_file_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr("sys.stderr", file)
    progress = Progress(monotonic=Slow())
    progress(1, 2)
    progress(2, 2)
    progress.clear()
    assert file.getvalue() == ""


def test_rows_on_the_same_screen_need_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = in_front_of(monkeypatch)
    monkeypatch.setattr("sys.stdout", Screen())
    progress = Progress(beside_rows=True, monotonic=Slow())
    progress(1, 2)
    progress(2, 2)
    assert screen.getvalue() == ""


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """The program on a folder in which some people have checked in today."""
    store = open_store(tmp_path / "data", "downtown", keys_dir=tmp_path / "keys")
    for _ in range(3):
        store.check_in(Arrival(name="Zoë"))
    store.close()
    return [
        *(sys.executable, str(CHECKOUT / "run_kiosk.py")),
        *("--data", str(tmp_path / "data"), "--location", "downtown"),
    ]


EXPORT = ["export", "--from", "2000-01-01", "--to", "2100-01-01"]


@pytest.mark.parametrize("words", [["queue", "--json"], EXPORT])
def test_a_pipe_that_nobody_reads_ends_it_quietly(command: list[str], words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*command, *words], stdout=writing, stderr=subprocess.PIPE, check=False, timeout=30
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_rows_are_written_though_the_locale_has_no_chinese(command: list[str]) -> None:
    environ = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*command, *EXPORT], env=environ, capture_output=True, check=False, timeout=30
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"\xef\xbb\xbfnumber,")
