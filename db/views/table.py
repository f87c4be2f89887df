"""TinyDB over a journal: the days can be searched and written with the tools TinyDB has."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from db.errors import StoreUnavailable
from db.journal import Journal

Tables = dict[str, dict[str, Any]]
P = ParamSpec("P")
R = TypeVar("R")


class JournalStorage(Storage):
    """A TinyDB storage that appends what changed and survives a power cut."""

    def __init__(self, journal: Journal, begin: Callable[[], datetime]) -> None:
        """`begin` makes sure, under the lock, that the day may be written, and tells the time."""
        self.journal = journal
        self._begin = begin
        self._seen = threading.local()

    def read(self) -> Tables | None:
        """Give every table: copies, so that changing one changes nothing else."""
        with self.journal.mutex:
            self.journal.refresh()
            self._seen.n = self.journal.n
            return _tables(self.journal) or None

    def write(self, data: Tables) -> None:
        """Append the difference between `data` and what is on disk.

        Raises StoreUnavailable if another transaction came since this thread last read.
        """
        journal = self.journal
        with journal.lock.held():
            read = getattr(self._seen, "n", None)
            at = self._begin()
            if read != journal.n and not (read == 0 and journal.n == 1):
                raise StoreUnavailable("Someone else changed this day first. Read it again.")
            before = _tables(journal)
            put: Tables = {}
            gone: dict[str, list[str] | None] = {name: None for name in before if name not in data}
            for name, table in data.items():
                old = before.get(name, {})
                changed = {n: doc for n, doc in table.items() if n not in old or old[n] != doc}
                if changed or name not in before:
                    put[name] = changed
                if missing := [number for number in old if number not in table]:
                    gone[name] = missing
            if put or gone:
                journal.append(at, put, gone=gone)
            self._seen.n = journal.n

    def close(self) -> None:
        """Let go of the journal's file."""
        self.journal.close()


def _alone(
    write: Callable[Concatenate[Table, P], R],
) -> Callable[Concatenate[JournalTable, P], R]:
    """Let a writer of TinyDB read, change and append under the lock of all processes."""

    @wraps(write)
    def locked(self: JournalTable, /, *args: P.args, **kwargs: P.kwargs) -> R:
        storage = self.journal_storage
        with storage.journal.lock.held():
            storage.read()
            if storage.journal.n != self.written_at:
                self._next_id = None  # someone else may have taken the number we remember
            result = write(self, *args, **kwargs)
            self.written_at = storage.journal.n
            return result

    return locked


class JournalTable(Table):
    """A TinyDB table for several processes; no query cache, for it would be stale."""

    def __init__(
        self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        """`cache_size` is accepted, for TinyDB's sake, and ignored."""
        assert isinstance(storage, JournalStorage)
        self.journal_storage = storage
        self.written_at = -1
        super().__init__(storage, name, cache_size=0)
        if persist_empty:
            self.truncate()

    insert = _alone(Table.insert)
    insert_multiple = _alone(Table.insert_multiple)
    update = _alone(Table.update)
    update_multiple = _alone(Table.update_multiple)
    upsert = _alone(Table.upsert)
    remove = _alone(Table.remove)
    truncate = _alone(Table.truncate)


class JournalDatabase(TinyDB):
    """A TinyDB over the journal of one service day."""

    table_class = JournalTable

    def __init__(self, journal: Journal, begin: Callable[[], datetime]) -> None:
        super().__init__(journal, begin, storage=JournalStorage)
        self._lock = journal.lock

    def drop_tables(self) -> None:
        """Drop every table; the tickets' counters stay, for no ticket is given twice."""
        with self._lock.held():
            self.storage.read()
            super().drop_tables()

    def drop_table(self, name: str) -> None:
        """Drop one table."""
        with self._lock.held():
            super().drop_table(name)


def _tables(journal: Journal) -> Tables:
    return {
        name: {number: msgspec.json.decode(raw) for number, raw in table.items()}
        for name, table in journal.tables.items()
    }
