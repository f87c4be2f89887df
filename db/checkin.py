"""What a check-in is: the values the store takes and gives."""

import re
import unicodedata
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

from db.closed_sets import Whom
from db.kinds import EventKind

NAME_LENGTH = 80
"""The longest name, in characters."""

_REFUSED = {"Cc", "Cs", "Zl", "Zp"}  # controls (ESC among them), lone surrogates, line breaks
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # would reorder the line
_NEVER = datetime.min.replace(tzinfo=UTC)


class Status(StrEnum):
    """Where a check-in stands."""

    waiting = "waiting"
    called = "called"
    in_service = "in_service"
    parked = "parked"
    done = "done"
    no_show = "no_show"
    left = "left"
    void = "void"


OPEN = frozenset({Status.waiting, Status.called, Status.in_service, Status.parked})
"""The statuses of people who are still in the clinic as far as the store knows."""


class InvalidArrival(ValueError):
    """A value of an `Arrival` is refused; `field` names it, `str()` is a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Secret(Struct, frozen=True):
    """A value that holds a name: neither a log nor a traceback panel may print it."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Nothing, for rich's tracebacks."""
        return []


class Said(Struct, frozen=True, kw_only=True):
    """What an arrival and its check-in have in common."""

    service: str = ""
    """Slug; empty: not sure."""
    language: str = "en"
    appointment: bool = False
    appointment_time: str | None = None
    """HH:MM, local time."""
    practitioner: str | None = None
    first_visit: bool | None = None
    party: str | None = None
    """Id of the family's first check-in."""
    whom: str = Whom.oneself.value
    """A Whom, or what a newer version calls somebody this one does not know."""
    guardian: bool = False
    consent: str = ""
    """Version of the text agreed to."""
    urgent: bool = False


class Arrival(Said, Secret, frozen=True, kw_only=True):
    """What one person says on arriving; the only value that carries a name into the store.

    Raises InvalidArrival (a ValueError): a name over 80 characters, a control character or an
    escape sequence anywhere, an appointment time that is not HH:MM, an unknown `whom`.
    """

    name: str = ""
    phone: str = ""

    def __post_init__(self) -> None:
        for field in self.__struct_fields__:
            value = getattr(self, field)
            if isinstance(value, str):
                check_text(field, value)
        time = self.appointment_time
        if time is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", time):
            raise InvalidArrival("appointment_time", "The time must look like 10:30.")
        if self.whom not in tuple(Whom):
            raise InvalidArrival("whom", "A check-in is for oneself, a child or a companion.")


class CheckIn(Said, frozen=True, kw_only=True):
    """One arrival of one person, from ticket to end, without name or phone. Times are UTC."""

    number: int
    """Place among the arrivals of the day, from 1 in series A; TinyDB's doc_id.

    Other series, which other machines have, begin at their place in the alphabet x 100,000.
    """
    id: str
    ticket: str
    location: str
    day: date
    status: Status = Status.waiting
    priority: int = 0
    """0 unless staff raise it; higher is called earlier."""
    room: str | None = None
    arrived_at: datetime
    due_at: datetime | None = None
    """The appointment that staff confirmed; a time that only the person gave is not."""
    booking: str | None = None
    """Who of today's list they are, by the id there."""
    called_at: datetime | None = None
    """The latest call or recall since it last joined the queue."""
    calls: int = 0
    """Calls and recalls since it was last with staff or came: those that nobody answered, too."""
    began_at: datetime | None = None
    ended_at: datetime | None = None
    device: str
    revision: int = 1
    """1 at first, one more with every change."""
    has_name: bool
    has_phone: bool
    same_phone_as: str | None
    """The ticket of an earlier check-in of the day with the same phone."""

    @property
    def waits_from(self) -> datetime:
        """The later of arrival and confirmed appointment: who came early does not wait until it."""
        return max(self.arrived_at, self.due_at or self.arrived_at)


class Person(Secret, frozen=True):
    """Who a check-in belongs to; opened from the sealed blob, never stored like this."""

    name: str
    phone: str
    """E.164 where the number could be understood, else as typed."""


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened to the day: who did what, when, and what was before."""

    n: int = 0
    """Place among the events of the day, from 1."""
    id: str
    kind: str
    """The word on disk: an EventKind, or what a newer version calls what this one cannot."""
    by: str
    device: str
    at: datetime = _NEVER
    """With `n` left out of the journal: both follow from the line."""
    check_in: int | None = None
    """`CheckIn.number`, or None for events of the desk."""
    check_in_id: str | None = None
    """`CheckIn.id`, which means the same on every machine; with `parents`, from format 2 on."""
    parents: tuple[str, ...] = ()
    """Ids of the events that were known of the check-in when this one was made."""
    before: dict[str, Any] | None = None
    reason: str | None = None
    undoes: str | None = None

    @property
    def what(self) -> EventKind:
        """What happened, as far as this version knows it."""
        return EventKind.of(self.kind)


def check_text(field: str, text: str) -> None:
    """Raise InvalidArrival unless a text is short and can be shown."""
    what = field.replace("_", " ")
    if len(text) > NAME_LENGTH:
        raise InvalidArrival(field, f"A {what} can have {NAME_LENGTH} characters at most.")
    if text.isascii() and text.isprintable():
        return
    if any(unicodedata.category(one) in _REFUSED or one in _BIDI for one in text):
        raise InvalidArrival(field, f"The {what} holds a character that cannot be shown.")
