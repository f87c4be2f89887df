"""PINs: what one may be, and its Argon2id hash, peppered with a key apart from the data."""

from __future__ import annotations

import contextlib
import hmac
import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from db.errors import KeyMissing
from db.files import make_once, make_private, refusing

if TYPE_CHECKING:
    from argon2 import PasswordHasher


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
        if first and not self._path.exists():
            with refusing(), contextlib.suppress(FileExistsError):  # another was quicker
                make_private(self._path.parent)
                make_once(self._path, os.urandom(32))
        return self._hasher().hash(self._peppered(name, pin))

    def match(self, hashed: str | None, name: str, pin: str) -> bool:
        """Compare; None, for an account that does not exist, takes as long and is False.

        Raises KeyMissing when the pepper is gone: no PIN of old can be right any more.
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
        return hmac.digest(pepper, f"{name}\0{pin}".encode(), "sha256")


def checked_pin(pin: str) -> str:
    """Give a PIN in plain digits, full-width ones turned; raises ValueError."""
    pin = unicodedata.normalize("NFKC", pin)
    if not re.fullmatch(r"[0-9]{6,8}", pin):
        raise ValueError("A PIN has 6 to 8 digits.")
    return pin
