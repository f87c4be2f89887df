"""Characters in files that people cannot see and a terminal obeys: where `check` found them."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import tomli

from kiosk.content.clinic import ContentError, Problem
from kiosk.content.fields import line_of
from kiosk.content.texts import split_front_matter
from kiosk.languages.showable import hidden_in
from kiosk.settings import Settings

_AS_NAMED = re.compile(r"\w+\[\d+\]\.\w+|\w+")
"""What of a field's name is looked for in its file."""
PLACES = ("clinic.toml", "locations/*.toml", "services/*.md", "articles/*.md")


def hidden(folder: Path) -> Iterator[Problem]:
    """Each field and line of content/ that holds such a character."""
    for pattern in PLACES:
        for path in sorted(folder.glob(pattern)):
            with suppress(OSError, UnicodeDecodeError):  # told of where the file is read
                yield from _in_file(str(path.relative_to(folder)), path.read_text(encoding="utf-8"))


def hidden_settings(settings: Settings) -> Iterator[Problem]:
    """Each setting that holds such a character."""
    for field, what in _strings(msgspec.to_builtins(settings, enc_hook=str)):
        yield _problem("kiosk.toml", field, what, None)


def hidden_values(values: Any) -> str:
    """The first field among values read from somewhere that holds such a character, and which."""
    return next((f"{field} holds {what}" for field, what in _strings(values)), "")


def _in_file(name: str, text: str) -> Iterator[Problem]:
    raw: dict[str, Any] = {}
    body = ""
    with suppress(tomli.TOMLDecodeError, ContentError):
        if name.endswith(".md"):
            raw, body = split_front_matter(text)
        else:
            raw = tomli.loads(text.lstrip("\ufeff"))
    for field, what in _strings(raw):
        known = _AS_NAMED.match(field)
        yield _problem(name, field, what, line_of(text, known[0]) if known else None)
    first = text.count("\n") + 1 - body.count("\n")
    for number, line in enumerate(body.split("\n"), first):
        if what := hidden_in(line.replace("\t", " ")):
            yield _problem(name, "", what, number)


def _strings(values: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """The fields whose text, or whose name, holds such a character, and the character."""
    if isinstance(values, str):
        if what := hidden_in(values):
            yield field, what
    elif isinstance(values, dict):
        for key, value in values.items():
            if what := hidden_in(str(key)):
                yield field, what
            yield from _strings(value, f"{field}.{key}" if field else str(key))
    elif isinstance(values, list | tuple):
        for nth, value in enumerate(values):
            yield from _strings(value, f"{field}[{nth}]")


def _problem(file: str, field: str, what: str, line: int | None) -> Problem:
    message = f"it holds the character {what}, which nobody sees and a terminal obeys; delete it."
    return Problem(file, message, line, field)
