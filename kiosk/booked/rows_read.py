"""What is found in a file with bookings: rows, and what could not be read of them; values."""

from datetime import date, datetime

from msgspec import Struct

NAME, PHONE, TIME, DATE = "name", "phone", "time", "date"
SURNAME, GIVEN = "surname", "given"
SERVICE, PRACTITIONER, LOCATION = "service", "practitioner", "location"
REF, STATUS = "ref", "status"
FIELDS = (NAME, PHONE, TIME, DATE, SURNAME, GIVEN, SERVICE, PRACTITIONER, LOCATION, REF, STATUS)


class ListError(ValueError):
    """Nothing of a file can be used; the text is a sentence without anything that stands in it."""


class Row(Struct, frozen=True, kw_only=True):
    """One booking as a file has it; it holds a name, and shows none of it."""

    line: int
    """Where it begins in the file, from 1."""
    ref: str = ""
    """The file's own name for it, which stays when it is moved; empty: it has none."""
    moment: datetime | None = None
    """When it is, if the file says that with a time zone."""
    day: date | None = None
    """The day by the clinic's time, None where the file says none."""
    clock: str = ""
    """HH:MM, with `day`."""
    name: str = ""
    phone: str = ""
    service: str = ""
    practitioner: str = ""
    location: str = ""
    cancelled: bool = False

    def __repr__(self) -> str:
        return f"Row(line={self.line}, …)"

    def __rich_repr__(self) -> list[tuple[str, object]]:
        """Nothing, for rich's tracebacks."""
        return []


class Bad(Struct, frozen=True, kw_only=True):
    """What of a file could not be used: where, and why; nothing of what stands there."""

    line: int
    column: str = ""
    """As the file calls it, where it is a word that this program knows."""
    why: str
    ref: str = ""
    """The booking's own name in the file, as far as that could be read."""
    is_kept: bool = False
    """Whether the booking is taken all the same, without this."""

    def __str__(self) -> str:
        column = f", {self.column}" if self.column else ""
        return f"line {self.line}{column}: {self.why}"

    def __repr__(self) -> str:
        return f"Bad({self})"


class Read(Struct, frozen=True):
    """All that a file says."""

    rows: tuple[Row, ...] = ()
    bad: tuple[Bad, ...] = ()
