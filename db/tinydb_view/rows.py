"""The documents of one table, each decoded when it is touched, and what became of them."""

from collections.abc import Iterator, Mapping, MutableMapping
from threading import RLock
from typing import Any

import msgspec
from msgspec import Raw

from db.tinydb_view.documents import document_to_write

Document = dict[str, Any]


class Reading(Mapping[str, Document]):
    """A table to read, by doc_id as text: what is given is a copy."""

    def __init__(self, rows: Mapping[str, Raw], mutex: RLock) -> None:
        """`mutex` guards `rows`, to which others go on adding."""
        self._rows = rows
        self._mutex = mutex

    def __getitem__(self, number: str) -> Document:
        with self._mutex:
            raw = self._rows[number]
        return _decoded(raw)

    def __len__(self) -> int:
        with self._mutex:
            return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        with self._mutex:
            self._rows = dict(self._rows)  # whoever goes through it sees one moment
        return iter(self._rows)


class Changing(MutableMapping[int, Document]):
    """A table to change, by doc_id; the rows themselves stay as they are."""

    def __init__(self, rows: Mapping[str, Raw]) -> None:
        """`rows` must not change meanwhile: the lock is held."""
        self._rows = rows
        self._touched: dict[str, Document] = {}
        self._gone: dict[str, None] = {}

    def __contains__(self, number: object) -> bool:
        key = str(number)
        return key in self._touched or (key in self._rows and key not in self._gone)

    def __getitem__(self, number: int) -> Document:
        if number not in self:
            raise KeyError(number)
        key = str(number)
        if key not in self._touched:
            self._touched[key] = _decoded(self._rows[key])
        return self._touched[key]

    def __setitem__(self, number: int, document: Document) -> None:
        self._touched[str(number)] = document
        self._gone.pop(str(number), None)

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self._touched.pop(str(number), None)
        if str(number) in self._rows:
            self._gone[str(number)] = None

    def __iter__(self) -> Iterator[int]:
        yield from (int(key) for key in self._rows if key not in self._gone)
        yield from (int(key) for key in self._touched if key not in self._rows)

    def __len__(self) -> int:
        new = sum(key not in self._rows for key in self._touched)
        return len(self._rows) - len(self._gone) + new

    def clear(self) -> None:
        """Let every document go."""
        self._touched.clear()
        self._gone = dict.fromkeys(self._rows)

    def difference(self) -> tuple[dict[str, Raw], list[str]]:
        """Give the documents that are new or changed, and the ids of those gone.

        Raises InvalidDocument.
        """
        return changed(self._rows, self._touched), [*self._gone]


def changed(rows: Mapping[str, Raw], documents: Mapping[str, Any]) -> dict[str, Raw]:
    """Give those `documents` that are not in `rows` as they are; raises InvalidDocument."""
    found = {}
    for number, document in documents.items():
        before = rows.get(number)
        # Equal is not enough: 1 equals true. Nor is the same text: NaN would be written as null.
        if before is not None and document == msgspec.json.decode(before):
            after = msgspec.json.encode(document)
        else:
            after = document_to_write(number, document)
        if before is None or after != bytes(before):
            found[number] = Raw(after)
    return found


def _decoded(raw: Raw) -> Document:
    document: Document = msgspec.json.decode(raw)
    return document
