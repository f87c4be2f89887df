"""Names and phones: sealed with keys of a day and a person, found by tags, opened for staff."""

from __future__ import annotations

import hmac
import os
import re
import unicodedata
from base64 import b64decode, b64encode
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from db.checkin import Arrival, Person
from db.errors import KeyMissing
from db.files import make_once, make_private, read_whole, refusing, sync_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
PADDED_TO = 64
"""Sealed text is filled up to a multiple of this, so that its length does not tell the name."""

KEY_FILE = re.compile(r"([a-z0-9_-]+)-([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9a-f]{16})\.key")


class DayKey:
    """The key of one day: tags, and wraps the keys of persons, which seal and open.

    On days of format 1 it seals by itself.
    """

    def __init__(self, id: str, key: bytes) -> None:
        self.id = id
        self.bytes = key
        self._cipher: AESGCM | None = None
        self._wrapping: bytes | None = None

    def seal(self, check_in: str, person: Person) -> tuple[str, str, str]:
        """Seal a person with a new key of their own, for the check-in of that id.

        Gives the sealed text, the secret's id, which stands in it, and the key, wrapped.
        """
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.keywrap import aes_key_wrap

        key = os.urandom(KEY_BYTES)
        secret = os.urandom(6).hex()
        blob = _sealed(AESGCM(key), check_in, person)
        wrapped = aes_key_wrap(self._wrap(), key)  # RFC 3394
        return f"{self.id}.{secret}.{blob}", secret, b64encode(wrapped).decode()

    def unseal(self, check_in: str, sealed: str, wrapped: str | None) -> Person:
        """Open what `seal` gave, or a text of format 1, which has no key of its own.

        Raises KeyMissing when the key was destroyed, or the text is another check-in's.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

        *front, blob = sealed.split(".")
        try:
            if len(front) == 1:
                return _opened(self._aes(), check_in, blob)
            if not wrapped:
                raise KeyMissing
            key = aes_key_unwrap(self._wrap(), b64decode(wrapped))
            return _opened(AESGCM(key), check_in, blob)
        except (InvalidTag, InvalidUnwrap, ValueError, msgspec.MsgspecError):
            raise KeyMissing from None

    def phone_tag(self, person: Person) -> str:
        """Tag a phone, so that the same one is found again without being stored."""
        return tag(self.bytes, "phone", person.phone)

    def person_tag(self, person: Person) -> str:
        """Tag phone and name together; width, case and spaces of the name do not count."""
        name = unicodedata.normalize("NFKC", person.name).casefold()
        return tag(self.bytes, "person", person.phone, "".join(name.split()))

    def arrival_tag(self, arrival: Arrival, *, form: int = 2) -> str:
        """Tag a whole arrival, as `arrival_tag` does without a key."""
        return arrival_tag(arrival, self.bytes, form=form)

    def _wrap(self) -> bytes:
        if self._wrapping is None:
            self._wrapping = hmac.digest(self.bytes, b"wrap", "sha256")
        return self._wrapping

    def _aes(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if self._cipher is None:
            self._cipher = AESGCM(hmac.digest(self.bytes, b"seal", "sha256"))
        return self._cipher

    def seal_by_itself(self, check_in: str, person: Person) -> str:
        """Seal a person as days of format 1 do: key id, nonce and AES-256-GCM text."""
        return f"{self.id}.{_sealed(self._aes(), check_in, person)}"


def _sealed(cipher: AESGCM, check_in: str, person: Person) -> str:
    plain = msgspec.json.encode([person.name, person.phone])
    plain += b" " * (-len(plain) % PADDED_TO)
    nonce = os.urandom(NONCE_BYTES)
    return b64encode(nonce + cipher.encrypt(nonce, plain, check_in.encode())).decode()


def _opened(cipher: AESGCM, check_in: str, text: str) -> Person:
    blob = b64decode(text)
    plain = cipher.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], check_in.encode())
    return Person(*msgspec.json.decode(plain, type=tuple[str, str]))


class DayKeys:
    """The keys of one location, a file for each day, kept apart from the data.

    A key's file is named by location, day and an id, which the day's journal records. The id
    begins with that of the data folder: two that share `keys_dir` never share, replace or
    destroy a key.
    """

    def __init__(self, folder: Path, location: str) -> None:
        self.folder = folder
        self._location = location
        self._open: dict[str, tuple[str, DayKey]] = {}
        """By their ids, the keys that were read, and where."""

    def make(self, day: date, place: str) -> str:
        """Make a key for a day, durable on return; give its id.

        `place` is the data folder's. A day that could not be begun may have one already.
        """
        for name in self.of(day, place):
            if self._is_there(day, name):
                return name
        return self.make_another(day, place)

    def make_another(self, day: date, place: str) -> str:
        """Make a further key for a day whose own is not to be had."""
        name = place[:8].ljust(8, "0") + os.urandom(4).hex()
        with refusing():
            make_private(self.folder)
            make_once(self._path(day, name), os.urandom(KEY_BYTES))
        return name

    def get(self, day: date, name: str) -> DayKey:
        """Give a key; raises KeyMissing, also when it was destroyed since it was last read."""
        known = self._open.get(name)
        path = str(self._path(day, name)) if known is None else known[0]
        try:
            if not os.path.exists(path):  # noqa: PTH110 - quicker, at every check-in
                raise KeyMissing
            if known is None:
                known = self._open[name] = path, DayKey(name, _whole(read_whole(Path(path))))
        except (OSError, KeyMissing):
            self._open.pop(name, None)
            raise KeyMissing from None
        return known[1]

    def destroy(self, day: date, name: str) -> None:
        """Remove a key for good: every copy of its day's names is unreadable from then on."""
        self._open.pop(name, None)
        with refusing():
            self._path(day, name).unlink(missing_ok=True)
            if self.folder.is_dir():
                sync_folder(self.folder)

    def exists(self, day: date, name: str) -> bool:
        """Say whether the key's file is on this machine, and may be reached."""
        try:
            return self._path(day, name).exists()
        except OSError:
            return False

    def of(self, day: date, place: str) -> list[str]:
        """Give the ids of a day's keys that were made for a data folder."""
        return sorted(name for other, name in self.made_for(place) if other == day)

    def made_for(self, place: str | None) -> list[tuple[date, str]]:
        """Give day and id of every key that was made for a data folder, by the files' names."""
        return [(day, name) for day, name in self.all() if place and name.startswith(place[:8])]

    def all(self) -> list[tuple[date, str]]:
        """Give day and id of every key of this location; none if the folder cannot be read."""
        try:
            names = sorted(path.name for path in self.folder.iterdir())
        except OSError:
            return []
        found = []
        for match in filter(None, map(KEY_FILE.fullmatch, names)):
            try:
                day = date.fromisoformat(match[2])
            except ValueError:
                continue
            if match[1] == self._location:
                found.append((day, match[3]))
        return found

    def _is_there(self, day: date, name: str) -> bool:
        try:
            self.get(day, name)
        except KeyMissing:
            return False
        return True

    def _path(self, day: date, name: str) -> Path:
        return self.folder / f"{self._location}-{day}-{name}.key"


def _whole(key: bytes) -> bytes:
    """Give a key as it was read; raises KeyMissing for one that a power cut left short."""
    if len(key) != KEY_BYTES:
        raise KeyMissing
    return key


def tag(key: bytes, *parts: str) -> str:
    """Give 128 bits of HMAC-SHA256 as hex digits."""
    return hmac.digest(key, "\0".join(parts).encode(), "sha256")[:16].hex()


def arrival_tag(arrival: Arrival, key: bytes = b"", *, form: int = 2) -> str:
    """Tag an arrival, to tell a repeated request from another; keyed where it says who came.

    What nobody said does not count, so that a later version, which asks for more, tags alike.
    In format 1 it did.
    """
    said = msgspec.structs.asdict(arrival)
    if form == 1:
        return tag(
            key, "arrival", msgspec.json.encode({name: said[name] for name in SAID}).decode()
        )
    told = {name: value for name, value in said.items() if value != _UNSAID[name]}
    return tag(key, "arrival", msgspec.json.encode(dict(sorted(told.items()))).decode())


_UNSAID = {field.name: field.default for field in msgspec.structs.fields(Arrival)}

SAID = (
    "service",
    "language",
    "appointment",
    "appointment_time",
    "practitioner",
    "first_visit",
    "party",
    "whom",
    "guardian",
    "consent",
    "urgent",
    "name",
    "phone",
)
"""The fields of an arrival in format 1, in the order in which they were tagged."""
