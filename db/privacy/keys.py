"""Names and phones: sealed with a key of their day, found again by tags, opened for staff."""

from __future__ import annotations

import hmac
import os
import unicodedata
from base64 import b64decode, b64encode
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from db.checkin import Arrival, Person
from db.errors import KeyMissing
from db.files import make_once, make_private, refusing, sync_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
PADDED_TO = 64
"""Sealed text is filled up to a multiple of this, so that its length does not tell the name."""


class DayKey:
    """The key of one day: seals, opens and tags."""

    def __init__(self, id: str, key: bytes) -> None:
        self._id = id
        self._key = key
        self._cipher: AESGCM | None = None

    def seal(self, check_in: str, person: Person) -> str:
        """Seal a person for the check-in of that id: key id, nonce and AES-256-GCM text."""
        plain = msgspec.json.encode([person.name, person.phone])
        plain += b" " * (-len(plain) % PADDED_TO)
        nonce = os.urandom(NONCE_BYTES)
        blob = nonce + self._aes().encrypt(nonce, plain, check_in.encode())
        return f"{self._id}.{b64encode(blob).decode()}"

    def unseal(self, check_in: str, sealed: str) -> Person:
        """Open what `seal` gave; raises KeyMissing when the blob is another check-in's."""
        from cryptography.exceptions import InvalidTag

        blob = b64decode(sealed.partition(".")[2])
        try:
            plain = self._aes().decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], check_in.encode())
        except InvalidTag:
            raise KeyMissing from None
        return Person(*msgspec.json.decode(plain, type=tuple[str, str]))

    def phone_tag(self, person: Person) -> str:
        """Tag a phone, so that the same one is found again without being stored."""
        return tag(self._key, "phone", person.phone)

    def person_tag(self, person: Person) -> str:
        """Tag phone and name together; width, case and spaces of the name do not count."""
        name = unicodedata.normalize("NFKC", person.name).casefold()
        return tag(self._key, "person", person.phone, "".join(name.split()))

    def arrival_tag(self, arrival: Arrival) -> str:
        """Tag a whole arrival, as `arrival_tag` does without a key."""
        return arrival_tag(arrival, self._key)

    def _aes(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if self._cipher is None:
            self._cipher = AESGCM(hmac.digest(self._key, b"seal", "sha256"))
        return self._cipher


class DayKeys:
    """The keys of one location, a file for each day, kept apart from the data.

    A key's file is named by location, day and a random id, which the day's journal records:
    two data folders that share `keys_dir` never share, replace or destroy a key.
    """

    def __init__(self, folder: Path, location: str) -> None:
        self._folder = folder
        self._location = location
        self._open: dict[str, DayKey] = {}

    def make(self, day: date) -> str:
        """Make the key of a day that begins, durable on return; give its id."""
        name = os.urandom(8).hex()
        with refusing():
            make_private(self._folder)
            make_once(self._path(day, name), os.urandom(KEY_BYTES))
        return name

    def get(self, day: date, name: str) -> DayKey:
        """Give a key; raises KeyMissing, also when it was destroyed since it was last read."""
        path = self._path(day, name)
        if not path.exists():
            self._open.pop(name, None)
            raise KeyMissing
        if name not in self._open:
            try:
                key = path.read_bytes()
            except OSError:
                raise KeyMissing from None
            if len(key) != KEY_BYTES:
                raise KeyMissing
            self._open[name] = DayKey(name, key)
        return self._open[name]

    def destroy(self, day: date, name: str) -> None:
        """Remove a key for good: every copy of its day's names is unreadable from then on."""
        self._open.pop(name, None)
        with refusing():
            self._path(day, name).unlink(missing_ok=True)
            if self._folder.is_dir():
                sync_folder(self._folder)

    def exists(self, day: date, name: str) -> bool:
        """Say whether the key is on this machine."""
        return self._path(day, name).exists()

    def _path(self, day: date, name: str) -> Path:
        return self._folder / f"{self._location}-{day}-{name}.key"


def tag(key: bytes, *parts: str) -> str:
    """Give 128 bits of HMAC-SHA256 as hex digits."""
    return hmac.digest(key, "\0".join(parts).encode(), "sha256")[:16].hex()


def arrival_tag(arrival: Arrival, key: bytes = b"") -> str:
    """Tag an arrival, to tell a repeated request from another; keyed where it says who came."""
    return tag(key, "arrival", msgspec.json.encode(arrival).decode())
