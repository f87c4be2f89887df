"""What is kept of the staff accounts: one file, which is read whole or is damaged."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from db.accounts import names
from db.accounts.tries import Tries

HASH = r"^$|^\$argon2id\$v=\d{1,3}\$m=\d{1,6},t=\d{1,2},p=\d{1,2}\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$"


class Role(StrEnum):
    """What an account may do."""

    reception = "reception"
    practitioner = "practitioner"
    manager = "manager"


class Account(Struct, frozen=True):
    """A member of staff who may sign in."""

    name: str
    role: Role


class AccountNow(Struct, frozen=True):
    """An account as it stands now."""

    account: Account
    signed_in: datetime | None = None
    """When somebody last signed in with it; None: never, or with an earlier version."""
    locked_until: datetime | None = None
    """Until when it is locked at some terminal after wrong PINs."""


class Stored(Account, frozen=True, omit_defaults=True):
    """An account as it lies in the file."""

    hash: Annotated[str, Meta(pattern=HASH)]
    """Empty where the PIN could not be brought along, until there is a new one."""
    signed_in: Annotated[datetime, Meta(tz=True)] | None = None
    hashed_as: str = ""
    """The key of the name it had when the PIN was hashed, if that was another."""
    proof: str = ""
    """That we gave it its new name: nobody has put another account's hash here."""

    def __post_init__(self) -> None:
        if not names.can_be_shown(self.name):
            raise ValueError("This account has no name that can be shown.")


class File(Struct):
    """All that is kept; a file without `accounts` is none of ours."""

    accounts: dict[str, Stored]
    tries: dict[str, Tries] = {}
