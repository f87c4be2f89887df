"""`accounts`: what a volunteer sees and changes of them, and what a damaged file comes to."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import AccountError, Accounts, HashCost, open_accounts
from kiosk.cli import main

Run = Callable[..., int]
PIN = "482916"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line on a folder of its own; gives the exit code."""
    monkeypatch.setenv("CLINIC_KIOSK_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def command(*words: str, stdin: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        return main(["--data", str(tmp_path / "data"), *words])

    return command


@pytest.fixture
def accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Accounts:
    """Lin and 欧阳, as the command opens them, on a Monday at 10:00 in Shanghai."""
    accounts = open_accounts(
        tmp_path / "data",
        tmp_path / "keys",
        lambda: datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
        cost=HashCost(passes=1, memory=8),
    )
    accounts.add("Lin", "reception", PIN)
    accounts.add("欧阳", "manager", PIN)
    monkeypatch.setattr("kiosk.app.start.open_clinic_accounts", lambda _: accounts)
    return accounts


def test_the_list_says_role_and_last_sign_in_though_no_audit_is_left(
    run: Run, accounts: Accounts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts.verify("Lin", PIN, "desk")
    for file in (tmp_path / "data" / "audit").glob("*.jsonl"):
        file.unlink()
    assert run("accounts", "list") == 0
    assert capsys.readouterr().out == (
        "Lin   reception  last signed in 2026-11-23 10:00\n欧阳  manager    no sign-in known\n"
    )


def test_who_signed_in_before_that_was_kept_is_known_by_the_audit(
    run: Run, accounts: Accounts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts.audit.note("signed_in", "Lin", "desk", role="reception")
    assert run("accounts", "list") == 0
    assert "Lin   reception  last signed in 2026-11-23 10:00\n" in capsys.readouterr().out
    [file] = (tmp_path / "data" / "audit").glob("*.jsonl")
    file.write_bytes(b"damaged\n")
    assert run("accounts", "list") == 0
    assert "Lin   reception  no sign-in known\n" in capsys.readouterr().out


def test_role_name_and_lock_are_changed(
    run: Run, accounts: Accounts, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("accounts", "set-role", "lin", "practitioner") == 0
    assert capsys.readouterr().out == "Lin is practitioner now, and signs in anew.\n"
    assert run("accounts", "rename", "Lin", "Mei") == 0
    assert "Lin is Mei now, with the PIN as before" in capsys.readouterr().out
    for _ in range(5):
        with contextlib.suppress(AccountError):
            accounts.verify("Mei", "000000", "desk")
    capsys.readouterr()
    assert run("accounts", "list") == 0
    assert "locked until 10:05\n" in capsys.readouterr().out
    assert run("accounts", "unlock", "Mei") == 0
    assert capsys.readouterr().out == "Mei can try again.\n"
    assert accounts.verify("Mei", PIN, "desk").name == "Mei"
    kinds = [(entry.kind, entry.by.endswith("command line)")) for entry in accounts.audit.entries()]
    assert {("role_changed", True), ("account_renamed", True), ("unlocked", True)} <= set(kinds)
    capsys.readouterr()
    assert run("accounts", "unlock", "Mei") == 0
    assert capsys.readouterr().out == "Mei was not locked.\n"


def test_a_name_that_looks_like_another_is_refused_before_a_pin_is_asked_for(
    run: Run, accounts: Accounts, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("add", "Lín", "--role", "manager"), ("rename", "欧阳", "Lín")):
        assert run("accounts", *words) == 1, "there is no terminal to ask at"
        assert "looks like the account Lin" in capsys.readouterr().err
    assert [one.name for one in accounts.all()] == ["Lin", "欧阳"]


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"accounts": {', b"\x00" * 300])
def test_a_damaged_file_is_named_by_every_command_and_never_overwritten(
    run: Run,
    accounts: Accounts,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    damage: bytes,
) -> None:
    file = tmp_path / "data" / "accounts.json"
    file.write_bytes(damage)
    for words in (
        ("accounts", "list"),
        ("accounts", "add", "Mei", "--role", "manager", "--pin-stdin"),
        ("accounts", "set-pin", "Lin", "--pin-stdin"),
        ("accounts", "set-role", "Lin", "manager"),
        ("accounts", "rename", "Lin", "Mei"),
        ("accounts", "unlock", "Lin"),
        ("accounts", "remove", "Lin"),
        ("audit", "--account", "Lin", "--pin-stdin"),
    ):
        assert run(*words, stdin=f"{PIN}\n") == 1, words
        said = capsys.readouterr()
        assert "The file accounts.json is damaged at line 1." in said.err, words
        assert "no accounts" not in said.out + said.err, words
    assert file.read_bytes() == damage
    for command in ("check", "doctor"):
        run(command)
        said = capsys.readouterr().out
        assert "accounts: The file accounts.json is damaged at line 1" in said
        assert "accounts: none yet" not in said
        assert "restore" in said
