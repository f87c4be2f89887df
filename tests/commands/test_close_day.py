"""`close-day` says whom it would send away, and asks before it does."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from db import Arrival, CheckInStore, Status, open_store
from kiosk.cli import main

HERE = "Still here: 2 waiting, 1 called, 1 with staff, 1 at the laboratory."
BECOME = "4 of them would become left, 1 done."


class Terminal(io.StringIO):
    """Standard input with a person in front of it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def store(tmp_path: Path) -> CheckInStore:
    return open_store(
        tmp_path / "data", "downtown", keys_dir=tmp_path / "keys", time_zone="Asia/Shanghai"
    )


@pytest.fixture
def five_here(store: CheckInStore) -> CheckInStore:
    """Two waiting, one called, one in a room, one at the laboratory; one has gone."""
    called, seen, parked, gone, *_ = [store.check_in(Arrival()) for _ in range(6)]
    store.leave(gone.id, "lin")
    for one in (called, seen):
        store.call(one.id, "1", "lin")
    store.begin(seen.id, "lin")
    store.park(parked.id, "lin")
    return store


@pytest.fixture
def close_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run the command on a folder of its own; gives the exit code."""
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(*words: str, stdin: io.StringIO | None = None) -> int:
        monkeypatch.setattr("sys.stdin", stdin or io.StringIO())
        return main(["--data", str(tmp_path / "data"), "close-day", *words])

    return run


def here(store: CheckInStore) -> int:
    return sum(one.status in (Status.waiting, Status.called) for one in store.today())


@pytest.mark.parametrize(
    ("typed", "ends"), [("y", True), ("Yes ", True), ("n", False), ("", False), ("ｙ", True)]
)
def test_at_a_terminal_it_says_whom_it_would_end_and_asks(
    five_here: CheckInStore,
    close_day: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    typed: str,
    ends: bool,
) -> None:
    assert close_day(stdin=Terminal(f"{typed}\n")) == (0 if ends else 1)
    said = capsys.readouterr()
    assert said.err.startswith(f"{HERE}\n{BECOME}\n")
    assert ("is closed" in said.out) is ends
    assert ("Nothing was changed." in said.err) is not ends
    assert here(five_here) == (0 if ends else 3)


def test_without_a_terminal_it_refuses_with_a_sentence(
    five_here: CheckInStore, close_day: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert close_day() == 1
    assert capsys.readouterr().err == (
        f"{HERE}\n{BECOME}\n"
        "Nothing was changed: there is no terminal to ask at. With --yes it is done all the same.\n"
    )
    assert here(five_here) == 3


@pytest.mark.parametrize("word", ["--yes", "--confirm"])
def test_with_yes_it_is_done_and_said(
    five_here: CheckInStore,
    close_day: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    word: str,
) -> None:
    assert close_day(word) == 0
    assert "is closed: 6 check-ins." in capsys.readouterr().out
    assert here(five_here) == 0


def test_where_nobody_is_here_any_more_there_is_nothing_to_ask(
    store: CheckInStore, close_day: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    store.leave(store.check_in(Arrival()).id, "lin")
    assert close_day() == 0
    assert capsys.readouterr().err == ""


def test_one_person_is_one(
    store: CheckInStore, close_day: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    store.check_in(Arrival())
    assert close_day() == 1
    assert "Still here: 1 waiting.\nThey would become left.\n" in capsys.readouterr().err
