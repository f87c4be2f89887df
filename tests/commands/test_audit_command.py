"""Names leave for managers with a reason only, and managers read who did what."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from staff_driver import Desk

from db import Arrival, Audit, HashCost, open_accounts, open_audit, open_store
from kiosk.cli import main

NAME, PIN = "Xylophonia", "482916"
Run = Callable[..., int]


class Terminal(io.StringIO):
    """Standard input with a person in front of it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line on a clinic with a manager Mei and a receptionist Lin."""
    data, keys = tmp_path / "data", tmp_path / "keys"
    accounts = open_accounts(data, keys, cost=HashCost(passes=1, memory=8))
    accounts.add("Lin", "reception", PIN)
    accounts.add("Mei", "manager", PIN)
    store = open_store(data, "downtown", keys_dir=keys, time_zone="Asia/Shanghai")
    store.check_in(Arrival(name=NAME))
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(keys))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def command(*words: str, stdin: io.StringIO | None = None) -> int:
        monkeypatch.setattr("sys.stdin", stdin or io.StringIO())
        return main(["--data", str(data), *words])

    return command


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    return open_audit(tmp_path / "data")


SPAN = ("--from", "2020-01-01", "--to", "2199-01-01")
NAMES = ("export", *SPAN, "--names", "--pin-stdin")
WHY = ("--reason", "moving house")


def pin() -> io.StringIO:
    return io.StringIO(f"{PIN}\n")


def last(audit: Audit) -> tuple[str, str]:
    entry = audit.entries()[-1]
    return entry.kind, entry.by


def test_a_manager_with_a_reason_takes_names_and_that_is_written_down(
    run: Run, audit: Audit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*NAMES, "--account", "Mei", *WHY, stdin=pin()) == 0
    assert NAME in capsys.readouterr().out
    entry = audit.entries()[-1]
    assert (entry.kind, entry.by) == ("names_exported", "Mei")
    assert entry.told == {"reason": "moving house", "first": "2020-01-01", "last": "2199-01-01"}
    assert NAME not in str(audit.entries())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--account", "Lin", *WHY), "Only a manager's account"),
        (("--account", "Mei"), "only with a reason"),
        (("--account", "Mei", "--reason", "  "), "only with a reason"),
    ],
)
def test_nobody_else_does_nor_without_a_reason(
    run: Run,
    audit: Audit,
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    said: str,
) -> None:
    assert run(*NAMES, *more, stdin=pin()) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert "names_exported" not in [entry.kind for entry in audit.entries()]


def test_at_a_terminal_the_reason_is_asked(
    run: Run, audit: Audit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ["Mei", "the police asked"]
    monkeypatch.setattr("builtins.input", lambda _: typed.pop(0))
    monkeypatch.setattr("getpass.getpass", lambda _: PIN)
    assert run("export", *SPAN, "--names", stdin=Terminal()) == 0
    assert audit.entries()[-1].told["reason"] == "the police asked"


def test_what_cannot_be_written_down_is_not_given_away(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from db import StoreFull

    note = Audit.note

    def full(self: Audit, kind: str, *args: str, **told: str) -> None:
        if kind == "names_exported":
            raise StoreFull
        note(self, kind, *args, **told)

    monkeypatch.setattr(Audit, "note", full)
    assert run(*NAMES, "--account", "Mei", *WHY, stdin=pin()) == 1
    assert NAME not in capsys.readouterr().out


def test_managers_read_it_as_rows_or_lines(
    run: Run, audit: Audit, capsys: pytest.CaptureFixture[str]
) -> None:
    audit.note("phone_seen", "=1+1", "desk", ticket="A001")
    words = ("audit", "--account", "Mei", "--pin-stdin")
    assert run(*words, stdin=pin()) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["kind"] for row in rows] == [
        *("account_added", "account_added", "phone_seen", "signed_in", "audit_read"),
    ]
    assert (rows[2]["by"], rows[2]["told"]) == ("'=1+1", "ticket: A001")
    assert rows[2]["at"].endswith("+08:00")
    assert run(*words, "--format", "jsonl", stdin=pin()) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[2]["told"] == {"ticket": "A001"}
    assert run(*words, "--to", "2020-01-01", stdin=pin()) == 0
    assert capsys.readouterr().out == "at,kind,by,device,told\n"


def test_others_do_not_read_it_and_that_is_written_down(
    run: Run, audit: Audit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("audit", "--account", "Lin", "--pin-stdin", stdin=pin()) == 1
    assert "Only a manager" in capsys.readouterr().err
    assert last(audit) == ("refused", "Lin")
    assert run("audit", "--account", "Mei", "--pin-stdin", stdin=io.StringIO("1\n")) == 1
    assert last(audit) == ("wrong_pin", "Mei")


def test_damage_is_said_by_the_command_and_by_check(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file,) = (tmp_path / "data" / "audit").glob("*.jsonl")
    file.write_bytes(file.read_bytes().replace(b"Lin", b"Ann"))
    assert run("audit", "--account", "Mei", "--pin-stdin", stdin=pin()) == 1
    assert "damaged at line 1" in capsys.readouterr().err
    assert run("check") == 1
    assert "audit: The file" in capsys.readouterr().out


def test_changes_of_accounts_name_who_was_at_the_command_line(run: Run, audit: Audit) -> None:
    words = ("accounts", "add", "Omar", "--role", "reception", "--pin-stdin")
    assert run(*words, stdin=io.StringIO("913057\n")) == 0
    entry = audit.entries()[-1]
    assert (entry.kind, entry.told["account"]) == ("account_added", "Omar")
    assert entry.by.endswith("command line") or "command line" in entry.by


async def test_a_number_that_was_looked_at_is_written_down(desk_of_one: Desk) -> None:
    async with desk_of_one.open():
        await desk_of_one.sign_in()
        await desk_of_one.sees("Zoë")
        await desk_of_one.press("v")
        audit = desk_of_one.accounts.audit
        await desk_of_one.until(lambda: last(audit) == ("phone_seen", "Lin"))
        entry = audit.entries()[-1]
        assert (entry.device, entry.told) == ("desk", {"ticket": "A001", "day": "2026-11-23"})
        assert "138" not in str(entry)


@pytest.fixture
def desk_of_one(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.hire()
    desk.arrive("Zoë", "13812345678")
    return desk
