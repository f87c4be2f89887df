"""Languages: every message is translated, and the catalogues are what the sources say."""

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.dates import format_skeleton
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from cldr_writer import written

from kiosk.languages import cldr, dates
from kiosk.languages.language import DOMAIN, LOCALES, OWN_NAMES, SOURCE, language, mark
from kiosk.settings import CHECKOUT

TRANSLATED = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())
CHINESE = [tag for tag in TRANSLATED if language(tag).chinese]
WIDE = [tag for tag in TRANSLATED if language(tag).wide]


@cache
def template() -> Catalog:
    """kiosk.pot: the English messages."""
    with (LOCALES / f"{DOMAIN}.pot").open("rb") as file:
        return read_po(file)


@cache
def catalogue(tag: str) -> Catalog:
    """The messages of a language, as translators see them."""
    with _file(tag, "po").open("rb") as file:
        return read_po(file, locale=tag.replace("-", "_"))


def _file(tag: str, kind: str) -> Path:
    return LOCALES / tag / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


def key(message: Message) -> str | tuple[str, ...]:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def messages(catalog: Catalog) -> dict[str | tuple[str, ...], Message]:
    return {key(message): message for message in catalog if message.id}


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each kind of number."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_template_holds_exactly_the_messages_of_the_sources() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    keywords = parse_keywords(re.findall(r" -k (\S+)", makefile))
    extracted = extract_from_dir(
        CHECKOUT / "kiosk", method_map=[("**.py", "python")], keywords=keywords
    )
    in_sources = {message for _file, _line, message, _comments, _context in extracted}
    in_template = set(messages(template()))
    assert in_sources - in_template == set(), "run `make translations`"
    assert in_template - in_sources == set(), "run `make translations`"


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_catalogue_holds_exactly_the_messages_of_the_template(tag: str) -> None:
    assert set(messages(catalogue(tag))) == set(messages(template()))


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_message_is_translated(tag: str) -> None:
    missing = [key(m) for m in messages(catalogue(tag)).values() if m.fuzzy or not all(forms(m))]
    assert missing == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_translation_has_the_same_placeholders(tag: str) -> None:
    for ids, message in messages(catalogue(tag)).items():
        # A singular may leave the number out; no language needs more than the plural has.
        wanted = placeholders(ids if isinstance(ids, str) else ids[-1])
        assert {frozenset(placeholders(form)) for form in forms(message)} == {frozenset(wanted)}, (
            ids
        )


@pytest.mark.parametrize("tag", WIDE)
def test_wide_scripts_have_no_characters_terminals_measure_differently(tag: str) -> None:
    assert unicodedata.east_asian_width("…") == unicodedata.east_asian_width("“") == "A"
    odd = {
        form: char
        for message in messages(catalogue(tag)).values()
        for form in forms(message)
        for char in form
        if unicodedata.east_asian_width(char) == "A"
    }
    assert odd == {}


@pytest.mark.parametrize("tag", CHINESE)
def test_chinese_is_punctuated_in_chinese(tag: str) -> None:
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]|[\u4e00-\u9fff]\.$")
    odd = [
        form
        for message in messages(catalogue(tag)).values()
        for form in forms(message)
        if half_width.search(form)
    ]
    assert odd == []


# Characters that a script does not have, such as 签 in traditional Chinese, are in no code of it.
CODES = {"zh-Hans": "gb2312", "zh-Hant": "big5", "ja": "shift_jis_2004", "ko": "euc_kr"}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_catalogue_is_written_in_the_characters_of_its_language(tag: str) -> None:
    odd = {
        form: char
        for message in messages(catalogue(tag)).values()
        for form in forms(message)
        for char in form
        if char.isalpha() and not _can_be_written(char, CODES.get(tag, "cp1252"))
    }
    assert odd == {}


def _can_be_written(char: str, code: str) -> bool:
    try:
        return bool(char.encode(code))
    except UnicodeEncodeError:
        return False


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_compiled_catalogue_is_compiled_from_this_one(tag: str) -> None:
    with _file(tag, "mo").open("rb") as file:
        compiled = messages(read_mo(file))
    written = messages(catalogue(tag))
    assert {ids: forms(m) for ids, m in compiled.items()} == {
        ids: forms(m) for ids, m in written.items()
    }


@pytest.mark.parametrize("tag", [SOURCE, *TRANSLATED])
def test_a_language_is_offered_by_its_own_name(tag: str) -> None:
    assert language(tag).own_name == OWN_NAMES[tag]


# What a Language does


def test_a_message_is_translated_and_filled_in() -> None:
    assert language("en")("Step {n} of {of}", n=2, of=5) == "Step 2 of 5"
    assert language("zh-Hans")("Step {n} of {of}", n=2, of=5) == "第 2 步，共 5 步"


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    assert language("en")("Mr {surname}", surname="{surname} [/b] %s") == "Mr {surname} [/b] %s"


def test_a_message_with_braces_and_no_values_stays_as_it_is() -> None:
    assert language("en")("{room}") == "{room}"


@pytest.mark.parametrize(
    ("tag", "n", "text"),
    [
        ("en", 0, "0 people waiting"),
        ("en", 1, "1 person waiting"),
        ("en", 2, "2 people waiting"),
        ("zh-Hans", 1, "候诊 1 人"),
        ("zh-Hans", 2, "候诊 2 人"),
    ],
)
def test_a_count_takes_its_form(tag: str, n: int, text: str) -> None:
    assert language(tag).plural("{n} person waiting", "{n} people waiting", n) == text


def test_a_language_without_a_catalogue_reads_as_english() -> None:
    klingon = language("tlh")
    assert klingon("Check in") == "Check in"
    assert klingon.own_name == "tlh"


def test_marking_a_message_leaves_it_as_it_is() -> None:
    assert mark("Check in") == "Check in"


@pytest.mark.parametrize(
    ("tag", "texts", "text"),
    [
        ("zh-Hans", {"en": "Downtown", "zh-Hans": "市区"}, "市区"),
        ("zh-Hans", {"en": "Downtown"}, "Downtown"),
        ("en", {"zh-Hans": "市区"}, "市区"),
        ("zh-Hant", {"en": "Downtown", "zh-Hans": "市区"}, "市区"),
        ("ja", {"zh-Hans": "市区", "en": "Downtown"}, "Downtown"),
        ("zh-Hans", {"en": "Downtown", "zh-Hans": ""}, "Downtown"),
    ],
)
def test_a_text_is_picked_in_this_language_or_the_nearest(
    tag: str, texts: dict[str, str], text: str
) -> None:
    assert language(tag).pick(texts) == text


def test_days_and_numbers_are_what_babel_knows_today() -> None:
    told: dict[str, object] = {}
    exec(written(), told)
    again = "run `make translations`"
    assert (told["DAYS"], told["MARKS"]) == (cldr.DAYS, cldr.MARKS), again
    assert told["__doc__"] == cldr.__doc__, again


def test_what_is_written_otherwise_than_babel_knows_is_so_on_purpose() -> None:
    assert [tag for tag in OWN_NAMES if dates.words(tag).pattern != cldr.DAYS[tag][2]] == [
        *dates.OURS
    ]


def test_times_and_dates() -> None:
    assert language("en").clock(datetime(2026, 11, 23, 9, 5, tzinfo=UTC)) == "09:05"
    assert language("en").day(date(2026, 11, 23)) == "Mon 23 Nov"
    assert language("zh-Hans").day(date(2026, 11, 23)) == "11月23日 周一"
    assert language("zh-Hans").day(date(2026, 11, 29)) == "11月29日 周日"


@pytest.mark.parametrize("tag", [tag for tag in TRANSLATED if tag != "zh-Hans"])
def test_days_are_written_as_the_common_locale_data_says(tag: str) -> None:
    locale = tag.replace("-", "_")
    for month in range(1, 13):
        day = date(2026, month, 2 * month)  # every weekday among them
        assert language(tag).day(day) == format_skeleton("MMMEd", day, locale=locale)


@pytest.mark.parametrize("tag", ["en", *TRANSLATED])
def test_numbers_are_written_as_the_common_locale_data_says(tag: str) -> None:
    locale = tag.replace("-", "_")
    for number in (0, 7, 999, 1234, 12_345, 1_234_567, 7.5, 12.0, 1234.5):
        told = format_decimal(number, locale=locale).replace("\N{NARROW NO-BREAK SPACE}", "\xa0")
        # Babel knows of no least number of digits to group, which is five in Spanish.
        assert language(tag).number(number) == (
            told[0] + told[2:] if tag == "es" and 999 < number < 10_000 else told
        )
    assert language("de")("{n} min", n=1234.5) == "1.234,5 min"
