"""clinic.toml and the files of the places, read and made fit for use."""

import re
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import tomli

from kiosk.content.clinic import ContentError, Group, Location, Problem, Topic
from kiosk.content.fields import NOT_UTF8, SLUG, ClinicFile, convert, line_of, toml_fault

T = TypeVar("T", bound=msgspec.Struct)

KEYS = "2345678"
"""Digits that groups may have: 1 is an appointment, 9 is not sure, 0 is in every phone number."""
_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_PLACE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def read_clinic(folder: Path) -> tuple[ClinicFile, tuple[Location, ...], list[Problem]]:
    """clinic.toml, its locations, and what had to be left out of it to have no two of a kind.

    Raises ContentError with all that is wrong with them when they cannot be used.
    """
    file, text = _decode(folder, "clinic.toml", ClinicFile)
    if wrong := list(_unusable(file, text)):
        raise ContentError(*wrong)
    problems: list[Problem] = []
    file = msgspec.structs.replace(
        file,
        languages=_once("languages", file.languages, text, problems),
        article_languages=_once("article_languages", file.article_languages, text, problems)
        or tuple(dict.fromkeys(file.languages)),
        locations=_once("locations", file.locations, text, problems),
        groups=tuple(_groups(file.groups, text, problems)),
        topics=tuple(_topics(file.topics, text, problems)),
    )
    return file, tuple(_locations(folder, file.locations)), problems


def _unusable(file: ClinicFile, text: str) -> Iterator[Problem]:
    """What no clinic can do without."""
    faults = {
        "languages": "" if file.languages else "name at least one language",
        "locations": "" if file.locations else "name at least one location",
        "time_zone": ""
        if _is_zone(file.time_zone)
        else f"no time zone is called {file.time_zone!r}; write one such as Asia/Shanghai",
    }
    for tag in file.languages:
        if not _TAG.fullmatch(tag):
            faults["languages"] = f"{tag!r} is no code of a language; write one such as en"
    for slug in file.locations:
        if not _PLACE.fullmatch(slug):
            faults["locations"] = f"{slug!r} is no slug; write one such as downtown"
    for field, fault in faults.items():
        if fault:
            yield Problem("clinic.toml", f"{fault}.", line_of(text, field), field)


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


H = TypeVar("H", bound=Hashable)


def _once(field: str, words: tuple[H, ...], text: str, problems: list[Problem]) -> tuple[H, ...]:
    """The words without those that came before."""
    for word in dict.fromkeys(word for nth, word in enumerate(words) if word in words[:nth]):
        message = f"{word!r} stands here twice; take one away."
        problems.append(Problem("clinic.toml", message, line_of(text, field), field))
    return tuple(dict.fromkeys(words))


def _groups(groups: Iterable[Group], text: str, problems: list[Problem]) -> Iterator[Group]:
    """The groups that can be shown: each has a slug and a key of its own."""
    slugs, keys = set[str](), set[str]()
    for nth, group in enumerate(groups):
        if fault := _slug_fault(group.slug, slugs):
            field = f"groups[{nth}].slug"
        else:
            field = f"groups[{nth}].key"
            if group.key not in tuple(KEYS):
                fault = f"{group.key!r} is no key; use one of 2 to 8"
            elif group.key in keys:
                fault = f"another group has the key {group.key!r} already"
        if fault:
            line = line_of(text, field)
            problems.append(Problem("clinic.toml", f"left out: {fault}.", line, field))
            continue
        slugs.add(group.slug)
        keys.add(group.key)
        yield group


def _topics(topics: Iterable[Topic], text: str, problems: list[Problem]) -> Iterator[Topic]:
    slugs = set[str]()
    for nth, topic in enumerate(topics):
        if fault := _slug_fault(topic.slug, slugs):
            field = f"topics[{nth}].slug"
            line = line_of(text, field)
            problems.append(Problem("clinic.toml", f"left out: {fault}.", line, field))
            continue
        slugs.add(topic.slug)
        yield topic


def _slug_fault(slug: str, others: set[str]) -> str:
    if not SLUG.fullmatch(slug):
        return f"{slug!r} is no slug; write small letters, digits and -"
    return f"{slug!r} stands here twice; give each its own" if slug in others else ""


def _locations(folder: Path, slugs: Iterable[str]) -> Iterator[Location]:
    """The locations by their slugs; raises ContentError with what is wrong in all of them."""
    wrong: list[Problem] = []
    for slug in slugs:
        try:
            location, _ = _decode(folder, f"locations/{slug}.toml", Location)
            yield msgspec.structs.replace(location, slug=slug)
        except ContentError as error:
            wrong += error.problems
    if wrong:
        raise ContentError(*wrong)


def _decode(folder: Path, name: str, kind: type[T]) -> tuple[T, str]:
    """A TOML file as a value and as text; raises ContentError with everything that is wrong."""
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError(Problem(name, f"it cannot be read: {error.strerror}.")) from None
    except UnicodeDecodeError:
        raise ContentError(Problem(name, f"{NOT_UTF8}.")) from None
    try:
        raw = tomli.loads(text.lstrip("\ufeff"))
    except tomli.TOMLDecodeError as error:
        line, fault = toml_fault(error, text)
        raise ContentError(Problem(name, f"{fault}.", line)) from None
    return convert(raw, kind, name, text), text
