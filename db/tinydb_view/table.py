"""TinyDB over a journal: the days can be searched and written with the tools TinyDB has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from threading import local
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec
from msgspec import Raw
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table
from tinydb.utils import LRUCache

from db.day import CHECK_INS, Day
from db.errors import InvalidDocument, StoreUnavailable
from db.tinydb_view.documents import Known, check, check_table_name, counted
from db.tinydb_view.rows import Changing, Reading, changed

Tables = dict[str, dict[str, Any]]
Tail = tuple[int, bytes]
P = ParamSpec("P")
R = TypeVar("R")

NONE_YET: dict[str, Raw] = {}
"""The rows of a table that is not there."""

GIVEN = {CHECK_INS: "arrivals", "help": "help"}
"""The counters of the numbers that the store itself has given in its tables."""


class JournalStorage(Storage):
    """A TinyDB storage that appends what changed and survives a power cut."""

    def __init__(self, day: Day, begin: Callable[[], datetime]) -> None:
        """`begin` makes sure, under the lock, that the day may be written, and tells the time."""
        self.day = day
        self.journal = day.journal
        self._begin = begin
        self._seen = local()

    def read(self) -> Tables | None:
        """Give every table: copies, so that changing one changes nothing else."""
        with self.journal.mutex:
            self.journal.refresh()
            self._seen.tail = self.tail
            tables = {name: dict(rows) for name, rows in self.journal.tables.items()}
        return {
            name: {number: msgspec.json.decode(raw) for number, raw in rows.items()}
            for name, rows in tables.items()
        } or None

    def write(self, data: Tables) -> None:
        """Append the difference between `data` and what is on disk.

        Raises StoreUnavailable if another transaction came since this thread last read, and
        InvalidDocument.
        """
        with self.journal.lock.held():
            before = self.tables()
            put: dict[str, dict[str, Raw]] = {}
            gone: dict[str, list[str] | None] = {name: None for name in before if name not in data}
            for name, table in data.items():
                if not isinstance(table, Mapping):
                    raise InvalidDocument("table", "A table must be an object of documents.")
                old = before.get(name, NONE_YET)
                put[name] = changed(old, table)
                gone[name] = [number for number in old if number not in table]
            self.commit(getattr(self._seen, "tail", None), put, gone)
            self._seen.tail = self.tail

    def tables(self) -> Mapping[str, dict[str, Raw]]:
        """Give the rows of every table as they are on disk now; not to be changed."""
        with self.journal.mutex:
            self.journal.refresh()
            return dict(self.journal.tables)

    def rows(self, name: str) -> dict[str, Raw]:
        """Give the rows of one table as they are on disk now; not to be changed."""
        with self.journal.mutex:
            self.journal.refresh()
            return self.journal.tables.get(name, NONE_YET)

    @property
    def tail(self) -> Tail:
        """What tells whether anything came since: the last line's number and hash."""
        return self.journal.n, self.journal.hash

    def commit(
        self,
        read: Tail | None,
        put: dict[str, dict[str, Raw]],
        gone: dict[str, list[str] | None],
    ) -> None:
        """Append what is put and gone since `read`, if that is anything; the lock must be held.

        Raises InvalidDocument, and StoreUnavailable if anything else came since `read`.
        """
        journal, day = self.journal, self.day
        known = Known(journal.path.parent.name, day.date, day.ids, day.tickets)
        count: dict[str, int] = {}
        for name, documents in put.items():
            check_table_name(name)
            check(name, documents, known)
            count |= counted(name, documents, journal.counters)
        at = self._begin()
        if self.tail != read and not (read is not None and read[0] == 0 and journal.n == 1):
            raise StoreUnavailable("Someone else changed this day first. Read it again.")
        put = {name: rows for name, rows in put.items() if rows or name not in journal.tables}
        gone = {name: numbers for name, numbers in gone.items() if numbers is None or numbers}
        if put or gone:
            journal.append(at, put, gone=gone, count=count)

    def close(self) -> None:
        """Let go of the journal's file."""
        self.journal.close()


class Numbers:
    """The doc_ids of one table: which is next, without looking at all of them each time."""

    def __init__(self) -> None:
        self._rows = NONE_YET
        self._last: str | None = None
        self._highest = 0

    def follow(self, rows: dict[str, Raw]) -> None:
        """Take in the rows that were added at the end, by whomever."""
        if rows is not self._rows:
            self._rows, self._last, self._highest = rows, None, 0
        for key in reversed(rows):
            if key == self._last:
                break
            self._highest = max(self._highest, int(key))
        self._last = next(reversed(rows), None)

    @contextmanager
    def giving(self, rows: dict[str, Raw]) -> Iterator[None]:
        """Let numbers be given in the block; those of a change that fails are given again."""
        self.follow(rows)
        before = self._highest
        try:
            yield
        except BaseException:
            self._highest = before
            raise

    def wrote(self, rows: dict[str, Raw], put: Iterable[str]) -> None:
        """Take in what we have written ourselves: the last row may be gone."""
        self._highest = max([self._highest, *map(int, put)])
        self._rows, self._last = rows, next(reversed(rows), None)

    def next(self, rows: dict[str, Raw], given: int) -> int:
        """Give one more than the highest there was, and than the store has `given`."""
        self.follow(rows)
        self._highest = max(self._highest, given) + 1
        while str(self._highest) in rows:
            self._highest += 1
        return self._highest


class Forgetful(LRUCache[Any, Any]):
    """No query cache: it would be stale as soon as another process writes."""

    def get(self, key: Any, default: Any = None) -> Any:
        """Remember nothing."""
        return default

    def set(self, key: Any, value: Any) -> None:
        """Forget it at once."""


def _alone(
    write: Callable[Concatenate[Table, P], R],
) -> Callable[Concatenate[JournalTable, P], R]:
    """Let a writer of TinyDB find a number and append under one lock of all processes."""

    @wraps(write)
    def locked(self: JournalTable, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.journal_storage.journal.lock.held(), self.numbers.giving(self.rows()):
            return write(self, *args, **kwargs)

    return locked


class JournalTable(Table):
    """A TinyDB table for several processes and threads; what it does to one document is cheap."""

    query_cache_class = Forgetful

    def __init__(
        self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        """`cache_size` is accepted, for TinyDB's sake, and ignored."""
        assert isinstance(storage, JournalStorage)
        self.journal_storage = storage
        self.numbers = Numbers()
        self._changing: Changing | None = None
        super().__init__(storage, name, cache_size=0, persist_empty=persist_empty)

    insert = _alone(Table.insert)
    insert_multiple = _alone(Table.insert_multiple)
    upsert = _alone(Table.upsert)

    def truncate(self) -> None:
        """Let every document go; doc_ids begin at 1 again."""
        with self.journal_storage.journal.lock.held():
            super().truncate()
            self.numbers = Numbers()

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """As TinyDB's; of the documents asked for by `doc_ids` no others are decoded."""
        if doc_id is not None or doc_ids is None:
            return super().get(cond, doc_id, doc_ids)
        table, wanted = self._read_table(), {str(number) for number in doc_ids}
        numbers = [number for number in table if number in wanted]
        return [self.document_class(table[one], self.document_id_class(one)) for one in numbers]

    def rows(self) -> dict[str, Raw]:
        """Give the rows as they are on disk now; not to be changed."""
        return self.journal_storage.rows(self.name)

    def _read_table(self) -> Any:
        return Reading(self.rows(), self.journal_storage.journal.mutex)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        storage = self.journal_storage
        with storage.journal.lock.held():
            rows, read = self.rows(), storage.tail
            self.numbers.follow(rows)
            before, self._changing = self._changing, Changing(rows)
            try:
                updater(self._changing)
                put, gone = self._changing.difference()
            finally:
                self._changing = before
            storage.commit(read, {self.name: put}, {self.name: gone})
            self.numbers.wrote(self.rows(), put)

    def _get_next_id(self) -> int:
        rows = self.rows()
        given = self.journal_storage.journal.counters.get(GIVEN.get(self.name, ""), 0)
        number = self.numbers.next(rows, given)
        while self._changing is not None and number in self._changing:
            number = self.numbers.next(rows, given)
        return number


class JournalDatabase(TinyDB):
    """A TinyDB over the journal of one service day."""

    table_class = JournalTable

    def __init__(self, day: Day, begin: Callable[[], datetime]) -> None:
        super().__init__(day, begin, storage=JournalStorage)
        self._day = day

    def tables(self) -> set[str]:
        """Give the names of the tables."""
        storage = self.storage
        assert isinstance(storage, JournalStorage)
        return set(storage.tables())

    def drop_tables(self) -> None:
        """Drop every table; the tickets' counters stay, for no ticket is given twice."""
        with self._day.journal.lock.held():
            self.storage.read()
            super().drop_tables()

    def drop_table(self, name: str) -> None:
        """Drop one table."""
        with self._day.journal.lock.held():
            super().drop_table(name)
