"""Staff accounts: roles, PIN hashes, and the lock-out after wrong tries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from db.accounts import names
from db.accounts.errors import AccountExists, AccountLocked, UnknownAccount, WrongPin
from db.accounts.kept import Account, AccountNow, File, Role, Stored
from db.accounts.pins import HashCost, Pins, checked_pin
from db.accounts.tries import (
    LOCKED_FOR,
    TRIES,
    Tries,
    forgive,
    locked_until,
    place_of,
    renamed,
    tries_before,
)
from db.audit import Audit
from db.calendar import utc_now
from db.errors import StoreCorrupt, StoreError
from db.files import (
    default_keys_dir,
    make_private,
    read_whole,
    refuse_foreign,
    refusing,
    replace,
)
from db.line import UNREADABLE
from db.lock import FileLock

FILE = "accounts.json"


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
        audit: Audit | None = None,
    ) -> None:
        """Touches no disk until it is used.

        `keys_dir` holds the pepper (the user's configuration folder). `cost`: lower it in tests.
        `audit`: where it is noted what is done to accounts and with them (the data folder's).
        """
        self.audit = audit or Audit(data_dir, clock)
        self._path = Path(data_dir) / FILE
        self._clock = clock
        self._pins = Pins(Path(keys_dir or default_keys_dir()) / "accounts.key", cost or HashCost())
        self._lock = FileLock(Path(data_dir) / ".accounts.lock", timeout=5.0)
        self._stamped: tuple[tuple[int, ...] | None, dict[str, str]] = (None, {})

    def all(self) -> list[Account]:
        """Give every account, by name."""
        accounts = [Account(stored.name, stored.role) for stored in self._read().accounts.values()]
        return sorted(accounts, key=lambda account: account.name.casefold())

    def now(self) -> list[AccountNow]:
        """Give every account, by name, with when it was last used and whether it is locked."""
        file, now = self._read(), self._clock()
        found = [
            AccountNow(
                Account(stored.name, stored.role),
                stored.signed_in,
                locked_until(file.tries, key, now),
            )
            for key, stored in file.accounts.items()
        ]
        return sorted(found, key=lambda one: one.account.name.casefold())

    def check_name(self, name: str) -> None:
        """Return if an account could be made with a name; raises AccountExists, ValueError."""
        _refuse_taken(names.checked(name), self._read())

    def add(self, name: str, role: Role | str, pin: str, *, by: str = "") -> Account:
        """Add an account; raises AccountExists, and ValueError for a bad name, role or PIN.

        `by`: who does so, for the audit journal, as with the other changes.
        """
        name, role, pin = names.checked(name), Role(role), checked_pin(pin)
        key = names.key(name)
        with self._changing() as file:
            _refuse_taken(name, file)
            hashed = self._pins.hash(key, pin, first=not file.accounts)
            file.accounts[key] = Stored(name, role, hashed)
            self.audit.note("account_added", by, "", account=name, role=str(role))
        return Account(name, role)

    def remove(self, name: str, *, by: str = "") -> None:
        """Remove an account; raises UnknownAccount."""
        with self._changing() as file:
            stored = _known(name, file)
            del file.accounts[names.key(name)]
            forgive(file.tries, names.key(name))
            self.audit.note("account_removed", by, "", account=stored.name)

    def set_role(self, name: str, role: Role | str, *, by: str = "") -> Account:
        """Give an account another role; raises UnknownAccount, ValueError for none we know."""
        role = Role(role)
        with self._changing() as file:
            stored = _known(name, file)
            file.accounts[names.key(name)] = msgspec.structs.replace(stored, role=role)
            told = {"account": stored.name, "role": str(role), "before": str(stored.role)}
            self.audit.note("role_changed", by, "", **told)
        return Account(stored.name, role)

    def rename(self, name: str, new: str, *, by: str = "") -> Account:
        """Give an account another name; PIN, role and what is locked stay.

        Raises UnknownAccount, AccountExists, and ValueError for a bad name. What was done
        under the old name stays under it.
        """
        new = names.checked(new)
        old_key, key = names.key(name), names.key(new)
        with self._changing() as file:
            stored = _known(name, file)
            _refuse_taken(new, file, but=old_key)
            hashed_as, proof = self._hashed_as(stored, old_key), ""
            if stored.hash and hashed_as != key:
                proof = self._pins.proof(hashed_as, key, stored.hash)
            del file.accounts[old_key]
            file.accounts[key] = msgspec.structs.replace(
                stored, name=new, hashed_as=hashed_as if proof else "", proof=proof
            )
            file.tries = renamed(file.tries, old_key, key)
            self.audit.note("account_renamed", by, "", account=stored.name, now=new)
        return Account(new, stored.role)

    def unlock(self, name: str, *, by: str = "") -> bool:
        """Forget the wrong PINs of an account; say whether anything was locked for them.

        Those that all accounts share at a lobby are forgotten too. Raises UnknownAccount.
        """
        with self._changing() as file:
            stored = _known(name, file)
            was_locked = forgive(file.tries, names.key(name), shared=True, now=self._clock())
            self.audit.note("unlocked", by, "", account=stored.name)
        return was_locked

    def set_pin(self, name: str, pin: str, *, by: str = "") -> None:
        """Give an account another PIN and lift its lock-outs; raises UnknownAccount, ValueError."""
        key, pin = names.key(name), checked_pin(pin)
        with self._changing() as file:
            stored = _known(name, file)
            none_works = not any(one.hash for one in file.accounts.values())
            hashed = self._pins.hash(key, pin, first=none_works)
            file.accounts[key] = msgspec.structs.replace(
                stored, hash=hashed, hashed_as="", proof=""
            )
            forgive(file.tries, key)
            self.audit.note("pin_changed", by, "", account=stored.name)

    def stamp(self, name: str) -> str | None:
        """Give what changes with an account's role and PIN, None if there is no such account.

        A fiftieth of a millisecond while nothing has changed: a session asks with every key.
        """
        try:
            found = self._path.stat()
            seen = (found.st_mtime_ns, found.st_ino, found.st_size)
        except OSError:
            seen = None
        if seen is None or seen != self._stamped[0]:
            accounts = self._read().accounts.items()
            self._stamped = (seen, {key: _stamp(stored) for key, stored in accounts})
        return self._stamped[1].get(names.key(name))

    def verify(self, name: str, pin: str, terminal: str, *, everybody: bool = False) -> Account:
        """Check a PIN typed at `terminal`; takes a moment (see HashCost), so not on a UI thread.

        Raises WrongPin, also for an unknown name and after as long, and AccountLocked, from
        the fifth wrong try on, for that account at that terminal, or with `everybody` for all
        of them there. The try is counted on disk before the PIN is looked at, so that pulling
        the plug gains nobody another.
        """
        key, now = names.key(name), self._clock()
        with self._changing() as file:
            stored = file.accounts.get(key)
            place = place_of(key, terminal, is_known=stored is not None, everybody=everybody)
            before = tries_before(file.tries, place, now)
            if before < TRIES:
                file.tries[place] = Tries(before + 1, now)
            since = file.tries[place].at
        if before >= TRIES:
            raise AccountLocked(since + LOCKED_FOR)
        try:
            hashed_as = self._hashed_as(stored, key) if stored else key
            matches = self._pins.match((stored and stored.hash) or None, hashed_as, pin)
        except ValueError:
            raise StoreCorrupt(self._path, 1) from None
        if matches:
            assert stored is not None
            with self._changing() as file:
                file.tries.pop(place, None)
                if key in file.accounts:  # else it was removed or renamed meanwhile
                    there = file.accounts[key]
                    file.accounts[key] = msgspec.structs.replace(there, signed_in=now)
            self.audit.note("signed_in", stored.name, terminal, role=str(stored.role))
            return Account(stored.name, stored.role)
        who = stored.name if stored else ""
        self.audit.note("wrong_pin", who, terminal, tries_left=TRIES - 1 - before)
        if before + 1 >= TRIES:
            self.audit.note("locked_out", who, terminal)
            raise AccountLocked(since + LOCKED_FOR)
        raise WrongPin(TRIES - 1 - before)

    def exported(self) -> bytes:
        """Give names, roles and hashes as a file; the key for the PINs is not in it."""
        return msgspec.json.encode(File(accounts=self._read().accounts))

    def bring(self, source: Path) -> tuple[int, bool]:
        """Take over the accounts of a file that `exported` made, where there are none yet.

        Gives how many, and whether their PINs work: without the key for them each needs a new
        one. Raises StoreError if there are accounts here already, or the file is none.
        """
        try:
            brought = msgspec.json.decode(read_whole(source), type=File).accounts
        except (OSError, *UNREADABLE):
            raise StoreError("There are no accounts in that backup.") from None
        with_pins = self._pins.is_here()
        with self._changing() as file:
            if file.accounts:
                raise StoreError("There are accounts on this machine already; they are kept.")
            for stored in brought.values():
                hashed = stored.hash if with_pins else ""
                file.accounts[names.key(stored.name)] = msgspec.structs.replace(stored, hash=hashed)
        return len(brought), with_pins

    def _hashed_as(self, stored: Stored, key: str) -> str:
        """Give the key that a PIN was hashed with: that of an earlier name if we can prove it."""
        if not stored.hashed_as:
            return key
        proven = self._pins.proof(stored.hashed_as, key, stored.hash) == stored.proof
        return stored.hashed_as if proven else key

    def _read(self) -> File:
        with refusing():
            try:
                data = self._path.read_bytes()
            except FileNotFoundError:
                if not self._path.is_symlink():
                    return File({})
                raise StoreCorrupt(self._path, 1) from None
            except IsADirectoryError:
                raise StoreCorrupt(self._path, 1) from None
        try:
            file = msgspec.json.decode(data, type=File)
        except UNREADABLE:
            raise StoreCorrupt(self._path, 1) from None
        if any(key != names.key(stored.name) for key, stored in file.accounts.items()):
            raise StoreCorrupt(self._path, 1)
        return file

    @contextmanager
    def _changing(self) -> Iterator[File]:
        """Give the file's content to change; it is replaced unless the block raises."""
        with refusing():
            refuse_foreign(self._path if self._path.exists() else self._path.parent)
            make_private(self._path.parent)
        with self._lock.held():
            with refusing():
                for draft in self._path.parent.glob(f"{FILE}.*.new"):
                    draft.unlink(missing_ok=True)  # of a run that was killed
            file = self._read()
            before = msgspec.json.encode(file)
            yield file
            after = msgspec.json.encode(file)
            if after != before:
                with refusing():
                    replace(self._path, after)


def _known(name: str, file: File) -> Stored:
    """Give an account; raises UnknownAccount."""
    stored = file.accounts.get(names.key(name))
    if stored is None:
        raise UnknownAccount(name)
    return stored


def _refuse_taken(name: str, file: File, but: str = "") -> None:
    """Raise AccountExists if another account, `but` that one, has the name or looks like it."""
    for key, stored in file.accounts.items():
        if key == but:
            continue
        if key == names.key(name):
            raise AccountExists(name)
        if names.alike(stored.name, name):
            raise AccountExists(name, stored.name)


def _stamp(stored: Stored) -> str:
    return sha256(f"{stored.role}\0{stored.hash}".encode()).hexdigest()[:16]


open_accounts = Accounts
