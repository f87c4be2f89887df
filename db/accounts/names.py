"""The names of staff accounts: what one may be, when two are the same, and when they look it."""

import unicodedata

LONGEST = 40
INVISIBLE = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u034f", "\u17b4", "\u17b5"}
INVISIBLE |= {chr(selector) for selector in range(0xFE00, 0xFE10)}
"""Characters that count as printable and show nothing."""
_VARIANTS = {chr(one) for one in (*range(0x180B, 0x1810), *range(0xE0100, 0xE01F0))}
"""More of them: in no new name, though an account of before may have one."""
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
_MORE = {"o": "ø0", "l": "ł1|", "d": "đ", "b": "β", "z": "ζ", "'": "’‘ʼ`´′", "-": "‐‑‒–—−"}
_MORE |= {
    "一": "ー",
    "力": "カ",
    "二": "ニ",
    "口": "ロ",
    "工": "エ",
    "八": "ハ",
    "夕": "タ",
    "卜": "ト",
}
_ALIKE = {
    ord(other): letter
    for rows in (_LETTERS, _MORE)
    for letter, others in rows.items()
    for other in others
}
_CAPITALS = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧØŁ", "ABEKMHOPCTYXIJSABEZHIKMNOPTYXOL")
_STROKES = str.maketrans(dict.fromkeys("I1|ІΙӀ", "l") | {"0": "O", "О": "O", "Ο": "O"})
"""Capitals and digits that look like a small l or an O."""


def key(name: str) -> str:
    """What two ways of writing one name have in common: width, case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def alike(one: str, other: str) -> bool:
    """Whether people would take one name for the other, though its letters are others.

    Accents do not count: who looks for a name in a list does not look at them.
    """
    return any(look(one) == look(other) for look in (_in_small, _in_capitals, _as_written))


def _in_small(name: str) -> str:
    return _plain(key(name)).translate(_ALIKE)


def _in_capitals(name: str) -> str:
    return _plain(name).upper().translate(_CAPITALS)


def _as_written(name: str) -> str:
    return _plain(name).translate(_STROKES).translate(_CAPITALS)


def _plain(name: str) -> str:
    """A name without width and accents; what stands over a letter of Japanese is no accent."""
    apart = unicodedata.normalize("NFKD", name)
    return unicodedata.normalize("NFC", apart.translate(dict.fromkeys(range(0x300, 0x370))))


def checked(name: str) -> str:
    """Give a name as it is kept; raises ValueError with a sentence."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not can_be_shown(name) or _VARIANTS & set(name):
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
