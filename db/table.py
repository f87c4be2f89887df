"""TinyDB over a journal: the days can be searched and written with the tools TinyDB has."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Table

from db.errors import StoreUnavailable
from db.journal import Journal

Tables = dict[str, dict[str, Any]]


class JournalStorage(Storage):
    """A TinyDB storage that appends what changed and survives a power cut."""

    def __init__(self, journal: Journal, begin: Callable[[], datetime]) -> None:
        """`begin` makes sure, under the lock, that the day may be written, and tells the time."""
        self.journal = journal
        self.lock = journal.lock
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
        with self.lock.held():
            read = getattr(self._seen, "n", None)
            at = self._begin()
            journal = self.journal
            if read != journal.n and not (read == 0 and journal.n == 1):
                raise StoreUnavailable("Someone else changed this day first. Read it again.")
            before = _tables(journal)
            put: Tables = {}
            gone: dict[str, list[str] | None] = {}
            for name, table in data.items():
                old = before.get(name)
                if old is None:
                    put[name] = table
                    continue
                changed = {n: doc for n, doc in table.items() if n not in old or old[n] != doc}
                if changed:
                    put[name] = changed
                if missing := [number for number in old if number not in table]:
                    gone[name] = missing
            gone |= dict.fromkeys(name for name in before if name not in data)
            if put or gone:
                journal.append(at, put, gone=gone)
            self._seen.n = journal.n

    def close(self) -> None:
        """Let go of the journal's file."""
        self.journal.close()


class JournalTable(Table):
    """A TinyDB table whose writers read, change and append under the lock of all processes.

    There is no query cache: what it remembers would be stale after another process wrote.
    """

    def __init__(
        self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        """`cache_size` is accepted, for TinyDB's sake, and ignored."""
        assert isinstance(storage, JournalStorage)
        self._journal_storage = storage
        self._written_at = -1
        super().__init__(storage, name, cache_size=0)
        if persist_empty:
            self.truncate()

    def insert(self, document: Mapping[str, Any]) -> int:
        """See tinydb.table.Table; so with all the others."""
        with self._alone():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert many documents in one transaction."""
        with self._alone():
            return super().insert_multiple(documents)

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Update documents in one transaction."""
        with self._alone():
            return super().update(fields, cond, doc_ids)

    def update_multiple(
        self,
        updates: Iterable[
            tuple[Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None], QueryLike]
        ],
    ) -> list[int]:
        """Make several updates in one transaction."""
        with self._alone():
            return super().update_multiple(updates)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update what matches, or insert."""
        with self._alone():
            return super().upsert(document, cond)

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> list[int]:
        """Remove documents in one transaction."""
        with self._alone():
            return super().remove(cond, doc_ids)

    def truncate(self) -> None:
        """Remove every document of the table."""
        with self._alone():
            super().truncate()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        storage = self._journal_storage
        with storage.lock.held():
            storage.read()
            if storage.journal.n != self._written_at:
                self._next_id = None  # someone else may have taken the number we remember
            yield
            self._written_at = storage.journal.n


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
