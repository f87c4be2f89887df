"""What replaying a day's lines gives: its documents, events, counters, keys and secrets."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from msgspec import Raw

from db.line import FORMAT, Closed, Head, Line, is_whole


class Secret(NamedTuple):
    """What can be destroyed of a check-in; kept beside the documents, under an id of its own."""

    of: str
    """Id of the check-in."""
    id: str
    text: str


class Replay:
    """How a day stands after the lines that were taken in."""

    def begin_anew(self) -> None:
        """Forget everything."""
        self.n = 0  # lines taken in so far
        self.hash = b""
        self.at: datetime | None = None
        self.head: Head | None = None
        self.keys: list[str] = []
        """The ids of the day's keys, the latest last."""
        self.closed: Closed | None = None
        """What the last line says, if it closes the day."""
        self.tables: dict[str, dict[str, Raw]] = {}
        self.counters: dict[str, int] = {}
        self.events: list[tuple[datetime, Raw]] = []
        self.secrets: dict[str, Secret] = {}
        """By their own ids, what is not destroyed."""
        self.forgotten: dict[str, int] = {}
        """Ids of check-ins whose secrets are to be destroyed, in lines before the one given."""

    @property
    def format(self) -> int:
        """The format the day was begun in, and goes on in."""
        return FORMAT if self.head is None else self.head.format

    def take(self, line: Line) -> None:
        """Take in the next line."""
        tables = self.tables
        for table, numbers in line.gone.items():
            if numbers is None:
                tables.pop(table, None)
                continue
            for number in numbers:
                tables.get(table, {}).pop(number, None)
        for table, documents in line.put.items():
            tables.setdefault(table, {}).update(documents)
        if line.events:
            self.events += [(line.at, event) for event in line.events]
        if line.count:
            self.counters.update(line.count)
        if line.head is not None:
            self.head = line.head
            if line.head.key not in self.keys:
                self.keys.append(line.head.key)
        if line.forget:
            self._forget_secrets(line.forget, line.n)
        if line.secret_of and line.secret_id and line.secret and is_whole(line.secret, line):
            self.secrets[line.secret_id] = Secret(line.secret_of, line.secret_id, line.secret)
        self.n, self.at, self.closed = line.n, line.at, line.closed

    def _forget_secrets(self, check_in: str, before: int) -> None:
        mine = [one.id for one in self.secrets.values() if one.of == check_in]
        for secret in mine:
            del self.secrets[secret]
        if mine:
            self.forgotten[check_in] = before
