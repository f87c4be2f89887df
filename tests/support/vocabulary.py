"""Whether a painted text is in one language: its words are those of the catalogue and content."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from gettext import GNUTranslations

import msgspec
from babel.messages.pofile import read_po

from kiosk.content.clinic import Article, Clinic
from kiosk.content.texts import load_clinic
from kiosk.languages import dates
from kiosk.languages.language import OWN_NAMES, language
from kiosk.settings import CHECKOUT

CLINIC = load_clinic(CHECKOUT / "content")
EVERY_LANGUAGE = tuple(OWN_NAMES)

LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]{2,}")
OTHER = re.compile(r"[^\W\d_A-Za-zÀ-ÖØ-öø-ÿŒœ]+")
"""Words of Latin letters, and runs of any others; a single letter is a key or a ticket."""
CUT = re.compile(r"[^\W\d_]+\.\.(?!\.)")
"""A word of a table that says that it goes on."""
_FIELD = re.compile(r"\{\w*\}")


class Vocabulary:
    """What may stand on the glass: Latin words, and which two other characters may be neighbours.

    Chinese, Japanese and Korean are told by pairs, since lines break within their words.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._pairs: set[str] = set()
        self._first: set[str] = set()
        """What texts begin with."""
        self._last: set[str] = set()
        """What texts end with."""
        self._before: set[str] = set()
        """What stands before something that is filled in."""
        self._after: set[str] = set()
        for text in texts:
            self._learn(text)

    def _learn(self, text: str) -> None:
        parts = _FIELD.split(text)
        for nth, part in enumerate(parts):
            self._words.update(LATIN.findall(part))
            for run in OTHER.findall(part):
                self._pairs.update(_pairs(run))
            if part:
                (self._first if nth == 0 else self._after).add(part[0])
                (self._last if nth == len(parts) - 1 else self._before).add(part[-1])

    def unknown(self, lines: Iterable[str], more: Iterable[str] = ()) -> Iterator[str]:
        """The words and pairs of these lines that are of another language.

        `more` is said on this screen besides.
        """
        words, pairs = set(self._words), set(self._pairs)
        for text in more:
            words.update(LATIN.findall(text))
            pairs |= _pairs(text)
        for line in (CUT.sub("", line) for line in lines):
            yield from (word for word in LATIN.findall(line) if word not in words)
            for run in OTHER.findall(line):
                for pair in _pairs(run):
                    if pair not in pairs and not self._meet(*pair):
                        yield pair

    def _meet(self, one: str, other: str) -> bool:
        """Whether one may end, and the other begin, what is filled into a sentence."""
        return (one in self._before and other in self._first) or (
            one in self._last and other in self._after
        )


def _pairs(run: str) -> set[str]:
    return {run[at : at + 2] for at in range(len(run) - 1)}


@cache
def vocabulary(*tags: str, articles: str = "") -> Vocabulary:
    """What is said in some languages, with the texts of articles in the language `articles`."""
    texts = [*_names(CLINIC)]
    for tag in tags:
        texts += [*_catalogue(tag), *_in(tag, CLINIC), *_days(tag)]
    for article in CLINIC.articles:
        texts += [texts.get(articles, "") for texts in (article.title, article.body)]
    return Vocabulary(texts)


def _catalogue(tag: str) -> Iterator[str]:
    """Every sentence of the program in a language."""
    if tag == "en":
        with (CHECKOUT / "kiosk/languages/locales/kiosk.pot").open("rb") as file:
            for message in read_po(file):
                yield from (message.id,) if isinstance(message.id, str) else message.id
        return
    catalogue = language(tag)._catalogue
    assert isinstance(catalogue, GNUTranslations)
    for ids, text in catalogue._catalog.items():
        if ids:
            yield text


def _days(tag: str) -> Iterator[str]:
    words = dates.words(tag)
    return iter([*words.weekdays, *words.months, words.pattern])


def _in(tag: str, thing: object) -> Iterator[str]:
    """Every text of the content in a language, but those of articles."""
    if isinstance(thing, Article):
        return
    if isinstance(thing, msgspec.Struct):
        for field in thing.__struct_fields__:
            yield from _in(tag, getattr(thing, field))
    elif isinstance(thing, dict):
        yield thing.get(tag, "")
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _in(tag, part)


def _names(clinic: Clinic) -> Iterator[str]:
    """What is the same in every language."""
    yield from (clinic.name, clinic.short_name, clinic.website, clinic.short_url)
    yield from clinic.surnames.keys() | set(clinic.surnames.values())
    yield from (p.name for p in clinic.practitioners)
    yield from (place.email for place in clinic.locations)
    yield from OWN_NAMES.values()
    yield from ("DEMO 演示", "Aa", "Enter", "Esc", "Tab")
    yield "拼音"  # the keyboard's key for it
