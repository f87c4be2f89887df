"""The fields that files in content/ have, and in words what does not fit them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args, get_origin

import msgspec
import tomli

from kiosk.content.clinic import ContentError, Group, Order, Practitioner, Problem, Topic
from kiosk.settings import did_you_mean

T = TypeVar("T", bound=msgspec.Struct)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NOT_UTF8 = "it is not a UTF-8 text; save it again with the encoding UTF-8"
FENCE = "+++"
"""The line above and below the front matter of a text."""


class Front(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The front matter that services and articles share; order as a number."""

    title: str
    summary: str
    order: int
    verified: bool = False
    source_url: str = ""


class ServiceFront(Front, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The front matter of a service."""

    group: str
    ask_first: bool = True
    articles: tuple[str, ...] = ()


class ArticleFront(Front, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The front matter of an article."""

    topic: str
    health: bool = True
    services: tuple[str, ...] = ()


class ClinicFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """clinic.toml."""

    name: str
    short_name: str
    website: str
    short_url: str
    booking_url: str
    languages: tuple[str, ...]
    article_languages: tuple[str, ...] = ()
    time_zone: str
    region: str
    emergency_number: str
    consent_version: str
    locations: tuple[str, ...]
    surnames: dict[str, str] = {}
    about: dict[str, str] = {}
    groups: tuple[Group, ...]
    practitioners: tuple[Practitioner, ...] = ()
    topics: tuple[Topic, ...]


_WANTED: Mapping[Any, str] = {
    str: 'a text in straight quotes, such as "cupping"',
    int: "a whole number without quotes, such as 30",
    bool: "true or false, without quotes",
    tuple[str, ...]: 'a list, such as ["cupping", "tuina"]',
    Order: '"arrival" or "appointment"',
    dict[str, str]: 'a table with one text a language, such as { en = "Cupping" }',
}


def faults(raw: Mapping[str, Any], kind: type, within: str = "") -> Iterator[tuple[str, str]]:
    """Each field of `raw` that does not fit the Struct `kind`, and a sentence on it.

    A field inside a list of tables is named like `groups[1].title`, counted from 0.
    """
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in raw:
        if key not in fields:
            hint = did_you_mean(key, fields)
            yield within + key, f"there is no field called {key!r}{hint}"
    for name, field in fields.items():
        if name not in raw:
            if field.required:
                wanted = _WANTED.get(field.type, "a table of its own")
                yield within + name, f"it is missing; give {wanted}"
            continue
        value, inner = raw[name], get_args(field.type)[:1]
        if inner and get_origin(field.type) is tuple and issubclass(inner[0], msgspec.Struct):
            if isinstance(value, list) and all(isinstance(row, dict) for row in value):
                for nth, row in enumerate(value):
                    yield from faults(row, inner[0], f"{within}{name}[{nth}].")
            else:
                yield within + name, f"write it as tables, each under [[{name}]]"
            continue
        try:
            msgspec.convert(value, field.type)
        except msgspec.ValidationError:
            yield within + name, f"it is not what it should be; give {_WANTED[field.type]}"


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with a question."""
    return text if text.endswith("?") else f"{text}."


def convert(raw: Mapping[str, Any], kind: type[T], name: str, text: str, effect: str = "") -> T:
    """The values of a file `name` as a Struct; raises ContentError with all that does not fit.

    `effect` says what comes of it, at the beginning of each sentence.
    """
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        found = list(faults(raw, kind)) or [("", str(error))]
        raise ContentError(
            *(
                Problem(name, f"{effect}{sentence(why)}", line_of(text, field), field)
                for field, why in found
            )
        ) from None


def line_of(text: str, field: str) -> int | None:
    """The line, from 1, on which a field as `faults` names it stands; None if it does not.

    A missing field of a table in a list is looked for where that table begins.
    """
    lines = text.lstrip("\ufeff").splitlines()
    table, _, key = field.rpartition(".")
    start: int | None = 0
    if table:
        name, nth = table.removesuffix("]").split("[")
        heads = [i for i, line in enumerate(lines) if line.strip().startswith(f"[[{name}]]")]
        start = heads[int(nth)] if int(nth) < len(heads) else None
    if start is None:
        return None
    assigned = re.compile(rf"""\s*(?:["']?{re.escape(key)}["']?\s*=|\[\[?{re.escape(key)}\])""")
    for number, line in enumerate(lines[start:], start=start + 1):
        if assigned.match(line):
            return number
        ended = table and number > start + 1 and line.lstrip().startswith("[")
        if ended or (number > 1 and line.strip() == FENCE):
            break
    return start + 1 if table else None


def toml_fault(error: tomli.TOMLDecodeError, text: str, before: int = 0) -> tuple[int, str]:
    """The line, from 1, that is not TOML, and what to look for; `before` lines stand above it."""
    lines = text.splitlines()
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", str(error))
    number = int(place[1]) if place and place[1] else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    why = str(error)[: place.start()] if place else str(error)
    why = why[:1].lower() + why[1:]
    if re.search("[“”„‘’「」]", line):
        hint = "put the text between straight quotes"
    elif "overwrite" in why:
        hint = "the field stands here twice; take one away"
    elif "=" not in line:
        hint = "write it as field = value"
    else:
        hint = "texts stand between straight quotes, lists in [ ], and each field on its own line"
    return number + before, f"it is not valid TOML ({why}); {hint}"
