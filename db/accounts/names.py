"""The names of staff accounts: what one may be, when two are the same, and when they look it."""

import unicodedata

LONGEST = 40
INVISIBLE = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u034f", "\u17b4", "\u17b5"}
INVISIBLE |= {chr(selector) for selector in range(0xFE00, 0xFE10)}
"""Characters that count as printable and show nothing."""
ALONE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
"""Scripts whose letters are taken for one another: a name is written in one of them."""

_LETTERS = {
    "i": "ıіɩɪι",
    "a": "аɑα",
    "e": "еε",
    "o": "оοօσ",
    "p": "рρ",
    "c": "сϲ",
    "y": "уγ",
    "x": "хχ",
    "s": "ѕ",
    "h": "һн",
    "n": "ոη",
    "v": "νѵ",
    "d": "ԁ",
    "q": "ԛ",
    "w": "ԝѡω",
    "m": "мμ",
    "t": "тτ",
    "k": "кκ",
    "b": "вβ",
    "u": "υս",
    "j": "ј",
    "l": "ӏ",
}
_ALIKE = {ord(other): letter for letter, others in _LETTERS.items() for other in others}
_STROKES = str.maketrans(dict.fromkeys("I1|ІΙӀ", "l") | {"0": "O", "О": "O", "Ο": "O"})
"""Capitals and digits that look like a small l or an O."""


def key(name: str) -> str:
    """What two ways of writing one name have in common: width, case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def alike(one: str, other: str) -> bool:
    """Whether people would take one name for the other, though its letters are others."""
    return key(one).translate(_ALIKE) == key(other).translate(_ALIKE) or (
        one.translate(_STROKES) == other.translate(_STROKES)
    )


def checked(name: str) -> str:
    """Give a name as it is kept; raises ValueError with a sentence."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not can_be_shown(name):
        raise ValueError("An account's name has 1 to 40 characters that can be shown.")
    if len(_scripts(name)) > 1:
        raise ValueError("An account's name mixes letters of several alphabets that look alike.")
    return name


def can_be_shown(name: str) -> bool:
    """Whether a name is one that a screen can show."""
    return 1 <= len(name) <= LONGEST and name.isprintable() and not INVISIBLE & set(name)


def _scripts(name: str) -> set[str]:
    words = {unicodedata.name(one, "").partition(" ")[0] for one in name if one.isalpha()}
    return words.intersection(ALONE)
