"""`reception` says what the lobby says, and takes no time that is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import CheckInStore
from kiosk.app import start
from kiosk.cli import main
from kiosk.content.hours import opening
from kiosk.content.texts import load_clinic
from kiosk.queue.public import public_state
from kiosk.settings import CHECKOUT

CLINIC = load_clinic(CHECKOUT / "content")
HOURS = "Mo-Fr 09:00-18:00"

Run = Callable[..., int]


class Clock:
    """Stands at 17:11 on a Monday in Shanghai until it is set."""

    now = datetime(2026, 11, 23, 9, 11, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def shows(self, hour: int, minute: int) -> None:
        self.now = datetime(2026, 11, 23, hour - 8, minute, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> list[CheckInStore]:
    """The stores that the command opened, at the clock's time."""
    stores, real = list[CheckInStore](), start.open_clinic_store
    monkeypatch.setattr(
        start,
        "open_clinic_store",
        lambda *given: stores.append(real(*given, clock=clock)) or stores[-1],
    )
    return stores


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[CheckInStore]) -> Run:
    """Run the command on a folder of its own, of a clinic with hours; gives the exit code."""
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("CLINIC_KIOSK_HOURS", HOURS)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return lambda *words: main(["--data", str(tmp_path / "data"), "reception", *words])


def lobby_says(store: CheckInStore) -> str:
    now = store.calendar.local(store.calendar.now())
    return public_state(store.moment(), opening(HOURS, CLINIC.region, now)).reception


@pytest.mark.parametrize(
    ("time", "at_desk", "said"),
    [
        ((8, 30), False, "Reception is closed until 09:00, by its opening hours.\n"),
        ((8, 30), True, "Reception is closed until 09:00, by its opening hours.\n"),
        ((10, 0), True, "Reception is open.\n"),
        ((10, 0), False, "Reception is away.\nNobody is signed in at the desk.\n"),
        ((18, 0), True, "Reception is closed, by its opening hours.\n"),
    ],
)
def test_hours_are_reckoned_as_in_the_lobby(
    run: Run,
    opened: list[CheckInStore],
    clock: Clock,
    capsys: pytest.CaptureFixture[str],
    time: tuple[int, int],
    at_desk: bool,
    said: str,
) -> None:
    clock.shows(*time)
    assert run() == 0
    opened[0].mark_present("mei", "2")
    if at_desk:
        opened[0].mark_present("lin")
    capsys.readouterr()
    assert run() == 0
    assert capsys.readouterr().out == said
    assert said.startswith(f"Reception is {lobby_says(opened[0])}")


def test_people_may_check_in_early_where_the_clinic_says_so(
    run: Run,
    opened: list[CheckInStore],
    clock: Clock,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLINIC_KIOSK_EARLY_MINUTES", "30")
    clock.shows(8, 29)
    assert run() == 0
    clock.shows(8, 30)
    assert run() == 0
    opened[0].mark_present("lin")
    assert run() == 0
    assert run("closed") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Reception is closed until 09:00, by its opening hours.",
        "Reception is away until 09:00.",
        "Nobody is signed in at the desk.",
        "Reception is open.",
        "Reception is closed.",
    ]


def test_what_staff_say_wins_over_the_hours(
    run: Run, opened: list[CheckInStore], clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.shows(8, 30)
    assert run("away", "--until", "0900") == 0
    assert capsys.readouterr().out.startswith("Reception is away until 09:00.\n")
    assert run("open") == 0
    said = capsys.readouterr().out
    assert said == ("Reception is away.\nIt is open as soon as somebody signs in at the desk.\n")
    opened[0].mark_present("lin")
    assert run("open") == 0
    assert capsys.readouterr().out == "Reception is open.\n"
    assert run("away") == 0
    assert capsys.readouterr().out == "Reception is away.\n", "somebody is there, and says so"
    for state in ("closed", "full"):
        assert run(state) == 0
        assert capsys.readouterr().out == f"Reception is {state}.\n"


@pytest.mark.parametrize("state", ["away", "closed"])
@pytest.mark.parametrize("until", ["16:00", "17:11", "0:30"])
def test_a_time_that_is_over_is_refused(
    run: Run,
    opened: list[CheckInStore],
    capsys: pytest.CaptureFixture[str],
    state: str,
    until: str,
) -> None:
    assert run(state, "--until", until) == 1
    said = capsys.readouterr()
    assert said.err == f"{until:0>5} is over: it is 17:11. Nothing was changed.\n"
    assert said.out == ""
    assert all(store.reception_said() is None for store in opened)


def test_a_time_that_is_over_by_now_is_not_said_any_more(
    run: Run, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("away", "--until", "17:12") == 0
    clock.shows(17, 12)
    capsys.readouterr()
    assert run() == 0
    assert capsys.readouterr().out.startswith("Reception is away.\n")


def test_only_a_time_is_taken_and_only_where_it_means_something(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("full", "--until", "18:00") == 2
    assert "--until goes with away or closed." in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run("away", "--until", "18:65")
    assert "not a time such as 13:00" in capsys.readouterr().err
