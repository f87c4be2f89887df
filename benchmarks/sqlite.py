"""What people would use instead of the store: SQLite, made to promise and to hide as much."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import msgspec

from db import Arrival, Person
from db.privacy.keys import DayKey
from db.privacy.people import e164


class Sqlite:
    """The same promises on SQLite: WAL, synchronous=FULL, a row for each check-in and event."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "queue.sqlite", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE checkins (number INTEGER PRIMARY KEY, id TEXT UNIQUE,"
            " ticket TEXT UNIQUE, status TEXT, phone_tag TEXT, person_tag TEXT, document TEXT);"
            "CREATE INDEX by_phone ON checkins (phone_tag);"
            "CREATE INDEX by_person ON checkins (person_tag);"
            "CREATE TABLE events (n INTEGER PRIMARY KEY, check_in INTEGER, document TEXT);"
        )
        self._key = DayKey("0123456789abcdef", os.urandom(32))

    def sync(self, to_disk: bool) -> None:
        """Have every commit on disk from now on, or not."""
        self._db.execute(f"PRAGMA synchronous={'FULL' if to_disk else 'OFF'}")

    def check_in(self, arrival: Arrival) -> None:
        """Do what CheckInStore.check_in does."""
        person = Person(arrival.name, e164(arrival.phone, "CN"))
        run = self._db.execute
        run("BEGIN IMMEDIATE")
        phone, both = self._key.phone_tag(person), self._key.person_tag(person)
        run("SELECT number FROM checkins WHERE phone_tag = ?", (phone,)).fetchall()
        run("SELECT number FROM checkins WHERE person_tag = ?", (both,)).fetchall()
        [last] = run("SELECT coalesce(max(number), 0) FROM checkins").fetchone()
        number, id_, ticket = last + 1, str(uuid4()), f"A{last + 1:03d}"
        document = msgspec.structs.asdict(arrival) | {
            "name": None,
            "phone": None,
            "id": id_,
            "ticket": ticket,
            "arrived_at": datetime.now(UTC),
            "sealed": self._key.seal(id_, person),
            "arrival_tag": self._key.arrival_tag(arrival),
        }
        text = msgspec.json.encode(document).decode()
        run(
            "INSERT INTO checkins VALUES (?, ?, ?, 'waiting', ?, ?, ?)",
            (number, id_, ticket, phone, both, text),
        )
        event = '{"kind": "checked_in", "by": "", "device": "kiosk"}'
        run("INSERT INTO events VALUES (NULL, ?, ?)", (number, event))
        run("COMMIT")
