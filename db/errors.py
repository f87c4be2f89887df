"""The refusals of the store, each with a sentence a person can read."""

from datetime import date
from pathlib import Path


class StoreError(Exception):
    """Anything the store or the accounts refuse; `str()` is a plain English sentence."""

    sentence = "That cannot be done."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)


class StoreBusy(StoreError):
    """Another process held the lock for longer than `lock_timeout`; trying again is safe."""

    sentence = "Another terminal is using the check-in store just now. Try again."


class StoreFull(StoreError):
    """The disk is full; nothing was written, not even in part."""

    sentence = "The disk is full, so nothing was saved."


class StoreUnavailable(StoreError):
    """The data folder is gone, was replaced, cannot be written, or a sync failed."""

    sentence = "The check-in data was replaced just now. Try again."


class NewerFormat(StoreUnavailable):
    """A day was written by a newer version than this one, which neither reads nor writes it."""

    def __init__(self, day: date) -> None:
        super().__init__(
            f"The check-ins of {day} were written by a newer version of the kiosk. "
            "Update this machine."
        )
        self.day = day


class ClockWrong(StoreUnavailable):
    """The machine's clock cannot be right; `day` is the one in its way, if there is one."""

    def __init__(self, today: date, day: date | None = None) -> None:
        sentence = f"This machine's clock says {today}, which cannot be"
        if day is not None:
            sentence += (
                f": there are check-ins of {day}. If the clock is right, run set-aside {day}"
            )
        super().__init__(
            f"{sentence}. Set it right." if day is None else f"{sentence}; if not, set it right."
        )
        self.today = today
        self.day = day


class StoreCorrupt(StoreError):
    """A file is damaged at `line` (from 1), not just at its torn end; it is not written again."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__(f"The file {file.name} is damaged at line {line}.")
        self.file = file
        self.line = line


class UnknownCheckIn(StoreError):
    """No check-in of this service day has that id."""

    sentence = "There is no such check-in today."


class DuplicateCheckIn(StoreError):
    """The same name and phone are already in today's queue, as `ticket`, which is for staff."""

    def __init__(self, ticket: str) -> None:
        super().__init__("Someone with this name and phone number is already checked in.")
        self.ticket = ticket


class HasCome(StoreError):
    """Whoever is booked has a check-in of today, `ticket`; nobody needs two."""

    def __init__(self, ticket: str) -> None:
        super().__init__(f"Whoever is booked has come already, as {ticket}.")
        self.ticket = ticket


class KeyMissing(StoreError):
    """The day's key is not in `keys_dir`: its names and phones cannot be read or sealed."""

    sentence = "The key for the names and phones of that day is not on this machine."


class InvalidDocument(StoreError, ValueError):
    """A document written through TinyDB is refused; `field` names what does not fit."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class InvalidValue(InvalidDocument, TypeError):
    """It holds a value of a kind that no document can hold; a TypeError too, as TinyDB's own is."""
