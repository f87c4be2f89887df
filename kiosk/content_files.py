"""content/ read from its folder and validated.

A text that is wrong is left out and reported as a Problem, so that one bad file never keeps
the kiosk from starting. Only a clinic.toml or a location that cannot be used raises.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from kiosk.content import (
    Article,
    Clinic,
    ContentError,
    Group,
    Location,
    Practitioner,
    Problem,
    Service,
    Texts,
    Topic,
)

T = TypeVar("T")

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Front(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The front matter that services and articles share; times and order as numbers."""

    title: str
    summary: str
    order: int
    verified: bool = False
    source_url: str = ""


class _ServiceFront(_Front, frozen=True, forbid_unknown_fields=True, kw_only=True):
    group: str
    ask_first: bool = True
    articles: tuple[str, ...] = ()


class _ArticleFront(_Front, frozen=True, forbid_unknown_fields=True, kw_only=True):
    topic: str
    health: bool = True
    services: tuple[str, ...] = ()


class _ClinicFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: str
    short_name: str
    website: str
    short_url: str
    booking_url: str
    languages: tuple[str, ...]
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


def load_clinic(folder: Path) -> Clinic:
    """Read and validate a content folder.

    Raises ContentError when clinic.toml or one of its locations cannot be used. Whatever else is
    wrong is in `Clinic.problems`, and the text concerned is left out.
    """
    file = _decode(folder / "clinic.toml", _ClinicFile)
    try:
        ZoneInfo(file.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise ContentError(f"clinic.toml: no time zone is called {file.time_zone!r}.") from None
    if not file.languages or not file.locations:
        raise ContentError("clinic.toml: name at least one language and one location.")
    locations = tuple(
        msgspec.structs.replace(_decode(folder / "locations" / f"{slug}.toml", Location), slug=slug)
        for slug in file.locations
    )
    problems: list[Problem] = []
    groups = {group.slug for group in file.groups}
    topics = {topic.slug for topic in file.topics}
    services = _read(
        folder / "services", Service, _ServiceFront, file.languages, ("group", groups), problems
    )
    articles = _read(
        folder / "articles", Article, _ArticleFront, file.languages, ("topic", topics), problems
    )
    known_services = {service.slug for service in services}
    known_articles = {article.slug for article in articles}
    for service in services:
        _related(f"services/{service.slug}", "article", service.articles, known_articles, problems)
    for article in articles:
        _related(f"articles/{article.slug}", "service", article.services, known_services, problems)
    return Clinic(
        **{
            field: getattr(file, field)
            for field in _ClinicFile.__struct_fields__
            if field != "locations"
        },
        locations=locations,
        services=tuple(services),
        articles=tuple(articles),
        problems=tuple(problems),
    )


def _decode(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind)
    except OSError as error:
        raise ContentError(f"{path.name} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise ContentError(f"{path.name}: {error}.") from None


F = TypeVar("F", bound=_Front)
S = TypeVar("S", Service, Article)


def _texts(
    folder: Path, languages: tuple[str, ...], kind: type[F], problems: list[Problem]
) -> Iterable[tuple[str, dict[str, tuple[F, str]]]]:
    """Each slug of a folder with its front matter and body by language, clinic's order first."""
    found: dict[str, dict[str, tuple[F, str]]] = {}
    for path in sorted(folder.glob("*.md")):
        name = f"{folder.name}/{path.name}"
        slug, _, tag = path.name.removesuffix(".md").partition(".")
        if not _SLUG.fullmatch(slug) or tag not in languages:
            problems.append(
                Problem(name, "name it <slug>.<language>.md, with a language of the clinic.")
            )
            continue
        try:
            front, body = split_front_matter(path.read_text(encoding="utf-8"))
            if not body.strip():
                raise ContentError("it has no text below the front matter")
            found.setdefault(slug, {})[tag] = (msgspec.convert(front, kind), body.strip())
        except (ContentError, ValueError, msgspec.ValidationError, OSError) as error:
            problems.append(Problem(name, f"left out: {error}."))
    for slug, texts in found.items():
        for tag in languages:
            if tag not in texts:
                problems.append(
                    Problem(f"{folder.name}/{slug}.{tag}.md", "there is no translation.")
                )
        yield slug, {tag: texts[tag] for tag in languages if tag in texts}


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The TOML between the two `+++` lines, and the body below; raises ContentError."""
    lines = text.lstrip("\ufeff").splitlines()
    if not lines or lines[0].strip() != "+++" or "+++" not in [line.strip() for line in lines[1:]]:
        raise ContentError("it does not begin with front matter between two lines +++")
    end = next(i for i, line in enumerate(lines) if i and line.strip() == "+++")
    try:
        return tomllib.loads("\n".join(lines[1:end])), "\n".join(lines[end + 1 :])
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"its front matter is not valid TOML ({error})") from None


def _shared(
    folder: str, slug: str, texts: Mapping[str, tuple[F, str]], problems: list[Problem]
) -> tuple[F, dict[str, Texts]]:
    """The front matter all translations must agree on, and the parts that differ by language."""
    fronts = {tag: front for tag, (front, _) in texts.items()}
    first_tag, first = next(iter(fronts.items()))
    for tag, front in fronts.items():
        for field in type(first).__struct_fields__:
            if field not in ("title", "summary") and getattr(front, field) != getattr(first, field):
                message = f"{field} differs from {slug}.{first_tag}.md, which is used."
                problems.append(Problem(f"{folder}/{slug}.{tag}.md", message))
    return first, {
        "title": {tag: front.title for tag, front in fronts.items()},
        "summary": {tag: front.summary for tag, front in fronts.items()},
        "body": {tag: body for tag, (_, body) in texts.items()},
    }


def _read(
    folder: Path,
    kind: type[S],
    front_kind: type[F],
    languages: tuple[str, ...],
    heading: tuple[str, set[str]],
    problems: list[Problem],
) -> list[S]:
    """The services or articles of a folder, in order; `heading` is a field and what it may say."""
    field, allowed = heading
    made = []
    for slug, texts in _texts(folder, languages, front_kind, problems):
        front, parts = _shared(folder.name, slug, texts, problems)
        fields = {name: getattr(front, name) for name in front.__struct_fields__}
        if fields[field] in allowed:
            made.append(kind(slug=slug, **fields | parts))
        else:
            message = f"left out: no {field} is called {fields[field]!r}."
            problems.append(Problem(f"{folder.name}/{slug}", message))
    return sorted(made, key=lambda text: (text.order, text.slug))


def _related(
    file: str, kind: str, slugs: tuple[str, ...], known: set[str], problems: list[Problem]
) -> None:
    for slug in slugs:
        if slug not in known:
            problems.append(Problem(file, f"no {kind} is called {slug!r}."))
