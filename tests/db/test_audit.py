"""The audit journal: what is written down stays, in order, unchanged, and for its time only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import (
    AccountLocked,
    Accounts,
    Audit,
    Role,
    StoreBusy,
    StoreCorrupt,
    StoreFull,
    WrongPin,
    open_audit,
)


@pytest.fixture
def audit(tmp_path: Path, clock: Any) -> Audit:
    return open_audit(tmp_path / "data", clock)


def kinds(audit: Audit) -> list[str]:
    return [entry.kind for entry in audit.entries()]


def journals(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "data" / "audit").glob("*.jsonl"))


def test_what_happened_is_told_again(audit: Audit, clock: Any, tmp_path: Path) -> None:
    assert audit.entries() == []
    assert not (tmp_path / "data").exists()
    audit.note("phone_seen", "Lin", "desk", ticket="A012", day="2026-11-23")
    clock.move(days=1)
    open_audit(tmp_path / "data", clock).note("keys_destroyed", "system", "", days=["2026-11-16"])
    first, second = audit.entries()
    assert (first.kind, first.by, first.device) == ("phone_seen", "Lin", "desk")
    assert first.told == {"ticket": "A012", "day": "2026-11-23"}
    assert second.told == {"days": ["2026-11-16"]}
    assert second.at - first.at == timedelta(days=1)
    assert audit.entries(second.at.date()) == [second]
    assert audit.entries(None, first.at.date()) == [first]


def test_it_is_for_this_account_only(audit: Audit, tmp_path: Path) -> None:
    audit.note("signed_in", "Lin", "desk")
    folder = tmp_path / "data" / "audit"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "a word": lambda data: data.replace(b"Lin", b"Mei", 1),
    "a line taken out": lambda data: b"".join(data.splitlines(keepends=True)[::2]),
    "two lines changed about": lambda data: b"".join(data.splitlines(keepends=True)[::-1]),
    "a hole": lambda data: data[:40] + bytes(40) + data[80:],
    "no text": lambda data: b"\xff\xfe\n" + data,
    "deep nesting": lambda data: b"[" * 100_000 + b"\n",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed(audit: Audit, clock: Any, tmp_path: Path, change: str) -> None:
    for n in range(3):
        audit.note("signed_in", "Lin", f"desk {n}")
    (file,) = journals(tmp_path)
    file.write_bytes(CHANGES[change](file.read_bytes()))
    with pytest.raises(StoreCorrupt, match="damaged at line"):
        audit.entries()
    audit.note("signed_in", "Lin", "desk")  # what happens next is written down all the same


def test_a_day_taken_out_of_the_middle_is_noticed(audit: Audit, clock: Any, tmp_path: Path) -> None:
    for _ in range(3):
        audit.note("signed_in", "Lin", "desk")
        clock.move(days=1)
    journals(tmp_path)[1].unlink()
    with pytest.raises(StoreCorrupt):
        audit.entries()


def test_a_line_that_a_power_cut_tore_is_cut_off(audit: Audit, tmp_path: Path) -> None:
    audit.note("signed_in", "Lin", "desk")
    (file,) = journals(tmp_path)
    file.write_bytes(file.read_bytes() + b'0123 {"at":"2026')
    assert kinds(audit) == ["signed_in"]
    audit.note("phone_seen", "Lin", "desk")
    assert kinds(audit) == ["signed_in", "phone_seen"]


def test_a_file_that_a_power_cut_left_empty_is_begun_again(
    audit: Audit, clock: Any, tmp_path: Path
) -> None:
    audit.note("signed_in", "Lin", "desk")
    clock.move(days=1)
    (tmp_path / "data" / "audit" / f"{clock.now.date()}.jsonl").touch(mode=0o600)
    audit.note("phone_seen", "Lin", "desk")
    assert kinds(audit) == ["signed_in", "phone_seen"]


def test_a_full_disk_leaves_no_half_a_line(
    audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit.note("signed_in", "Lin", "desk")

    def full(handle: int, data: bytes) -> None:
        import os

        os.write(handle, data[:20])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("db.audit.write_all", full)
        with pytest.raises(StoreFull):
            audit.note("phone_seen", "Lin", "desk")
    audit.note("names_exported", "Lin", "desk")
    assert kinds(audit) == ["signed_in", "names_exported"]


def test_it_is_kept_for_a_year_and_no_longer(clock: Any, tmp_path: Path) -> None:
    audit = open_audit(tmp_path / "data", clock, keep_days=365)
    for _ in range(20):
        audit.note("signed_in", "Lin", "desk")
        clock.move(days=20)
    days = [entry.at.date() for entry in audit.entries()]
    last = max(days)
    assert last - min(days) <= timedelta(days=365)
    assert len(days) == 19


def test_a_clock_that_leaps_ahead_takes_nothing_away(
    audit: Audit, clock: Any, tmp_path: Path
) -> None:
    audit.note("signed_in", "Lin", "desk")
    clock.move(days=3000)
    audit.note("signed_in", "Lin", "desk")
    assert len(audit.entries()) == 2


def test_many_write_at_once_and_the_chain_holds(clock: Any, tmp_path: Path) -> None:
    def write(name: str) -> None:
        own = open_audit(tmp_path / "data", clock)
        for _ in range(20):
            own.note("signed_in", name, "desk")

    threads = [threading.Thread(target=write, args=(f"Staff {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(open_audit(tmp_path / "data", clock).entries()) == 120


def test_values_are_plain_and_short(audit: Audit) -> None:
    audit.note("names_exported", "Lin\x1b[2J", "desk", reason="a\nb" * 300, days=["\x07x"])
    (entry,) = audit.entries()
    assert entry.by == "Lin[2J"
    assert entry.told["days"] == ["x"]
    assert len(str(entry.told["reason"])) == 200
    assert str(entry.told["reason"]).isprintable()


def test_what_is_done_with_accounts_is_written_down(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.set_pin("Lin", "913057", by="root")
    accounts.verify("Lin", "913057", "desk 1")
    with pytest.raises(WrongPin):
        accounts.verify("nobody 482916", "482916", "desk 1")
    for _ in range(4):
        with pytest.raises(WrongPin):
            accounts.verify("Lin", "000000", "desk 2")
    for _ in range(3):
        with pytest.raises(AccountLocked):
            accounts.verify("Lin", "000000", "desk 2")
    accounts.add("Mei", Role.manager, "592730", by="root")
    accounts.remove("Mei", by="root")
    told = accounts.audit.entries()
    assert [(entry.kind, entry.by) for entry in told] == [
        *[("account_added", ""), ("pin_changed", "root"), ("signed_in", "Lin")],
        *[("wrong_pin", ""), *[("wrong_pin", "Lin")] * 5, ("locked_out", "Lin")],
        *[("account_added", "root"), ("account_removed", "root")],
    ]
    assert told[-1].told == {"account": "Mei"}
    assert "482916" not in str(told)
    assert {entry.device for entry in told[4:9]} == {"desk 2"}


def test_while_it_is_held_by_another_it_says_so(
    audit: Audit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clock: Any
) -> None:
    audit.note("signed_in", "Lin", "desk")
    other = open_audit(tmp_path / "data", clock)
    other.lock._timeout = 0.02
    with audit._lock.held(), pytest.raises(StoreBusy):
        other.note("signed_in", "Mei", "desk")


def test_a_day_is_the_name_of_its_file(audit: Audit, tmp_path: Path) -> None:
    audit.note("signed_in", "Lin", "desk")
    assert [date.fromisoformat(file.stem) for file in journals(tmp_path)] == [date(2026, 11, 23)]
