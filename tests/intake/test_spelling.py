"""What the letters at the end of a name may become, and that nothing is forced on them."""

import pytest

from kiosk.intake.spelling import offers, taken


def shown(text: str, *, pinyin: bool = True) -> str:
    return "".join(offer.text for offer in offers(text, pinyin=pinyin))


def choose(text: str, char: str) -> str:
    return taken(text, next(o for o in offers(text, pinyin=True) if o.text == char))


def test_a_names_first_character_is_a_surname_first() -> None:
    assert shown("wang")[0] == "王"
    assert shown("zeng")[0] == "曾"


def test_surnames_may_stand_in_traditional_characters() -> None:
    assert offers("zhang", pinyin=True, surnames="張")[0].text == "張"
    assert [offer.text for offer in offers("zh", pinyin=True, surnames="張鄭")] == ["張", "鄭"]


def test_one_letter_offers_the_surnames_that_begin_with_it() -> None:
    assert shown("w").startswith("王吴魏")


def test_a_whole_name_becomes_characters_one_syllable_after_another() -> None:
    name = "Wangxiaoming"
    for char in "王小明":
        name = choose(name, char)
    assert name == "王小明"


def test_an_apostrophe_parts_syllables_and_goes_with_the_first() -> None:
    assert choose("王xi'an", "西") == "王西an"


@pytest.mark.parametrize("name", ["", "王", "Wang 3", "محمد", "O'Neill "])
def test_what_does_not_end_in_letters_of_pinyin_is_offered_nothing(name: str) -> None:
    assert shown(name) == ""


def test_without_pinyin_the_last_letter_is_offered_its_accents() -> None:
    assert "ë" in shown("Zoe", pinyin=False)
    assert "É" in shown("E", pinyin=False)
    assert shown("Wang", pinyin=False) == shown("g", pinyin=False) == "ğ"


def test_an_offer_shows_nothing_of_a_name_in_a_traceback() -> None:
    assert "王" not in repr(offers("wang", pinyin=True))
