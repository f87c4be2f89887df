"""What a document must be to be written through TinyDB: none that would hurt the day; pure."""

import binascii
import re
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from math import isfinite
from typing import Any, NoReturn, TypeVar

import msgspec
from msgspec import Raw, Struct

from db.checkin import Arrival, CheckIn, InvalidArrival, Said
from db.day import CHECK_INS, Marks
from db.desk.booked import BOOKINGS, Booking
from db.desk.reception import HelpCall, Reception
from db.desk.said_today import AWAY, BREAKS, NOTICES, Away, Break, Notice
from db.errors import InvalidDocument, InvalidValue

DEEPEST = 50
"""How deep a document may be nested: far from where reading it would end in an error."""

MOST = 10**9
"""Beyond this no number of a check-in can be true."""

BITS = 1000
"""Of the highest integer that any document may hold."""

NEAR = timedelta(days=7)
"""A moment of a check-in lies no further from its day; clocks are believed within less."""

SEALED_BYTES = 12 + 16
"""Of the nonce and the tag that AES-GCM puts around a sealed text."""

T = TypeVar("T")


class Known(Struct, frozen=True):
    """What the day is, and who is in it already."""

    location: str
    day: date
    ids: Mapping[str, int]
    """Numbers of the check-ins by their ids."""
    tickets: Mapping[str, int]


def document_to_write(number: object, document: object) -> bytes:
    """Give the JSON of a document; raises InvalidDocument where it would not read back as it is."""
    if not isinstance(number, str) or not re.fullmatch(r"[1-9][0-9]{0,17}", number):
        raise InvalidDocument("doc_id", "The number of a document must be a positive integer.")
    if not isinstance(document, dict):
        raise InvalidValue("document", "A document must be an object with named fields.")
    for name, value in document.items():
        _check_name(name)
        _check_value(name, value)
    try:
        return msgspec.json.encode(document)
    except TypeError:
        raise InvalidValue("document", "The document holds what cannot be written down.") from None


def check_table_name(name: object) -> None:
    """Raise InvalidDocument unless a table can have this name."""
    if not isinstance(name, str) or not _is_text(name):
        raise InvalidDocument("table", "The name of a table must be text that can be written down.")


def check(table: str, documents: Mapping[str, Raw], known: Known) -> None:
    """Raise InvalidDocument if one of the documents, by number, would hurt the day."""
    if table == CHECK_INS:
        _check_check_ins(documents, known)
    for number, raw in documents.items():
        if table == "desk":
            _as(Reception, raw, "the reception state")
        elif table == AWAY:
            _as(Away, raw, "somebody who is away")
        elif table == BOOKINGS:
            _check_moment("due_at", _as(Booking, raw, "who is booked").due_at, known.day)
        elif table in (BREAKS, NOTICES):
            kind: type[Break | Notice] = Break if table == BREAKS else Notice
            _check_moment("until", _as(kind, raw, "what staff said").until, known.day)
        elif table == "help":
            call = _as(HelpCall, raw, "a call for help")
            for name in ("at", "acknowledged_at"):
                _check_moment(name, getattr(call, name), known.day)
            if int(number) > MOST:
                _refuse("doc_id", "The number of a call for help cannot be that high.")


def counted(
    table: str, documents: Mapping[str, Raw], counters: Mapping[str, int]
) -> dict[str, int]:
    """Give the counters that must go on, so that no number in `documents` is given again."""
    highest: dict[str, int] = {}
    for number, raw in documents.items():
        if table == "help":
            series, count = "help", int(number)
        elif table == CHECK_INS and "ticket" in (document := msgspec.json.decode(raw)):
            series, count = _series(document["ticket"])
        else:
            continue
        highest[series] = max(count, highest.get(series, 0))
    return {name: count for name, count in highest.items() if count > counters.get(name, 0)}


def _check_check_ins(documents: Mapping[str, Raw], known: Known) -> None:
    ids, tickets = dict[str, int](), dict[str, int]()
    for number, raw in documents.items():
        document = msgspec.json.decode(raw)
        if document.keys().isdisjoint({"id", "ticket", "number"}):
            continue  # another program's; the queue does not see it
        one = _whole(document, raw)
        if one.number != int(number):
            _refuse("number", 'The field "number" must be the number of the document.')
        _check_truth(one, known)
        # Also when the other gives it up in the same line: the indexes follow one after the other.
        for name, here, others in (("id", ids, known.ids), ("ticket", tickets, known.tickets)):
            value = getattr(one, name)
            if others.get(value, one.number) != one.number or value in here:
                _refuse(name, f'The "{name}" of a check-in must be its own, not another\'s too.')
            here[value] = one.number


def _whole(document: Mapping[str, Any], raw: Raw) -> CheckIn:
    """Give the check-in that the document is, all of it, with its marks looked at too."""
    for name in CheckIn.__struct_fields__:
        if name not in document:
            _refuse(name, f'A check-in must have the field "{name}".')
    check_in = _as(CheckIn, raw, "a check-in")
    sealed = _as(Marks, raw, "a check-in").sealed
    if sealed is not None and not _can_be_sealed(sealed):
        _refuse("sealed", 'The field "sealed" must hold what the store sealed, or nothing.')
    return check_in


def _check_truth(one: CheckIn, known: Known) -> None:
    if one.location != known.location:
        _refuse("location", f'The field "location" must be {known.location}.')
    if one.day != known.day:
        _refuse("day", f'The field "day" must be {known.day}.')
    if not re.fullmatch(r"[0-9A-Za-z_-]{1,64}", one.id):
        _refuse("id", "An id has 1 to 64 letters, digits, hyphens or underlines.")
    if not _series(one.ticket)[1]:
        _refuse("ticket", "A ticket has one or two capital letters and three digits or more.")
    for name, least in (("number", 1), ("revision", 1), ("calls", 0), ("priority", -MOST)):
        if not least <= getattr(one, name) <= MOST:
            _refuse(name, f'The field "{name}" of a check-in cannot be that number.')
    for name in ("arrived_at", "due_at", "called_at", "began_at", "ended_at"):
        _check_moment(name, getattr(one, name), known.day)
    try:
        Arrival(**{name: getattr(one, name) for name in Said.__struct_fields__})
    except InvalidArrival as refused:
        raise InvalidDocument(refused.field, str(refused)) from None


def _series(ticket: str) -> tuple[str, int]:
    """Split a ticket as the store writes them; of another one the number is 0."""
    match = re.fullmatch(r"([A-Z]{1,2})([0-9]{3,5})", ticket)
    if match is None or match[2] != f"{int(match[2]):03d}":
        return "", 0
    return match[1], int(match[2])


def _can_be_sealed(text: str) -> bool:
    *names, blob = text.split(".")  # of the day's key, and from format 2 on of the secret
    try:
        length = len(b64decode(blob, validate=True))
    except (binascii.Error, ValueError):
        return False
    named = all(re.fullmatch(r"[0-9A-Za-z_-]{1,64}", name) for name in names)
    return named and len(names) in (1, 2) and length > SEALED_BYTES


def _check_moment(name: str, moment: datetime | None, day: date) -> None:
    if moment is None:
        return
    if moment.tzinfo is None:
        _refuse(name, f'The moment in the field "{name}" must say its time zone.')
    if abs(moment - datetime.combine(day, time(), UTC)) > NEAR:
        _refuse(name, f'The moment in the field "{name}" must be of the day.')


def _as(kind: type[T], raw: Raw, what: str) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:  # its text may hold the value
        there = re.search(r"`(?:\$\.)?(\w+)[^`]*`$", str(error))
        name = there[1] if there else "document"
    raise InvalidDocument(name, f'The field "{name}" is not as it is in {what}.')


def _check_name(name: object) -> None:
    if type(name) is int:
        return  # written as its digits, as TinyDB does
    if not isinstance(name, str):
        raise InvalidValue("document", "The name of a field must be text.")
    if not _is_text(name):
        _refuse(ascii(name), f"The field {name!a} has a name that cannot be written down.")


def _check_value(field: str, value: Any, depth: int = 1) -> None:
    """Raise InvalidDocument where JSON has no such value, or would hold another instead."""
    if depth > DEEPEST:
        _refuse(field, f'The field "{field}" is nested too deeply.')
    match value:
        case None | bool() | datetime() | date():
            pass
        case Enum():
            _check_value(field, value.value, depth)
        case str():
            if not _is_text(value):
                _refuse(field, f'The field "{field}" holds text that cannot be written down.')
        case int() | float():
            if not (isfinite(value) if isinstance(value, float) else value.bit_length() <= BITS):
                _refuse(field, f'The field "{field}" holds a number that cannot be written down.')
        case list() | tuple():
            for one in value:
                _check_value(field, one, depth + 1)
        case dict():
            for name, one in value.items():
                _check_name(name)
                _check_value(field, one, depth + 1)
        case _:
            raise InvalidValue(field, f'The field "{field}" holds what cannot be written down.')


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse(field: str, sentence: str) -> NoReturn:
    raise InvalidDocument(field, sentence)
