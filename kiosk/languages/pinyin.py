"""Pinyin of single characters: what a character sounds like, and what a sound is written with."""

import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "pinyin.txt"

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
    "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
"""The hundred commonest surnames of China, commonest first: Ministry of Public Security, national
survey of surnames, 2007."""

_SIMPLE = "张刘陈杨黄赵吴孙马罗郑谢许韩冯邓肖蒋叶苏吕卢钟谭陆贾韦邹闫龙贺顾龚万钱严汤"
_TRADITIONAL = "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂盧鍾譚陸賈韋鄒閆龍賀顧龔萬錢嚴湯"
_IN_TRADITIONAL = str.maketrans(_SIMPLE, _TRADITIONAL)
_MARKED = str.maketrans(dict.fromkeys("üǖǘǚǜ", "v"))


@cache
def _sounds() -> dict[str, str]:
    """Characters by syllable, commonest first; read when first asked for."""
    lines = (line.partition(" ") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {syllable: chars for syllable, _, chars in lines}


@cache
def _characters() -> dict[str, tuple[str, ...]]:
    """Syllables by character, the one first among whose characters it stands highest."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for syllable, chars in _sounds().items():
        for rank, char in enumerate(chars):
            found[char].append((rank, syllable))
    return {char: tuple(s for _, s in sorted(sounds)) for char, sounds in found.items()}


def fold(text: str) -> str:
    """Text as it is compared: small letters, half width, no accents, and v for ü."""
    if text.isascii():
        return text.lower()
    small = unicodedata.normalize("NFKC", text).casefold().translate(_MARKED)
    return "".join(
        char for char in unicodedata.normalize("NFKD", small) if not unicodedata.combining(char)
    )


def bare(text: str) -> str:
    """Text as it is typed where a keyboard has no accents: muller for Müller."""
    small = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in small if not unicodedata.combining(char))


def traditional(surnames: str) -> str:
    """The SURNAMES in a text as they are written in traditional characters: 張 for 张."""
    return surnames.translate(_IN_TRADITIONAL)


def readings(char: str) -> tuple[str, ...]:
    """The syllables a character is read as, without tones and with v for ü; () for no Chinese."""
    return _characters().get(char, ())


def candidates(syllable: str, first: str = "") -> str:
    """The characters a syllable may be, commonest first; "" for what is none.

    Those in `first` (for a name: SURNAMES) stand before the others, in the order they have there.
    """
    chars = _sounds().get(fold(syllable), "")
    ahead = "".join(char for char in first if char in chars)
    return ahead + "".join(char for char in chars if char not in ahead)


def matches(text: str, typed: str, *, begins: bool = False) -> bool:
    """Whether `typed` finds a Chinese text: by its characters, pinyin, initials, or a mix of them.

    What is typed may begin at any character (with `begins`: at the first one only) and leave off
    in the middle of a syllable: z, zhj, zhenj, zhenjiu and 针j all find 针灸. Apostrophes and
    spaces may part syllables.
    """
    wanted = "".join(char for char in fold(typed) if char.isalnum() or char in " '").lstrip(" '")
    # Punctuation is passed over, and so are the spaces between Chinese names.
    chars = [char for char in fold(text) if char.isalnum()]
    begun = range(min(1, len(chars)) if begins else len(chars))
    places = [place for place in begun if wanted[:1] in _beginnings(chars[place])]
    return bool(wanted) and any(_follows(chars[place:], wanted) for place in places)


def _follows(chars: list[str], typed: str) -> bool:
    typed = typed.lstrip(" '")
    if not typed:
        return True
    if not chars:
        return False
    return any(_follows(chars[1:], typed[taken:]) for taken in _taken(chars[0], typed))


def _taken(char: str, typed: str) -> set[int]:
    """How many letters of `typed` may stand for `char`."""
    if typed.startswith(char):
        return {1}
    taken = set()
    for syllable in _spellings(char):
        if syllable.startswith(typed):
            taken.add(len(typed))
        for part in (syllable, syllable[:1], syllable[:2] if syllable[1:2] == "h" else ""):
            if part and typed.startswith(part):
                taken.add(len(part))
    return taken


@cache
def _beginnings(char: str) -> frozenset[str]:
    """What a character begins with: itself, and the first letters of its spellings."""
    return frozenset({char, *(syllable[0] for syllable in _spellings(char))})


@cache
def _spellings(char: str) -> tuple[str, ...]:
    """The readings, and for ü what passports and people without the letter write."""
    known = readings(char)
    umlauts = [syllable for syllable in known if "v" in syllable]
    others = [syllable.replace("v", u) for syllable in umlauts for u in ("u", "yu")]
    return (*known, *others)
