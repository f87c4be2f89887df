"""One text of content/ as it stands on disk now: what the reader shows, and what is wrong."""

from datetime import date
from pathlib import Path

import msgspec

from kiosk.content.check import check
from kiosk.content.clinic import Article, Clinic, ContentError, Problem, Service

KINDS = ("services", "articles")


class TextFile(msgspec.Struct, frozen=True):
    """A file of content/ that holds a text in one language."""

    folder: Path
    """The content folder."""
    kind: str
    """The folder in it: "services" or "articles"."""
    slug: str
    tag: str

    @property
    def name(self) -> str:
        """The file's name as `check` gives it."""
        return f"{self.kind}/{self.slug}.{self.tag}.md"


class Preview(msgspec.Struct, frozen=True):
    """A text, None while it cannot be shown; the clinic, if it can be read; what is wrong."""

    text: Article | Service | None
    clinic: Clinic | None
    problems: tuple[Problem, ...]


def text_file(path: Path) -> TextFile:
    """The text that a path names; raises ContentError for a path that names none."""
    path = path.absolute()
    slug, _, tag = path.name.removesuffix(".md").partition(".")
    if path.parent.name not in KINDS or not tag or path.suffix != ".md":
        sentence = "is no text to preview; name one such as content/articles/sleep.en.md."
        raise ContentError(f"{path.name} {sentence}")
    if not path.is_file():
        raise ContentError(f"There is no file {path.name} in {path.parent.name}/.")
    return TextFile(path.parent.parent, path.parent.name, slug, tag)


def read(file: TextFile, today: date) -> Preview:
    """The text as it is on disk now, with what `check` says of this file, or of clinic.toml."""
    clinic, found = check(file.folder, today)
    if clinic is None:
        return Preview(None, None, tuple(found))
    problems = tuple(problem for problem in found if problem.file == file.name)
    text = clinic.service(file.slug) if file.kind == "services" else clinic.article(file.slug)
    return Preview(text if text and file.tag in text.title else None, clinic, problems)
