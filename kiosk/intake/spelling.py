"""What the letters at the end of a text may become: characters by pinyin, letters with accents."""

import re

import msgspec

from kiosk.languages.pinyin import SURNAMES, candidates, readings

_RUN = re.compile(r"[A-Za-zÜü']+$")
_LONGEST_SYLLABLE = 6
_ACCENTS = {
    "a": "áàâäãåāąæ",
    "c": "çćč",
    "d": "ďđð",
    "e": "éèêëēėęě",
    "g": "ğ",
    "i": "íìîïīı",
    "l": "łľ",
    "n": "ñńň",
    "o": "óòôöõøőœ",
    "r": "ř",
    "s": "šśşß",
    "t": "ťț",
    "u": "úùûüůűū",
    "y": "ýÿ",
    "z": "žźż",
}


class Offer(msgspec.Struct, frozen=True):
    """What may stand for some of the text's last letters."""

    text: str
    start: int
    """Where in the text the letters begin that it stands for."""
    end: int
    """Where they end; what follows them stays."""

    def __repr__(self) -> str:
        """Nothing of a patient stands in a traceback."""
        return "Offer(…)"


def offers(text: str, *, pinyin: bool, surnames: str = SURNAMES) -> tuple[Offer, ...]:
    """What the end of `text` may become, likeliest first. Nothing is remembered between calls.

    With `pinyin` characters for the first syllable of the letters at the end, for a name's first
    character those in `surnames` first; else, and where there is no such syllable, the last
    letter's accents.
    """
    return (_characters(text, surnames) if pinyin else ()) or _accents(text)


def taken(text: str, offer: Offer) -> str:
    """The text with an offer taken."""
    rest = text[offer.end :]
    return text[: offer.start] + offer.text + (rest if not rest.startswith("'") else rest[1:])


def _characters(text: str, surnames: str) -> tuple[Offer, ...]:
    found = _RUN.search(text)
    if not found:
        return ()
    run, start = found[0], found.start()
    surnames = surnames if not start else ""
    for length in range(min(len(run), _LONGEST_SYLLABLE), 0, -1):
        if chars := candidates(run[:length], first=surnames):
            return tuple(Offer(char, start, start + length) for char in chars)
    begun = run.casefold()
    may_be = (char for char in surnames if any(s.startswith(begun) for s in readings(char)))
    return tuple(Offer(char, start, start + len(run)) for char in may_be)


def _accents(text: str) -> tuple[Offer, ...]:
    last, end = text[-1:], len(text)
    letters = _ACCENTS.get(last.lower(), "")
    # ß has no capital of one letter that names are written with.
    shown = letters if last.islower() else "".join(c.upper() for c in letters if c not in "ßı")
    return tuple(Offer(letter, end - 1, end) for letter in shown)
