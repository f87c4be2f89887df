"""Staff accounts: roles, PIN hashes, and the lock-out after wrong tries."""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct

from db.accounts.errors import AccountExists, AccountLocked, UnknownAccount, WrongPin
from db.accounts.pins import HashCost, Pins, checked_pin
from db.calendar import utc_now
from db.errors import StoreCorrupt
from db.files import default_keys_dir, make_private, refusing, replace
from db.lock import FileLock

TRIES = 5
"""Wrong PINs before a lock-out."""

LOCKED_FOR = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=1)
"""After this long without another, wrong tries no longer count."""


class Role(StrEnum):
    """What an account may do."""

    reception = "reception"
    practitioner = "practitioner"
    manager = "manager"


class Account(Struct, frozen=True):
    """A member of staff who may sign in."""

    name: str
    role: Role


class _Stored(Account, frozen=True):
    hash: str


class _Tries(Struct, frozen=True):
    """Wrong tries of an account or at a device; at TRIES it is locked for a while."""

    wrong: int
    at: datetime


class _File(Struct):
    accounts: dict[str, _Stored] = {}
    account_tries: dict[str, _Tries] = {}
    device_tries: dict[str, _Tries] = {}


class Accounts:
    """The accounts of a data folder; usable from any thread.

    Any call may raise StoreUnavailable, StoreBusy, StoreFull or StoreCorrupt.
    """

    def __init__(
        self,
        data_dir: str | Path,
        keys_dir: str | Path | None = None,
        clock: Callable[[], datetime] = utc_now,
        *,
        cost: HashCost | None = None,
    ) -> None:
        """Touches no disk until it is used.

        `keys_dir` holds the pepper (the user's configuration folder). `cost`: lower it in tests.
        """
        self._path = Path(data_dir) / "accounts.json"
        self._clock = clock
        self._pins = Pins(Path(keys_dir or default_keys_dir()) / "accounts.key", cost or HashCost())
        self._lock = FileLock(Path(data_dir) / ".accounts.lock", timeout=5.0)

    def all(self) -> list[Account]:
        """Give every account, by name."""
        accounts = [Account(stored.name, stored.role) for stored in self._read().accounts.values()]
        return sorted(accounts, key=lambda account: account.name.casefold())

    def add(self, name: str, role: Role | str, pin: str) -> Account:
        """Add an account; raises AccountExists, and ValueError for a bad name, role or PIN."""
        name = _checked_name(name)
        role = Role(role)
        first = not self._read().accounts
        hashed = self._pins.hash(_key(name), checked_pin(pin), first=first)
        with self._changing() as file:
            if _key(name) in file.accounts:
                raise AccountExists(name)
            file.accounts[_key(name)] = _Stored(name, role, hashed)
        return Account(name, role)

    def remove(self, name: str) -> None:
        """Remove an account; raises UnknownAccount."""
        with self._changing() as file:
            if file.accounts.pop(_key(name), None) is None:
                raise UnknownAccount(name)
            file.account_tries.pop(_key(name), None)

    def set_pin(self, name: str, pin: str) -> None:
        """Give an account another PIN and lift its lock-out; raises UnknownAccount, ValueError."""
        pin = checked_pin(pin)
        with self._changing() as file:
            stored = file.accounts.get(_key(name))
            if stored is None:
                raise UnknownAccount(name)
            hashed = self._pins.hash(_key(name), pin)
            file.accounts[_key(name)] = msgspec.structs.replace(stored, hash=hashed)
            file.account_tries.pop(_key(name), None)

    def verify(self, name: str, pin: str, device: str) -> Account:
        """Check a PIN typed at `device`; takes a moment (see HashCost), so not on a UI thread.

        Raises WrongPin, also for an unknown name and after as long, and AccountLocked, from
        the fifth wrong try on, for the account or the device. The try is counted on disk
        before the PIN is looked at, so that pulling the plug gains nobody another.
        """
        key, now = _key(name), self._clock()
        with self._changing() as file:
            stored = file.accounts.get(key)
            counts = [(file.device_tries, device)]
            if stored is not None:
                counts.append((file.account_tries, key))
            tries = [_tries_before(counted, who, now) for counted, who in counts]
            if all(before < TRIES for before in tries):
                for (counted, who), before in zip(counts, tries, strict=True):
                    counted[who] = _Tries(before + 1, now)
            last = [counted[who] for counted, who in counts if who in counted]
            since = [one.at for one in last if one.wrong >= TRIES]
        if max(tries) >= TRIES:
            raise AccountLocked(max(since) + LOCKED_FOR)
        if self._pins.match(None if stored is None else stored.hash, key, pin):
            assert stored is not None
            with self._changing() as file:
                file.device_tries.pop(device, None)
                file.account_tries.pop(key, None)
            return Account(stored.name, stored.role)
        if since:
            raise AccountLocked(max(since) + LOCKED_FOR)
        raise WrongPin(TRIES - 1 - max(tries))

    def _read(self) -> _File:
        with refusing():
            try:
                data = self._path.read_bytes()
            except FileNotFoundError:
                return _File()
        try:
            return msgspec.json.decode(data, type=_File)
        except msgspec.MsgspecError:
            raise StoreCorrupt(self._path, 1) from None

    @contextmanager
    def _changing(self) -> Iterator[_File]:
        """Give the file's content to change; it is replaced unless the block raises."""
        with refusing():
            make_private(self._path.parent)
        with self._lock.held():
            file = self._read()
            before = msgspec.json.encode(file)
            yield file
            after = msgspec.json.encode(file)
            if after != before:
                with refusing():
                    replace(self._path, after)


def _tries_before(tries: dict[str, _Tries], who: str, now: datetime) -> int:
    """Give the wrong tries that still count, TRIES if locked; forgets what is over."""
    last = tries.get(who)
    if last is None:
        return 0
    if last.at > now:
        # A clock that was set back must neither free anyone nor lock them for years.
        last = tries[who] = _Tries(last.wrong, now)
    if now - last.at >= (LOCKED_FOR if last.wrong >= TRIES else FORGOTTEN_AFTER):
        del tries[who]
        return 0
    return last.wrong


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _checked_name(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(name) <= 40 or not name.isprintable():
        raise ValueError("An account's name has 1 to 40 characters that can be shown.")
    return name


open_accounts = Accounts
