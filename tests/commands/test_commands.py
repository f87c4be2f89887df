"""The plain commands: accounts, queue and stats, as a shell sees them."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from store_fixtures import Clock

from db import Arrival, CheckInStore
from kiosk.cli import main
from kiosk.commands import queue as queue_commands
from kiosk.commands import stats as stats_commands
from kiosk.content.texts import load_clinic
from kiosk.settings import CHECKOUT, Settings

CLINIC = load_clinic(CHECKOUT / "content")


class Terminal(io.StringIO):
    """Standard input with a person in front of it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run a command line on a folder of its own; gives the exit code."""
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(*words: str, stdin: io.StringIO | None = None) -> int:
        monkeypatch.setattr("sys.stdin", stdin or io.StringIO())
        return main(["--data", str(tmp_path / "data"), *words])

    return run


@pytest.fixture
def printed(
    store: CheckInStore, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """What `queue` or `stats` print of the store."""

    def run(name: str, as_json: bool = False) -> str:
        if name == "stats":
            code = stats_commands.print_figures(as_json, Settings(), CLINIC, store=store)
        else:
            code = queue_commands.print_queue(as_json, Settings(), CLINIC, store=store, now=clock())
        assert code == 0
        return capsys.readouterr().out

    return run


def some_people(store: CheckInStore, clock: Clock) -> None:
    """A001 done after 20 minutes' wait, A002 called after 30, A003 urgent, A004 waiting."""
    store.check_in(Arrival(name="王小明", phone="13800001234", service="cupping"))
    store.check_in(Arrival(name="Zoë", service="tuina", language="en"))
    clock.move(minutes=20)
    first = store.call_next("1", "lin")
    assert first is not None
    store.complete(first.id, "lin")
    clock.move(minutes=10)
    store.call_next("2", "lin")
    store.check_in(Arrival(urgent=True))
    clock.move(minutes=5)
    store.check_in(Arrival(name="O'Neill", service="cupping", language="en"))
    clock.move(minutes=7)


# accounts


def test_an_account_is_added_listed_and_removed(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    added = command(
        "accounts",
        "add",
        "Lin",
        "--role",
        "reception",
        "--pin-stdin",
        stdin=io.StringIO("482913\n"),
    )
    assert added == 0
    assert capsys.readouterr().out == "Lin (reception) can sign in now.\n"
    assert command("accounts", "list") == 0
    assert capsys.readouterr().out == "Lin  reception  no sign-in known\n"
    assert command("accounts", "remove", "lin") == 0
    capsys.readouterr()
    command("accounts", "list")
    assert capsys.readouterr().out.startswith("There are no accounts yet.")


@pytest.mark.parametrize("pin", ["12345", "123456789", "12a456", ""])
def test_a_pin_that_is_no_pin_is_refused(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str], pin: str
) -> None:
    words = ("accounts", "add", "Lin", "--role", "reception", "--pin-stdin")
    assert command(*words, stdin=io.StringIO(f"{pin}\n")) == 1
    assert capsys.readouterr().err == "A PIN has 6 to 8 digits.\n"
    command("accounts", "list")
    assert "Lin" not in capsys.readouterr().out


def test_without_a_terminal_nobody_is_asked_for_a_pin(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("accounts", "add", "Lin", "--role", "reception") == 1
    assert "--pin-stdin" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [(["482913", "482913"], 0, "can sign in"), (["482913", "482931"], 1, "differ")],
)
def test_at_a_terminal_the_pin_is_asked_twice(
    command: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: list[str],
    code: int,
    said: str,
) -> None:
    monkeypatch.setattr("kiosk.commands.accounts.getpass", lambda _: typed.pop(0))
    assert command("accounts", "add", "Lin", "--role", "manager", stdin=Terminal()) == code
    output = capsys.readouterr()
    assert said in output.out + output.err
    assert typed == []


@pytest.mark.parametrize(
    "words",
    [
        ("set-pin", "Nobody"),
        ("remove", "Nobody"),
        ("unlock", "Nobody"),
        ("set-role", "Nobody", "manager"),
        ("rename", "Nobody", "Somebody"),
    ],
)
def test_an_account_that_is_not_there_is_named(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert command("accounts", *words) == 1
    assert capsys.readouterr().err == "There is no account named Nobody.\n"


# queue


def test_the_queue_is_printed_in_calling_order_without_names(
    store: CheckInStore, clock: Clock, printed: Callable[..., str]
) -> None:
    some_people(store, clock)
    lines = printed("queue").splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["Ticket", "A003", "A002", "A004"]
    assert " ".join(lines[1].split()) == "A003 waiting, urgent (not sure) 10:30 12 min"
    assert " ".join(lines[2].split()) == "A002 called 2 Tuina massage 10:00 10:30 30 min"
    text = "\n".join(lines)
    assert not any(secret in text for secret in ("王", "Zoë", "Neill", "1234"))


def test_the_queue_as_json_holds_everybody_of_today_without_names(
    store: CheckInStore, clock: Clock, printed: Callable[..., str]
) -> None:
    some_people(store, clock)
    text = printed("queue", as_json=True)
    rows = json.loads(text)
    assert [(row["ticket"], row["status"]) for row in rows] == [
        ("A001", "done"),
        ("A002", "called"),
        ("A003", "waiting"),
        ("A004", "waiting"),
    ]
    assert rows[1]["arrived_at"] == "2026-11-23T02:00:00Z"
    assert rows[1]["called_at"] == "2026-11-23T02:30:00Z"
    assert (rows[1]["room"], rows[1]["wait_minutes"]) == ("2", 30)
    assert (rows[2]["called_at"], rows[2]["wait_minutes"]) == (None, 12)
    assert not any(secret in text for secret in ("王", "Zoë", "Neill", "1234"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["queue"], "Nobody is waiting.\n"),
        (["queue", "--json"], "[]\n"),
        (["stats"], "Nobody has checked in today.\n"),
    ],
)
def test_looking_at_nothing_makes_no_folder(
    command: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: list[str],
    said: str,
) -> None:
    assert command(*words) == 0
    assert capsys.readouterr().out.endswith(said)
    assert list(tmp_path.iterdir()) == []


# stats


def test_figures_of_the_day(store: CheckInStore, clock: Clock, printed: Callable[..., str]) -> None:
    some_people(store, clock)
    figures = json.loads(printed("stats", as_json=True))
    assert figures["day"] == "2026-11-23"
    assert figures["arrivals"] == 4
    assert figures["by_status"] == {"waiting": 2, "called": 1, "done": 1}
    assert figures["by_hour"] == {"10": 4}
    assert figures["wait"] == {
        "people": 2,
        "mean_minutes": 25.0,
        "median_minutes": 25.0,
        "p90_minutes": 30,
        "least_minutes": 20,
        "most_minutes": 30,
    }
    assert figures["by_service"]["cupping"]["arrivals"] == 2
    assert figures["by_service"]["cupping"]["wait"]["mean_minutes"] == 20.0
    assert figures["by_service"][""] == {"arrivals": 1, "wait": None, "visit": None}
    assert figures["rooms"]["1"]["people"] == 1
    assert figures["rooms"]["1"]["visit"]["median_minutes"] == 0.0
    assert figures["rooms"]["2"] == {"people": 1, "visit": None}
    text = printed("stats")
    assert "4 arrivals" in text
    assert "mean 25 min, nine in ten at most 30 min" in text


def test_a_wait_ends_with_the_first_call_and_an_undone_call_is_none(
    store: CheckInStore, clock: Clock, printed: Callable[..., str]
) -> None:
    store.check_in(Arrival())
    clock.move(minutes=5)
    store.call_next("1", "lin")
    store.undo("lin")
    clock.move(minutes=5)
    called = store.call_next("1", "lin")
    assert called is not None
    clock.move(minutes=20)
    store.recall(called.id, "lin")
    figures = json.loads(printed("stats", as_json=True))
    assert figures["wait"]["mean_minutes"] == 10.0


def test_figures_of_many_days_with_a_purged_one_among_them(
    store: CheckInStore, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    first = store.day
    for _ in range(6):
        store.check_in(Arrival(service="tuina"))
        clock.move(minutes=10)
        called = store.call_next("1", "lin")
        assert called is not None
        clock.move(minutes=20)
        store.complete(called.id, "lin")
    clock.move(minutes=31 * 24 * 60)
    for _ in range(2):
        store.check_in(Arrival(service="tuina"))
    called = store.call_next("1", "lin")
    assert called is not None
    store.no_show(called.id, "lin")
    store.days.purge()
    assert store.days.on_disk() == [store.day]

    def figures(start: date, end: date) -> dict[str, Any]:
        stats_commands.print_figures(True, Settings(), CLINIC, first=start, last=end, store=store)
        return json.loads(capsys.readouterr().out)

    both = figures(first, store.day)
    assert (both["days"], both["rough_days"], both["arrivals"]) == (2, 1, 8)
    assert both["by_status"] == {"waiting": 1, "no_show": 1}
    assert both["by_service"]["tuina"]["arrivals"] == 8
    assert both["by_service"]["tuina"]["visit"]["mean_minutes"] == 20.0
    assert both["wait"]["people"] == 7
    assert both["rooms"]["1"]["people"] == 6
    assert figures(first, first)["arrivals"] == 6
    assert figures(store.day, store.day)["rough_days"] == 0
    stats_commands.print_figures(False, Settings(), CLINIC, first=first, store=store)
    assert "1 of the days are purged: their times are approximate." in capsys.readouterr().out


def test_what_was_entered_in_error_is_no_arrival(
    store: CheckInStore, printed: Callable[..., str]
) -> None:
    check_in = store.check_in(Arrival())
    store.void(check_in.id, "lin", reason="tried out")
    figures = json.loads(printed("stats", as_json=True))
    assert (figures["arrivals"], figures["by_status"]) == (0, {"void": 1})
