"""Staff accounts: who may sign in, and how often they may guess."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db import (
    Account,
    AccountExists,
    AccountLocked,
    Accounts,
    KeyMissing,
    Role,
    UnknownAccount,
    WrongPin,
)


def guess_wrong(accounts: Accounts, times: int, name: str = "Lin", device: str = "desk") -> None:
    for _ in range(times):
        with pytest.raises(WrongPin):
            accounts.verify(name, "000000", device)


def test_an_account_signs_in_with_its_pin(accounts: Accounts) -> None:
    lin = Account("Lin", Role.reception)
    assert accounts.verify("Lin", "482916", "desk") == lin
    assert accounts.verify(" lin ", "４８２９１６", "desk") == lin
    assert accounts.all() == [lin]


def test_accounts_are_kept(accounts: Accounts, open_again: Callable[[], Accounts]) -> None:
    accounts.add("Mei", "manager", "59273018")
    assert [one.name for one in open_again().all()] == ["Lin", "Mei"]
    assert open_again().verify("Mei", "59273018", "desk").role is Role.manager


def test_a_name_is_taken_once(accounts: Accounts) -> None:
    with pytest.raises(AccountExists, match="LIN"):
        accounts.add("LIN", Role.manager, "482916")


@pytest.mark.parametrize("pin", ["", "12345", "123456789", "12345a", "123 456"])
def test_a_pin_has_six_to_eight_digits(accounts: Accounts, pin: str) -> None:
    with pytest.raises(ValueError, match="6 to 8 digits"):
        accounts.add("Mei", Role.reception, pin)
    with pytest.raises(ValueError, match="6 to 8 digits"):
        accounts.set_pin("Lin", pin)


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "a\x1bb"])
def test_a_name_can_be_shown(accounts: Accounts, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        accounts.add(name, Role.reception, "482916")


def test_an_account_can_go_and_its_pin_can_change(accounts: Accounts) -> None:
    accounts.set_pin("lin", "913057")
    with pytest.raises(WrongPin):
        accounts.verify("Lin", "482916", "desk")
    assert accounts.verify("Lin", "913057", "desk").name == "Lin"
    accounts.remove("Lin")
    assert accounts.all() == []
    for refused in (
        lambda: accounts.remove("Lin"),
        lambda: accounts.set_pin("Lin", "913057"),
    ):
        with pytest.raises(UnknownAccount):
            refused()


def test_five_wrong_tries_lock_for_five_minutes(accounts: Accounts, clock: Any) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPin) as wrong:
            accounts.verify("Lin", "000000", "desk")
        assert wrong.value.tries_left == left
    with pytest.raises(AccountLocked) as locked:
        accounts.verify("Lin", "000000", "desk")
    assert locked.value.until == clock.now + timedelta(minutes=5)
    clock.move(minutes=4.9)
    with pytest.raises(AccountLocked) as locked:
        accounts.verify("Lin", "482916", "desk")
    assert locked.value.until == clock.now + timedelta(minutes=0.1)
    clock.move(minutes=0.1)
    assert accounts.verify("Lin", "482916", "desk").name == "Lin"


def test_an_account_is_locked_at_one_terminal_only_and_after_a_restart_too(
    accounts: Accounts, open_again: Callable[[], Accounts]
) -> None:
    accounts.add("Mei", Role.manager, "592730")
    guess_wrong(accounts, 4)
    with pytest.raises(AccountLocked):
        accounts.verify("Lin", "000000", "desk")
    with pytest.raises(AccountLocked):
        open_again().verify("Lin", "482916", "desk")
    assert open_again().verify("Mei", "592730", "desk").name == "Mei"
    assert open_again().verify("Lin", "482916", "another desk").name == "Lin"
    with pytest.raises(AccountLocked):
        open_again().verify("Lin", "482916", "desk")


def test_at_a_lobby_all_accounts_share_the_tries_and_nobody_elsewhere_does(
    accounts: Accounts,
) -> None:
    accounts.add("Mei", Role.manager, "592730")
    for name in ("Lin", "Mei", "nobody", "Lin"):
        with pytest.raises(WrongPin):
            accounts.verify(name, "000000", "lobby", everybody=True)
    with pytest.raises(AccountLocked):
        accounts.verify("Mei", "000000", "lobby", everybody=True)
    with pytest.raises(AccountLocked):
        accounts.verify("Lin", "482916", "lobby", everybody=True)
    assert accounts.verify("Lin", "482916", "lobby").name == "Lin"
    assert accounts.verify("Lin", "482916", "another lobby", everybody=True).name == "Lin"


def test_an_unknown_name_is_locked_as_a_known_one_and_is_not_kept(
    accounts: Accounts, tmp_path: Path
) -> None:
    guess_wrong(accounts, 4, name="482917")
    with pytest.raises(AccountLocked):
        accounts.verify("482917", "000000", "desk")
    assert "482917" not in (tmp_path / "data" / "accounts.json").read_text()


def test_names_that_are_made_up_fill_no_disk(
    accounts: Accounts, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.accounts.tries.AT_MOST", 5)
    for n in range(12):
        guess_wrong(accounts, 1, name=f"nobody {n}")
        clock.move(minutes=1)
    assert len(accounts._read().tries) <= 6
    clock.move(minutes=61)
    guess_wrong(accounts, 1)
    assert len(accounts._read().tries) == 1


def test_another_pin_lifts_the_lock_wherever_it_was(accounts: Accounts) -> None:
    for terminal in ("desk", "ssh"):
        guess_wrong(accounts, 4, device=terminal)
    accounts.set_pin("Lin", "913057")
    guess_wrong(accounts, 4)
    assert accounts.verify("Lin", "913057", "ssh").name == "Lin"


def test_the_right_pin_forgives_the_wrong_ones(accounts: Accounts) -> None:
    guess_wrong(accounts, 4)
    accounts.verify("Lin", "482916", "desk")
    guess_wrong(accounts, 4)
    accounts.verify("Lin", "482916", "desk")


def test_wrong_tries_are_forgotten_after_an_hour(accounts: Accounts, clock: Any) -> None:
    guess_wrong(accounts, 4)
    clock.move(minutes=61)
    guess_wrong(accounts, 4)


def test_a_clock_set_back_neither_frees_nor_locks_for_years(accounts: Accounts, clock: Any) -> None:
    guess_wrong(accounts, 4)
    with pytest.raises(AccountLocked):
        accounts.verify("Lin", "000000", "desk")
    clock.move(days=-400)
    with pytest.raises(AccountLocked) as locked:
        accounts.verify("Lin", "482916", "desk")
    assert locked.value.until <= clock.now + timedelta(minutes=5)
    clock.move(minutes=5)
    assert accounts.verify("Lin", "482916", "desk").name == "Lin"


def test_a_try_counts_although_the_plug_is_pulled_while_it_is_checked(
    accounts: Accounts, open_again: Callable[[], Accounts], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unplugged(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("db.accounts.pins.Pins.match", unplugged)
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                accounts.verify("Lin", "000000", "desk")
    with pytest.raises(AccountLocked):
        open_again().verify("Lin", "482916", "desk")


def test_guessing_from_several_threads_gains_nothing(open_again: Callable[[], Accounts]) -> None:
    open_again().add("Lin", Role.reception, "482916")
    outcomes: list[str] = []

    def guess(_: int) -> None:
        try:
            open_again().verify("Lin", "000000", "desk")
        except (WrongPin, AccountLocked) as refused:
            outcomes.append(type(refused).__name__)

    threads = [threading.Thread(target=guess, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["AccountLocked"] * 8 + ["WrongPin"] * 4


def test_an_unknown_name_is_hashed_as_a_known_one_is(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    from argon2 import PasswordHasher

    verify, make = PasswordHasher.verify, PasswordHasher.hash

    def noted_verify(self: PasswordHasher, *args: Any) -> Any:
        hashed.append("known")
        return verify(self, *args)

    def noted_make(self: PasswordHasher, *args: Any) -> Any:
        hashed.append("unknown")
        return make(self, *args)

    monkeypatch.setattr(PasswordHasher, "verify", noted_verify)
    monkeypatch.setattr(PasswordHasher, "hash", noted_make)
    guess_wrong(accounts, 1, name="Lin")
    guess_wrong(accounts, 1, name="nobody")
    assert hashed == ["known", "unknown"]


def test_no_pin_and_no_plain_hash_of_one_is_on_disk(accounts: Accounts, tmp_path: Path) -> None:
    from argon2 import PasswordHasher
    from argon2.exceptions import VerifyMismatchError

    written = (tmp_path / "data" / "accounts.json").read_text()
    assert "482916" not in written
    assert "$argon2id$" in written
    hashed = written.split('"hash":"')[1].split('"')[0]
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(hashed, "482916")
    assert (tmp_path / "keys" / "accounts.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data" / "accounts.json").stat().st_mode & 0o777 == 0o600


def test_without_the_pepper_nobody_signs_in_and_none_is_made_anew(
    accounts: Accounts, tmp_path: Path
) -> None:
    (tmp_path / "keys" / "accounts.key").unlink()
    with pytest.raises(KeyMissing, match="PINs"):
        accounts.verify("Lin", "482916", "desk")
    with pytest.raises(KeyMissing):
        accounts.add("Mei", Role.manager, "482916")
    assert not (tmp_path / "keys" / "accounts.key").exists()


@pytest.mark.parametrize(
    "pin",
    [
        *("123456", "654321", "12345678", "890123", "210987", "7654321"),
        *("000000", "121212", "123123", "1212121", "99999999", "12341234"),
        *("19900527", "27051990", "05271990", "900527", "270590", "052790", "130577", "290200"),
        *("199005", "051990", "２７０５９０", "2751990"),
    ],
)
def test_a_pin_that_anybody_would_try_first_is_refused(accounts: Accounts, pin: str) -> None:
    with pytest.raises(ValueError, match=r"too easy to guess: it.*Choose another"):
        accounts.add("Mei", Role.reception, pin)
    with pytest.raises(ValueError, match="too easy to guess"):
        accounts.set_pin("Lin", pin)
    assert [one.name for one in accounts.all()] == ["Lin"]


@pytest.mark.parametrize("pin", ["482916", "135790", "59273018", "7193826", "48291673"])
def test_other_pins_are_fine(accounts: Accounts, pin: str) -> None:
    accounts.set_pin("Lin", pin)
    assert accounts.verify("Lin", pin, "desk").name == "Lin"


def test_a_stamp_changes_with_the_role_and_the_pin_and_goes_with_the_account(
    accounts: Accounts, open_again: Callable[[], Accounts]
) -> None:
    first = accounts.stamp("lin")
    assert first == open_again().stamp("Lin") is not None
    guess_wrong(accounts, 1)
    assert accounts.stamp("Lin") == first
    open_again().set_pin("Lin", "913057")
    second = accounts.stamp("Lin")
    open_again().remove("Lin")
    assert accounts.stamp("Lin") is None
    open_again().add("Lin", Role.manager, "913057")
    assert len({first, second, accounts.stamp("Lin"), None}) == 4
