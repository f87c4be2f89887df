"""What a manager changes of an account: its role, its name, a lock; and what is known of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from test_staff import guess_wrong

from db import Account, AccountExists, AccountLocked, Accounts, Role, UnknownAccount, WrongPin


def lock(accounts: Accounts, terminal: str = "desk", **more: bool) -> None:
    for _ in range(4):
        with pytest.raises(WrongPin):
            accounts.verify("Lin", "000000", terminal, **more)
    with pytest.raises(AccountLocked):
        accounts.verify("Lin", "000000", terminal, **more)


def last(accounts: Accounts) -> tuple[str, str, dict[str, Any]]:
    entry = accounts.audit.entries()[-1]
    return entry.kind, entry.by, entry.told


def test_another_role_keeps_the_pin_and_ends_open_sessions(accounts: Accounts) -> None:
    stamp = accounts.stamp("Lin")
    assert accounts.set_role("lin", "manager", by="Mei") == Account("Lin", Role.manager)
    assert accounts.verify("Lin", "482916", "desk").role is Role.manager
    assert accounts.stamp("Lin") != stamp
    told = {"account": "Lin", "role": "manager", "before": "reception"}
    assert [(e.by, e.told) for e in accounts.audit.entries() if e.kind == "role_changed"] == [
        ("Mei", told)
    ]
    with pytest.raises(ValueError, match="owner"):
        accounts.set_role("Lin", "owner")


def test_another_name_keeps_pin_role_and_what_is_locked(
    accounts: Accounts, open_again: Callable[[], Accounts]
) -> None:
    lock(accounts)
    assert accounts.rename("lin", " Mei  Lin ", by="Mei") == Account("Mei Lin", Role.reception)
    assert last(accounts) == ("account_renamed", "Mei", {"account": "Lin", "now": "Mei Lin"})
    assert accounts.stamp("Lin") is None
    with pytest.raises(AccountLocked):
        accounts.verify("Mei Lin", "482916", "desk")
    assert open_again().verify("Mei Lin", "482916", "another desk").name == "Mei Lin"
    with pytest.raises(WrongPin):
        accounts.verify("Lin", "482916", "another desk")
    accounts.rename("Mei Lin", "Omar")
    assert accounts.verify("Omar", "482916", "a third desk") == Account("Omar", Role.reception)
    accounts.rename("Omar", "Lin")
    assert accounts.verify("Lin", "482916", "a third desk").name == "Lin"
    accounts.rename("Lin", "LIN")
    assert [one.name for one in accounts.all()] == ["LIN"]
    accounts.rename("LIN", "Omar")
    accounts.set_pin("Omar", "913057")
    assert accounts.verify("Omar", "913057", "desk").name == "Omar"


def test_a_name_that_is_taken_looks_like_another_or_does_not_show_is_refused(
    accounts: Accounts,
) -> None:
    accounts.add("Mei", Role.manager, "592730")
    for new in ("mei", "Ｍｅｉ", "Méi", "Меі"):
        with pytest.raises((AccountExists, ValueError), match=r"already|looks like|alike"):
            accounts.rename("Lin", new)
    for new in ("", "Li\u200bn", "x" * 41):
        with pytest.raises(ValueError, match="shown"):
            accounts.rename("Lin", new)
    assert accounts.rename("Lin", "Lín").name == "Lín", "it may look like the one it had"
    assert accounts.verify("Lín", "482916", "desk").name == "Lín"


def test_nobody_moves_a_hash_from_one_account_to_another(
    accounts: Accounts, tmp_path: Path
) -> None:
    accounts.add("Mei", Role.manager, "592730")
    accounts.rename("Lin", "Omar")
    path = tmp_path / "data" / "accounts.json"
    file = msgspec.json.decode(path.read_bytes())
    omar, mei = file["accounts"]["omar"], file["accounts"]["mei"]
    mei |= {name: omar[name] for name in ("hash", "hashed_as", "proof")}
    path.write_bytes(msgspec.json.encode(file))
    with pytest.raises(WrongPin):
        accounts.verify("Mei", "482916", "desk")
    assert accounts.verify("Omar", "482916", "desk").name == "Omar"


def test_a_lock_is_lifted_at_every_terminal_and_at_lobbies(accounts: Accounts) -> None:
    for terminal in ("desk", "room 2"):
        lock(accounts, terminal)
    lock(accounts, "lobby", everybody=True)
    assert accounts.unlock("lin", by="Mei")
    assert last(accounts) == ("unlocked", "Mei", {"account": "Lin"})
    for terminal in ("desk", "room 2"):
        assert accounts.verify("Lin", "482916", terminal).name == "Lin"
    assert accounts.verify("Lin", "482916", "lobby", everybody=True).name == "Lin"
    guess_wrong(accounts, 2)
    assert not accounts.unlock("Lin"), "nothing was locked"


def test_what_is_not_there_is_not_changed(accounts: Accounts) -> None:
    for refused in (
        lambda: accounts.set_role("Mei", Role.manager),
        lambda: accounts.rename("Mei", "Omar"),
        lambda: accounts.unlock("Mei"),
    ):
        with pytest.raises(UnknownAccount, match="Mei"):
            refused()
    assert [one.name for one in accounts.all()] == ["Lin"]


def test_when_somebody_last_signed_in_is_known_without_an_audit(
    accounts: Accounts, open_again: Callable[[], Accounts], clock: Any, tmp_path: Path
) -> None:
    [now] = accounts.now()
    assert (now.account.name, now.signed_in, now.locked_until) == ("Lin", None, None)
    accounts.verify("Lin", "482916", "desk")
    at = clock.now
    clock.move(hours=3)
    guess_wrong(accounts, 1)
    for file in (tmp_path / "data" / "audit").iterdir():
        if file.is_file():
            file.unlink()
    assert [one.signed_in for one in open_again().now()] == [at]
    accounts.rename("Lin", "Mei")
    accounts.set_role("Mei", "manager")
    accounts.set_pin("Mei", "913057")
    assert [one.signed_in for one in accounts.now()] == [at]


def test_who_is_locked_and_until_when(accounts: Accounts, clock: Any) -> None:
    lock(accounts)
    assert [one.locked_until for one in accounts.now()] == [clock.now + timedelta(minutes=5)]
    clock.move(minutes=5)
    assert [one.locked_until for one in accounts.now()] == [None]
