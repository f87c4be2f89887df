"""What can be measured in a text of content/: length, reading level, odd characters."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyphen import Pyphen

HARDEST_GRADE = 9.0
"""School years that an English text may ask for at most."""
ARTICLE_WORDS = (350, 900)
ARTICLE_CHARACTERS = (600, 1500)
"""The same length in Chinese: an English word is between 1.6 and 1.7 characters in translation."""
DRAWING = "```"
DRAWING_CELLS = 68

_WORD = re.compile(r"[A-Za-z0-9]+(?:['-][A-Za-z0-9]+)*")
_MARKUP = re.compile(r"\*\*|__|\]\(|</?\w|`|^#(?!# \S)|^\* |^> |^\||^\d+[.)] |^-\S")
_INSTEAD = {"“": "「", "”": "」", "‘": "『", "’": "』", "—": "，", "…": "。", "·": "、"}


class Line(NamedTuple):
    """A line of a body: its number in the file, and its text."""

    number: int
    text: str


class Body(NamedTuple):
    """A body taken apart: what is read as prose, and what is drawn."""

    prose: list[Line]
    drawn: list[Line]
    open_drawing: int | None
    """The line where a drawing begins that never ends."""


def take_apart(lines: Iterable[Line]) -> Body:
    """Prose and drawings, which stand between lines of three backticks."""
    body, opened = Body([], [], None), None
    for line in lines:
        if line.text.strip() == DRAWING:
            opened = None if opened else line.number
        elif line.text.strip():
            (body.drawn if opened else body.prose).append(line)
    return body._replace(open_drawing=opened)


def characters(prose: Iterable[Line]) -> int:
    """How many Chinese characters and wide punctuation marks a body has."""
    return sum(char >= "\u2e80" for line in prose for char in line.text)


def words(prose: Iterable[Line]) -> int:
    """How many English words a body has."""
    return sum(len(_WORD.findall(line.text)) for line in prose)


def sentences(prose: Iterable[Line]) -> Iterator[Line]:
    """The sentences of a body; headings are none, an item of a list is at least one."""
    for line in prose:
        if not line.text.startswith("#"):
            for part in re.split(r"(?<=[.!?:])[\"')]*\s+", line.text.removeprefix("- ")):
                if _WORD.search(part):
                    yield Line(line.number, part)


def grade(prose: Iterable[Line]) -> float:
    """The Flesch-Kincaid grade of an English body: years of American school; 0 for no words.

    J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of New Readability
    Formulas for Navy Enlisted Personnel. Research Branch Report 8-75, Naval Technical Training,
    Millington 1975. Syllables are counted as places where a word can be hyphenated, and one.
    """
    found = [_WORD.findall(sentence.text) for sentence in sentences(prose)]
    count = sum(map(len, found))
    if not count:
        return 0.0
    syllables = sum(_syllables(word.lower()) for sentence in found for word in sentence)
    return 0.39 * count / len(found) + 11.8 * syllables / count - 15.59


@cache
def _syllables(word: str) -> int:
    return sum(len(_hyphenation().positions(part)) + 1 for part in word.split("-"))


@cache
def _hyphenation() -> "Pyphen":
    from pyphen import Pyphen

    return Pyphen(lang="en_US")


def odd_characters(text: str) -> str:
    """The characters that terminals draw one or two cells wide, as they please (UAX #11)."""
    return "".join(dict.fromkeys(c for c in text if unicodedata.east_asian_width(c) == "A"))


def instead_of(odd: str) -> str:
    """What to write instead of odd characters, as the end of a sentence."""
    known = [f"{_INSTEAD[char]} for {char}" for char in odd if char in _INSTEAD]
    return f"write {', '.join(known)}" if known else "write it in words"


def cells(text: str) -> int:
    """How many cells a terminal needs for a text."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def markup(line: str) -> str:
    """What in a line of prose would be shown as it is: bold, links, HTML, numbered lists."""
    found = _MARKUP.search(line)
    return found[0].strip() if found else ""
