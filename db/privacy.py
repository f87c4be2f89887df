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
from db.files import make_once, make_private, refusing

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
PADDED_TO = 64
"""Sealed text is filled up to a multiple of this, so that its length does not tell the name."""


class DayKeys:
    """The keys of one location, a file for each day, kept apart from the data.

    A key's file is named by location, day and a random id, which the day's journal records:
    two data folders that share `keys_dir` never share, replace or destroy a key.
    """

    def __init__(self, folder: Path, location: str) -> None:
        self.folder = folder
        self._location = location
        self._open: dict[str, bytes] = {}
        self._ciphers: dict[str, AESGCM] = {}

    def make(self, day: date) -> str:
        """Make the key of a day that begins, durable on return; give its id."""
        name = os.urandom(8).hex()
        with refusing():
            make_private(self.folder)
            make_once(self._path(day, name), os.urandom(KEY_BYTES))
        return name

    def key(self, day: date, name: str) -> bytes:
        """Read a key; raises KeyMissing, also when it was destroyed since it was last read."""
        path = self._path(day, name)
        if name not in self._open:
            try:
                key = path.read_bytes()
            except OSError:
                raise KeyMissing from None
            if len(key) != KEY_BYTES:
                raise KeyMissing
            self._open[name] = key
        elif not path.exists():
            del self._open[name]
            self._ciphers.pop(name, None)
            raise KeyMissing
        return self._open[name]

    def seal(self, day: date, name: str, check_in: str, person: Person) -> str:
        """Seal a person for the check-in of that id: key id, nonce and AES-256-GCM text."""
        cipher = self._cipher(day, name)
        plain = msgspec.json.encode([person.name, person.phone])
        plain += b" " * (-len(plain) % PADDED_TO)
        nonce = os.urandom(NONCE_BYTES)
        blob = nonce + cipher.encrypt(nonce, plain, check_in.encode())
        return f"{name}.{b64encode(blob).decode()}"

    def unseal(self, day: date, check_in: str, sealed: str) -> Person:
        """Open what `seal` gave; raises KeyMissing, also when the blob is another check-in's."""
        from cryptography.exceptions import InvalidTag

        name, _, text = sealed.partition(".")
        cipher = self._cipher(day, name)
        blob = b64decode(text)
        try:
            plain = cipher.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], check_in.encode())
        except InvalidTag:
            raise KeyMissing from None
        return Person(*msgspec.json.decode(plain, type=tuple[str, str]))

    def _cipher(self, day: date, name: str) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = self.key(day, name)
        if name not in self._ciphers:
            self._ciphers[name] = AESGCM(hmac.digest(key, b"seal", "sha256"))
        return self._ciphers[name]

    def _path(self, day: date, name: str) -> Path:
        return self.folder / f"{self._location}-{day}-{name}.key"


def phone_tag(key: bytes, phone: str) -> str:
    """Tag a phone, so that the same one is found again without being stored."""
    return _tag(key, "phone", phone)


def person_tag(key: bytes, person: Person) -> str:
    """Tag phone and name together; width, case and spaces of the name do not count."""
    name = unicodedata.normalize("NFKC", person.name).casefold()
    return _tag(key, "person", person.phone, "".join(name.split()))


def arrival_tag(key: bytes, arrival: Arrival) -> str:
    """Tag a whole arrival, to tell a repeated request from a different one with the same id."""
    return _tag(key, "arrival", msgspec.json.encode(arrival).decode())


def _tag(key: bytes, *parts: str) -> str:
    return hmac.digest(key, "\0".join(parts).encode(), "sha256")[:16].hex()
