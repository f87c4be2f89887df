"""PINs: what one may be, and its Argon2id hash, peppered with a key apart from the data."""

from __future__ import annotations

import hmac
import itertools
import os
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from db.errors import KeyMissing
from db.files import make_once, make_private, refusing, sync_folder

if TYPE_CHECKING:
    from argon2 import PasswordHasher

PEPPER_BYTES = 32
CENTURIES = (19, 20)
"""Of the years that people are born in."""


class HashCost(Struct, frozen=True):
    """What one Argon2id hash takes: passes over memory, and the memory in KiB.

    A PIN of 6 digits falls to any hash once the pepper is stolen too, so the cost only has to
    be felt: 100 ms on two cores of a small virtual machine, 32 MiB for as long.
    """

    passes: int = 3
    memory: int = 32 * 1024


class Pins:
    """Hashes PINs and compares them; a PIN is bound to the account's name."""

    def __init__(self, pepper: Path, cost: HashCost) -> None:
        """`pepper` is the file of the key: made with the first account, and never made again."""
        self._path = pepper
        self._cost = cost

    def hash(self, name: str, pin: str, *, first: bool = False) -> str:
        """Hash a PIN for an account; raises KeyMissing, unless it is the first of all."""
        if first:
            with refusing():
                self._make()
        return self._hasher().hash(self._peppered(name, pin))

    def match(self, hashed: str | None, name: str, pin: str) -> bool:
        """Compare; None, for an account that does not exist, takes as long and is False.

        Raises KeyMissing when the pepper is gone: no PIN of old can be right any more. Raises
        ValueError for a hash that is none.
        """
        from argon2 import exceptions

        pin = unicodedata.normalize("NFKC", pin)
        if hashed is None:
            self._hasher().hash(pin)
            return False
        peppered = self._peppered(name, pin)
        try:
            return self._hasher().verify(hashed, peppered)
        except exceptions.VerificationError:
            return False

    def proof(self, old: str, new: str, hashed: str) -> str:
        """Say in a way that nobody without the key could that a hash went from name to name."""
        return self._peppered(f"renamed\0{old}\0{new}", hashed).hex()

    def is_here(self) -> bool:
        """Say whether the key for the PINs is on this machine."""
        try:
            return self._path.stat().st_size == PEPPER_BYTES
        except OSError:
            return False

    def _make(self) -> None:
        """Make the pepper, whole or not at all; one of a run that was killed is no pepper."""
        if self.is_here():
            return
        make_private(self._path.parent)
        for left in self._path.parent.glob(f"{self._path.name}.*.new"):
            left.unlink(missing_ok=True)
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        make_once(draft, os.urandom(PEPPER_BYTES))
        draft.replace(self._path)
        sync_folder(self._path.parent)

    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher  # slow to import; a board never needs it

        return PasswordHasher(
            time_cost=self._cost.passes, memory_cost=self._cost.memory, parallelism=1
        )

    def _peppered(self, name: str, pin: str) -> bytes:
        try:
            pepper = self._path.read_bytes()
        except OSError:
            raise KeyMissing("The key for the PINs is not on this machine.") from None
        if len(pepper) != PEPPER_BYTES:
            raise KeyMissing("The key for the PINs on this machine is damaged.")
        return hmac.digest(pepper, f"{name}\0{pin}".encode(), "sha256")


def checked_pin(pin: str) -> str:
    """Give a PIN in plain digits, full-width ones turned; raises ValueError with a sentence."""
    pin = unicodedata.normalize("NFKC", pin)
    if not re.fullmatch(r"[0-9]{6,8}", pin):
        raise ValueError("A PIN has 6 to 8 digits.")
    if why := _easy(pin):
        raise ValueError(f"That PIN is too easy to guess: {why}. Choose another.")
    return pin


def _easy(pin: str) -> str:
    """Why a PIN is among the first that anybody would try, "" if it is not."""
    digits = [int(one) for one in pin]
    steps = {(after - before) % 10 for before, after in itertools.pairwise(digits)}
    if steps in ({1}, {9}):
        return "its digits follow one another"
    if any(pin[every:] == pin[:-every] for every in range(1, len(pin) // 2 + 1)):
        return "it repeats itself"
    return "it is a date" if any(_is_date(*parts) for parts in _dates(pin)) else ""


def _dates(pin: str) -> list[tuple[str, str, str]]:
    """A PIN as year, month and day, in the orders in which people write them."""
    if len(pin) == 8:
        years = [(pin[:4], pin[4:6], pin[6:]), (pin[:4], pin[6:], pin[4:6])]
        return [*years, (pin[4:], pin[2:4], pin[:2]), (pin[4:], pin[:2], pin[2:4])]
    if len(pin) == 7:  # a month or a day of one digit
        return [
            *((pin[:4], pin[4:5], pin[5:]), (pin[:4], pin[4:6], pin[6:])),
            *((pin[3:], pin[1:3], pin[:1]), (pin[3:], pin[2:3], pin[:2])),
            *((pin[3:], pin[:1], pin[1:3]), (pin[3:], pin[:2], pin[2:3])),
        ]
    two = [(pin[:2], pin[2:4], pin[4:]), (pin[4:], pin[2:4], pin[:2]), (pin[4:], pin[:2], pin[2:4])]
    short = [(f"{century}{year}", month, day) for year, month, day in two for century in CENTURIES]
    return [*short, (pin[:4], pin[4:], "01"), (pin[2:], pin[:2], "01")]


def _is_date(year: str, month: str, day: str) -> bool:
    if int(year) // 100 not in CENTURIES:
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
