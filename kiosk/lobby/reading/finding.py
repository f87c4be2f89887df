"""Finding texts by what people type: words, Chinese, pinyin and its initials. Pure rules."""

import re

import msgspec

from kiosk.content.clinic import Clinic, Service
from kiosk.languages.pinyin import fold, matches
from kiosk.lobby.reading.reading_order import Text, articles, services

_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W_]+")
SHORTEST_IN_BODY = {True: 2, False: 3}
"""Characters of Chinese, and letters of a word, that are looked for in what a text says."""


class Entry(msgspec.Struct, frozen=True):
    """One text as it is searched: in all its languages, whatever the reader's is."""

    text: Text
    titles: tuple[str, ...]
    shelf: tuple[str, ...]
    """What it stands under, and the line beneath its title."""
    chinese: str
    words: tuple[str, ...]


_indexed: tuple[Clinic, list[Entry]] | None = None
"""The last clinic that was indexed: it takes longer than a key may wait."""


def index(clinic: Clinic) -> list[Entry]:
    """Everything there is to find: services first, as people name a treatment most often."""
    global _indexed
    if _indexed is None or _indexed[0] is not clinic:
        texts: list[Text] = [*services(clinic), *articles(clinic)]
        _indexed = clinic, [_entry(text, clinic) for text in texts]
    return _indexed[1]


def _entry(text: Text, clinic: Clinic) -> Entry:
    places = clinic.groups if isinstance(text, Service) else clinic.topics
    place = text.group if isinstance(text, Service) else text.topic
    heading = next((p.title for p in places if p.slug == place), {})
    bodies = [fold(body) for body in text.body.values()]
    return Entry(
        text,
        tuple(fold(title) for title in text.title.values()),
        tuple(fold(line) for line in (*text.summary.values(), *heading.values())),
        "\n".join(body for body in bodies if _CHINESE.search(body)),
        tuple({word for body in bodies for word in _WORD.findall(body) if word.isascii()}),
    )


def find(entries: list[Entry], typed: str) -> list[Text]:
    """The texts that what was typed may mean, the likeliest first; none for nothing typed."""
    wanted = fold(typed).strip()
    if not _WORD.search(wanted):
        return []
    ranked = [(rank, entry.text) for entry in entries if (rank := _rank(entry, wanted)) is not None]
    return [text for _, text in sorted(ranked, key=lambda found: found[0])]


def _rank(entry: Entry, wanted: str) -> int | None:
    """0 where a title begins so, up to 3 where the text only speaks of it; None where it is not."""
    if any(_matches(title, wanted, begins=True) for title in entry.titles):
        return 0
    if any(_matches(title, wanted) for title in entry.titles):
        return 1
    words = _WORD.findall(wanted)
    if all(any(_says(line, word) for line in (*entry.titles, *entry.shelf)) for word in words):
        return 2
    if all(_speaks_of(entry, word) for word in words):
        return 3
    return None


def _matches(title: str, wanted: str, *, begins: bool = False) -> bool:
    if _CHINESE.search(title):
        return matches(title, wanted, begins=begins)
    if begins:
        return title.startswith(wanted)
    return all(_says(title, word) for word in _WORD.findall(wanted))


def _says(line: str, word: str) -> bool:
    """Whether a line has the word, or a word that begins so; Chinese has no words to begin."""
    if _CHINESE.search(word):
        return word in line
    return any(known.startswith(word) for known in _WORD.findall(line))


def _speaks_of(entry: Entry, word: str) -> bool:
    chinese = bool(_CHINESE.search(word))
    if len(word) < SHORTEST_IN_BODY[chinese]:
        return any(_says(line, word) for line in (*entry.titles, *entry.shelf))
    if chinese:
        return word in entry.chinese
    return any(known.startswith(word) for known in entry.words)
