"""Text of spoken calls, as each of espeak-ng's voices can read it; pure."""

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from kiosk.languages.language import SOURCE, Language, language, mark
from kiosk.languages.room_names import is_numbered

CHINESE_READS_CHARACTERS_FROM = (1, 52)
"""Up to 1.51, espeak-ng's `cmn` reads the numbers of tones aloud, in English; pinyin it reads."""

MANDARIN = "zh-Hans"

WORDS_A_MINUTE = 140
"""A little slower than people talk: a waiting room is not quiet."""
MANDARIN_WORDS_A_MINUTE = 165
"""Slower, its syllables are drawn out: of 16 digits in four calls a speech recogniser understood 10
at 140, and 14 at 165."""

_DIGITS = "零一二三四五六七八九"
_PINYIN = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")
_TEN = "shi2"


# Not "Ticket A", which is heard as one word. Japanese is in kana, particles as they are said: of
# any other character its voice says, in English, that it is a Chinese letter.
_LOOK = mark("Ticket number {ticket}, please look at the screen.")
_NUMBERED = mark("Ticket number {ticket}, room {room}.")
_NAMED = mark("Ticket number {ticket}, please go to {room}.")
# Several calls at once: one sentence, in which each of them has its clause.
_LIST = mark("Ticket numbers {calls}.")
_LOOK_TOO = mark("{ticket}, please look at the screen")
_NUMBERED_TOO = mark("{ticket}, room {room}")
_NAMED_TOO = mark("{ticket}, please go to {room}")
_ALL = (_LOOK, _NUMBERED, _NAMED, _LIST, _LOOK_TOO, _NUMBERED_TOO, _NAMED_TOO)
_BETWEEN = {"zh": "；", "ja": "、", "ko": ", "}
"""What stands between two calls of a sentence, by language; elsewhere a semicolon."""
_SCRIPTS = {"zh": ("CJK",), "ja": ("HIRAGANA", "KATAKANA"), "ko": ("HANGUL",)}
"""What the voice of a language reads besides Latin letters, as Unicode names begin."""


class Call(msgspec.Struct, frozen=True):
    """A ticket, and the room it is called to: its number or its name."""

    ticket: str
    room: str


SAMPLE = Call("A012", "2")
"""What is called to try a voice; nobody is told to go anywhere by it."""


class Phrase(msgspec.Struct, frozen=True):
    """What is said, and the voice of espeak-ng that can say it, at so many words a minute."""

    text: str
    voice: str
    speed: int = WORDS_A_MINUTE


def phrase(calls: Sequence[Call], lang: Language, version: tuple[int, int]) -> Phrase:
    """The sentence that calls one ticket, or several, digits of a ticket one by one.

    `version` is that of espeak-ng.
    """
    lang = spoken(lang)
    if lang.chinese and version < CHINESE_READS_CHARACTERS_FROM:
        said = "; ".join(_pinyin(call.ticket, call.room) for call in calls)
        return Phrase(said, "cmn-latn-pinyin", MANDARIN_WORDS_A_MINUTE)
    if len(calls) == 1:
        text = _clause(calls[0], lang, _LOOK, _NUMBERED, _NAMED)
    else:
        clauses = [_clause(call, lang, _LOOK_TOO, _NUMBERED_TOO, _NAMED_TOO) for call in calls]
        text = lang(_LIST).format(calls=_BETWEEN.get(_family(lang), "; ").join(clauses))
    if lang.chinese:
        return Phrase(text, "cmn", MANDARIN_WORDS_A_MINUTE)
    return Phrase(text, lang.tag)


def spoken(lang: Language) -> Language:
    """The language that calls of a language are said in: what has no words of its own is English.

    Chinese of any script is Mandarin.
    """
    if lang.chinese:
        lang = language(MANDARIN)
    return lang if all(map(lang.has, _ALL)) else language(SOURCE)


def _clause(call: Call, lang: Language, look: str, numbered: str, named: str) -> str:
    """One call in the words for a room with a number, with a name, or that cannot be read."""
    if not _can_read(call.room, lang):
        sentence, place = lang(look), ""
    else:
        sentence, place = lang(numbered if is_numbered(call.room) else named), call.room
    return sentence.format(ticket=_spelled(call.ticket, lang), room=place)


def _family(lang: Language) -> str:
    return lang.tag.partition("-")[0]


def version_of(text: str) -> tuple[int, int]:
    """The version in what `espeak-ng --version` prints; (0, 0) where there is none."""
    found = re.search(r"\b(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _can_read(room: str, lang: Language) -> bool:
    """Whether there is a name of a room, and the voice of a language can read it."""
    scripts = ("LATIN", *_SCRIPTS.get(_family(lang), ()))
    letters = filter(str.isalpha, unicodedata.normalize("NFKC", room))
    return bool(room) and all(unicodedata.name(one, "").startswith(scripts) for one in letters)


def _spelled(ticket: str, lang: Language) -> str:
    letters, digits = _parts(ticket)
    if lang.chinese:
        return " ".join([*letters, *(_DIGITS[int(digit)] for digit in digits)])
    # The comma makes "A" a letter's name; without it, English reads the article.
    return ", ".join(filter(None, [" ".join(letters), " ".join(digits)]))


def _pinyin(ticket: str, room: str) -> str:
    letters, digits = _parts(ticket)
    number = " ".join([*letters, *(_PINYIN[int(digit)] for digit in digits)])
    if re.fullmatch(r"[1-9]\d?", room, re.ASCII):
        place = f"qing3 dao4 {_pinyin_number(int(room))} hao4 zhen3 shi4"
    elif re.fullmatch(r"[A-Za-z]?\d+[A-Za-z]?|[A-Za-z]", room, re.ASCII):
        signs = [_PINYIN[int(sign)] if sign.isdecimal() else sign.upper() for sign in room]
        place = f"qing3 dao4 {' '.join(signs)} hao4 zhen3 shi4"
    else:
        # A name in characters, which this voice cannot read, or none.
        place = "qing3 kan4 ping2 mu4"
    return f"{number} hao4, {place}"


def _pinyin_number(n: int) -> str:
    """A number from 1 to 99: twelve is ten-two, twenty is two-ten."""
    tens, ones = divmod(n, 10)
    words = [_PINYIN[tens]] if tens > 1 else []
    words += [_TEN] if tens else []
    words += [_PINYIN[ones]] if ones else []
    return " ".join(words)


def _parts(ticket: str) -> tuple[str, str]:
    return (
        "".join(sign for sign in ticket if sign.isascii() and sign.isalpha()),
        "".join(sign for sign in ticket if sign.isascii() and sign.isdecimal()),
    )
