"""What happened to a ticket, or on some days, as rows for whoever audits; never a name."""

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from store_fixtures import Clock

from db import Arrival, Audit, HashCost, open_accounts, open_audit, open_store
from kiosk.cli import main

NAME, PIN = "Xylophonia", "482916"
Run = Callable[..., list[dict[str, str]]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Rows of a clinic's day, with Mei for a manager and Lin at the desk."""
    data, keys, clock = tmp_path / "data", tmp_path / "keys", Clock()
    accounts = open_accounts(data, keys, cost=HashCost(passes=1, memory=8))
    accounts.add("Lin", "reception", PIN)
    accounts.add("Mei", "manager", PIN)
    store = open_store(
        data, "downtown", keys_dir=keys, time_zone="Asia/Shanghai", clock=clock, device="=desk"
    )
    one = store.check_in(Arrival(name=NAME, phone="13812345678", service="tuina"))
    store.check_in(Arrival(name="Zoë"))
    clock.move(minutes=7)
    store.call(one.id, "1", "Lin")
    store.undo("Lin")
    store.amend(one.id, "Lin", name=NAME * 2)
    store.call_for_help("kiosk 1")
    clock.move(days=1)
    store.check_in(Arrival(service="cupping"))
    store.close()
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(keys))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    from kiosk.app import start

    opened = start.open_clinic_store
    monkeypatch.setattr(start, "open_clinic_store", lambda *args: opened(*args, clock=clock))

    def command(*words: str, account: str = "Mei", code: int = 0) -> list[dict[str, str]]:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
        signing = ("--account", account, "--pin-stdin")
        assert main(["--data", str(data), "--language", "en", "history", *words, *signing]) == code
        told = capsys.readouterr()
        assert NAME not in told.out + told.err
        if "jsonl" in words:
            return [json.loads(line) for line in told.out.splitlines()]
        assert told.out.startswith("\ufeff") or code
        return list(csv.DictReader(io.StringIO(told.out.removeprefix("\ufeff"))))

    return command


def audited(tmp_path: Path) -> Audit:
    return open_audit(tmp_path / "data")


@pytest.mark.parametrize("ticket", ["A001", "a1", "１"])
def test_what_happened_to_a_ticket(run: Run, ticket: str) -> None:
    rows = run(ticket, "--day", "2026-11-23")
    assert [row["event"] for row in rows] == [
        *("checked_in", "called", "undone", "amended"),
        "left",  # with the day
    ]
    assert {row["ticket"] for row in rows} == {"A001"}
    assert (rows[1]["at_local"], rows[1]["at_utc"]) == (
        "2026-11-23 10:07:00",
        "2026-11-23 02:07:00",
    )
    assert (rows[1]["by"], rows[1]["status_before"]) == ("Lin", "waiting")
    assert (rows[2]["takes_back"], rows[1]["taken_back_by"]) == (rows[1]["n"], rows[2]["n"])
    assert (rows[0]["service"], rows[0]["service_name"]) == ("tuina", "Tuina massage")
    assert datetime.fromisoformat(rows[0]["at_local"])


def test_what_happened_on_some_days_the_desk_among_it(run: Run) -> None:
    rows = run("--day", "2026-11-23 2026-11-24")
    assert [row["day"] for row in rows].count("2026-11-24") == 1
    assert "help_called" in [row["event"] for row in rows]
    assert rows[0]["device"] == "'=desk"
    assert [row["ticket"] for row in run("--format", "jsonl")] == ["A001"]  # today


def test_it_is_for_managers_and_that_it_was_read_is_written_down(run: Run, tmp_path: Path) -> None:
    run("A001", "--day", "yesterday")
    entry = audited(tmp_path).entries()[-1]
    assert (entry.kind, entry.by) == ("history_read", "Mei")
    assert entry.told == {"ticket": "A001", "first": "2026-11-23", "last": "2026-11-23"}
    assert run("A001", "--day", "yesterday", account="Lin", code=1) == []
    assert audited(tmp_path).entries()[-1].kind == "refused"


@pytest.mark.parametrize(
    ("words", "code"), [(("A099",), 1), (("B1",), 1), (("A001", "--day", "2026-12-24"), 2)]
)
def test_a_ticket_or_a_day_that_is_not_there_is_refused(
    run: Run, words: tuple[str, ...], code: int
) -> None:
    assert run(*words, code=code) == []
