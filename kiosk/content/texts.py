"""content/ read from its folder and validated as far as the kiosk needs to run.

A text that is wrong is left out and reported as a Problem, so that one bad file never keeps
the kiosk from starting. Only a clinic.toml or a location that cannot be used raises. What else
can be found wrong is looked for by check.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
import tomli

from kiosk.content.clinic import Article, Clinic, ContentError, Problem, Service, Texts
from kiosk.content.clinic_file import read_clinic
from kiosk.content.fields import (
    FENCE,
    NOT_UTF8,
    SLUG,
    ArticleFront,
    ClinicFile,
    Front,
    ServiceFront,
    convert,
    line_of,
    sentence,
    toml_fault,
)
from kiosk.content.holidays_file import read_holidays
from kiosk.settings import did_you_mean


def load_clinic(folder: Path) -> Clinic:
    """Read and validate a content folder.

    Raises ContentError when clinic.toml or one of its locations cannot be used. Whatever else is
    wrong is in `Clinic.problems`, and the text concerned is left out.
    """
    file, locations, problems = read_clinic(folder)
    holidays = read_holidays(folder, problems)
    groups = {group.slug for group in file.groups}
    topics = {topic.slug for topic in file.topics}
    every = _Languages(file.languages, file.languages)
    written = _Languages(file.languages, file.article_languages)
    services = _read(folder / "services", Service, ServiceFront, every, ("group", groups), problems)
    articles = _read(
        folder / "articles", Article, ArticleFront, written, ("topic", topics), problems
    )
    return Clinic(
        **{
            field: getattr(file, field)
            for field in ClinicFile.__struct_fields__
            if field != "locations"
        },
        locations=locations,
        holidays=holidays,
        services=tuple(_related(folder, services, "articles", articles, problems)),
        articles=tuple(_related(folder, articles, "services", services, problems)),
        problems=tuple(problems),
    )


class _Languages(NamedTuple):
    """Language tags that texts of a kind may have, and those they should have."""

    allowed: tuple[str, ...]
    wanted: tuple[str, ...]


class Stamp(NamedTuple):
    """A file of content/ as it is on disk; `saved_at` in seconds since 1970."""

    path: str
    saved_at: float
    size: int
    inode: int


def stamp(folder: Path) -> list[Stamp]:
    """What differs after any file of content/ has been saved, added or removed."""
    stamps = []
    for place in (folder, *(folder / name for name in ("locations", "services", "articles"))):
        with suppress(OSError):  # a file may go while it is looked at
            for path in place.iterdir():
                stat = path.stat()
                stamps.append(Stamp(str(path), stat.st_mtime, stat.st_size, stat.st_ino))
    return sorted(stamps)


F = TypeVar("F", bound=Front)
S = TypeVar("S", Service, Article)
LEFT_OUT = "left out: "


def read_text(path: Path, kind: type[F]) -> tuple[F, str]:
    """The front matter and the body of one text; raises ContentError with all that is wrong."""
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
        raw, body = split_front_matter(text)
    except OSError as error:
        why = f"{LEFT_OUT}it cannot be read: {error.strerror}."
        raise ContentError(Problem(name, why)) from None
    except UnicodeDecodeError:
        raise ContentError(Problem(name, f"{LEFT_OUT}{NOT_UTF8}.")) from None
    except ContentError as error:
        (found,) = error.problems
        raise ContentError(Problem(name, f"{LEFT_OUT}{found.message}.", found.line)) from None
    front = convert(raw, kind, name, text, LEFT_OUT)
    if not body.strip():
        line = len(text.splitlines())
        why = f"{LEFT_OUT}it has no text below the front matter; write some there."
        raise ContentError(Problem(name, why, line))
    return front, body.strip()


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The TOML between the two `+++` lines, and the body below; raises ContentError."""
    lines = text.lstrip("\ufeff").splitlines()
    fences = [number for number, line in enumerate(lines) if line.strip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        raise ContentError(
            Problem("", f"it does not begin with front matter between two lines {FENCE}", 1)
        )
    front = "\n".join(lines[1 : fences[1]])
    try:
        return tomli.loads(front), "\n".join(lines[fences[1] + 1 :])
    except tomli.TOMLDecodeError as error:
        line, fault = toml_fault(error, front, before=1)
        raise ContentError(Problem("", fault, line)) from None


def _texts(
    folder: Path, languages: _Languages, kind: type[F], problems: list[Problem]
) -> Iterable[tuple[str, dict[str, tuple[F, str]]]]:
    """Each slug of a folder with its front matter and body by language, clinic's order first."""
    found: dict[str, dict[str, tuple[F, str]]] = {}
    here: set[str] = set()
    for path in sorted(folder.glob("*.md")):
        slug, _, tag = path.name.removesuffix(".md").partition(".")
        if not SLUG.fullmatch(slug) or tag not in languages.allowed:
            message = "left out: name it <slug>.<language>.md, with a language of the clinic"
            message += (
                f" ({', '.join(languages.allowed)}) and a slug of small letters, digits and -."
            )
            problems.append(Problem(f"{folder.name}/{path.name}", message))
            continue
        here.add(path.name)
        try:
            found.setdefault(slug, {})[tag] = read_text(path, kind)
        except ContentError as error:
            problems += error.problems
    for slug, texts in found.items():
        if not texts:
            continue
        for tag in languages.wanted:
            if (name := f"{slug}.{tag}.md") not in here:
                message = f"there is no translation; write this file, as {slug} has others."
                problems.append(Problem(f"{folder.name}/{name}", message, warning=True))
        yield slug, {tag: texts[tag] for tag in languages.allowed if tag in texts}


def _shared(
    folder: Path, slug: str, texts: Mapping[str, tuple[F, str]], problems: list[Problem]
) -> tuple[F, dict[str, Texts]]:
    """The front matter all translations must agree on, and the parts that differ by language."""
    fronts = {tag: front for tag, (front, _) in texts.items()}
    first_tag, first = next(iter(fronts.items()))
    for tag, front in fronts.items():
        for field in type(first).__struct_fields__:
            if field not in ("title", "summary") and getattr(front, field) != getattr(first, field):
                message = f"{field} differs from {slug}.{first_tag}.md, which is used; make it so."
                problems.append(_in_text(folder, f"{slug}.{tag}", field, message))
    return first, {
        "title": {tag: front.title for tag, front in fronts.items()},
        "summary": {tag: front.summary for tag, front in fronts.items()},
        "body": {tag: body for tag, (_, body) in texts.items()},
    }


def _read(
    folder: Path,
    kind: type[S],
    front_kind: type[F],
    languages: _Languages,
    heading: tuple[str, set[str]],
    problems: list[Problem],
) -> list[S]:
    """The services or articles of a folder, in order; `heading` is a field and what it may say."""
    field, allowed = heading
    made = []
    for slug, texts in _texts(folder, languages, front_kind, problems):
        front, parts = _shared(folder, slug, texts, problems)
        fields = {name: getattr(front, name) for name in front.__struct_fields__}
        if (value := fields[field]) in allowed:
            made.append(kind(slug=slug, **fields | parts))
        else:
            message = f"left out: no {field} is called {value!r}{did_you_mean(value, allowed)}"
            name = f"{slug}.{next(iter(texts))}"
            problems.append(_in_text(folder, name, field, sentence(message)))
    return sorted(made, key=lambda text: (text.order, text.slug))


def _related(
    folder: Path,
    texts: list[S],
    field: str,
    others: Iterable[Service | Article],
    problems: list[Problem],
) -> Iterator[S]:
    """The texts without the relations that lead nowhere, which are reported."""
    known = {other.slug for other in others}
    for text in texts:
        slugs: tuple[str, ...] = getattr(text, field)
        for slug in slugs:
            if slug not in known:
                kind = field.removesuffix("s")
                message = f"no {kind} is called {slug!r}{did_you_mean(slug, known)}"
                place = folder / ("articles" if field == "services" else "services")
                name = f"{text.slug}.{next(iter(text.title))}"
                problems.append(_in_text(place, name, field, sentence(message)))
        kept = tuple(slug for slug in slugs if slug in known)
        yield msgspec.structs.replace(text, **{field: kept}) if kept != slugs else text


def _in_text(folder: Path, name: str, field: str, message: str) -> Problem:
    """A problem with a field of a text that has been read; its line is looked for again."""
    text = (folder / f"{name}.md").read_text(encoding="utf-8")
    return Problem(f"{folder.name}/{name}.md", message, line_of(text, field), field)
