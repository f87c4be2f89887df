"""Names as people give them: what may be typed, and how a surname becomes a form of address."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import assert_never

from rich.cells import cell_len

from kiosk.languages.language import Language
from kiosk.languages.pinyin import traditional

LONGEST = 40
"""Characters of a name: room for the longest on a passport's line (39, ICAO 9303)."""

_JOINERS = "\u200c\u200d"
"""Needed inside Persian names and emoji; every other invisible character is dropped."""
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters by their category that show nothing: the fillers of Hangul, and Braille's blank."""


class Title(StrEnum):
    """What may follow a surname, in the order in which it is offered."""

    MR = "mr"
    MS = "ms"
    CHILD = "child"


def clean_name(text: str) -> str:
    """The name without characters that do not show, and with single spaces."""
    text = text.translate(dict.fromkeys(map(ord, _BLANK)))
    shown = (c for c in text if c in _JOINERS or c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(shown).split()).strip(_JOINERS + " ")


def written(surname: str, lang: Language) -> str:
    """A surname in the characters its bearer reads: 張 in Traditional Chinese, else 张."""
    return traditional(surname) if lang.traditional else surname


def addressed(surname: str, title: Title, lang: Language) -> str:
    """A surname with a title as a language writes it: M. Wang, 王女士, 張女士."""
    surname = written(surname, lang)
    match title:
        case Title.MR:
            return lang("Mr {surname}", surname=surname)
        case Title.MS:
            return lang("Ms {surname}", surname=surname)
        case Title.CHILD:
            return lang("Child {surname}", surname=surname)
        case _:
            assert_never(title)


def called_as(surname: str, title: Title, romanised: str = "") -> str:
    """A surname and a title: 王女士, or "Ms Wang 王" for somebody who reads Latin letters."""
    match title:
        case Title.MR:
            chinese, latin = "先生", "Mr"
        case Title.MS:
            chinese, latin = "女士", "Ms"
        case Title.CHILD:
            chinese, latin = "小朋友", "Child"
        case _:
            assert_never(title)
    return f"{latin} {romanised} {surname}" if romanised else f"{surname}{chinese}"


def spoken_by(name: str, tags: Sequence[str]) -> str:
    """What somebody is called in of whom a name is known: English where it is in Latin letters."""
    latin = bool(name) and cell_len(name) == len(name)
    return "en" if latin and "en" in tags else tags[0]
