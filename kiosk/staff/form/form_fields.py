"""The fields of the form, and all that stands in them, as one value."""

from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec

from db import CheckIn, Whom
from kiosk.staff.asking.key_lines import Key

YES, NO = "yes", "no"
NO_TIME = "?"
"""Stands for an appointment whose time nobody knows."""


class Field(StrEnum):
    """One thing that may be known of somebody."""

    NAME = "name"
    SERVICE = "service"
    PHONE = "phone"
    TIME = "time"
    PRACTITIONER = "practitioner"
    WHOM = "whom"
    PARTY = "party"
    URGENT = "urgent"
    FIRST_VISIT = "first_visit"
    LANGUAGE = "language"
    PRINT = "print"
    CAME = "came"


WRITTEN = (Field.NAME, Field.PHONE, Field.TIME, Field.PARTY, Field.CAME)
"""Fields that a text is typed into; in the others one of a few answers is chosen."""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in each field: a text as it was typed, or the value of an answer; "" nothing."""

    name: str = ""
    service: str = ""
    """A slug."""
    phone: str = ""
    time: str = ""
    practitioner: str = ""
    whom: str = Whom.oneself.value
    """A Whom."""
    party: str = ""
    """A ticket."""
    urgent: str = NO
    first_visit: str = ""
    """YES, NO, or "" where nobody said."""
    language: str = ""
    """A tag; "" goes by the name."""
    print: str = NO
    came: str = ""

    def __repr__(self) -> str:
        """Nothing of a patient stands in a traceback."""
        return "Filled(…)"

    def __rich_repr__(self) -> list[tuple[str, object]]:
        """Nothing, for rich's tracebacks."""
        return []

    def of(self, field: Field) -> str:
        """What stands in a field."""
        text: str = getattr(self, field.value)
        return text

    def but(self, field: Field, text: str) -> "Filled":
        """The same with something else in one field."""
        return msgspec.structs.replace(self, **{field.value: text})


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it is opened: what it is about, and what is known already."""

    title: str
    fields: tuple[Field, ...]
    given: Filled = Filled()
    """What stood in it when it was opened."""
    covered: Mapping[Field, str] = {}
    """What stands in place of a text that is there and that nobody sees; empty, it stays."""
    check_in: CheckIn | None = None
    """Who is corrected; None: somebody new."""
    keys: tuple[Key, ...] = ()
    """What else is done from here, each by a function key."""

    def changed(self, filled: Filled) -> list[Field]:
        """The fields in which something else stands now."""
        return [field for field in self.fields if filled.of(field) != self.given.of(field)]


class Filling(msgspec.Struct, frozen=True, kw_only=True):
    """A form, and who hears what came of it."""

    form: Form
    save: Callable[[Filled], None]
    other: Callable[[str, Filled], None] = lambda *_: None
    """Hears of a key of the form's own, by its action."""
    seen: Callable[[Field], None] = lambda _: None
    """Hears that a text is seen that is masked else."""
