"""The refusals of the staff accounts, each with a sentence a person can read."""

from datetime import datetime

from db.errors import StoreError


class AccountError(StoreError):
    """Anything the staff accounts refuse."""


class WrongPin(AccountError):
    """The name or the PIN is wrong; `tries_left` more before a lock-out."""

    def __init__(self, tries_left: int) -> None:
        tries = "1 try is" if tries_left == 1 else f"{tries_left} tries are"
        super().__init__(f"That name and PIN do not match. {tries} left.")
        self.tries_left = tries_left


class AccountLocked(AccountError):
    """Too many wrong PINs for this account at this terminal; locked until `until` (UTC)."""

    def __init__(self, until: datetime) -> None:
        super().__init__("Too many wrong PINs. Wait a few minutes, then try again.")
        self.until = until


class AccountExists(AccountError):
    """An account with this name is already there (upper and lower case are the same).

    Or one, `alike`, whose name would be taken for it.
    """

    def __init__(self, name: str, alike: str | None = None) -> None:
        sentence = f"There is already an account named {name}."
        if alike:
            sentence = f"That name looks like the account {alike}. Choose one that differs more."
        super().__init__(sentence)


class UnknownAccount(AccountError):
    """There is no account with this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no account named {name}.")
