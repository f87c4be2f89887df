"""Pinyin: what finds a Chinese text, and what a syllable may be written with."""

import pytest

from kiosk.languages.pinyin import SURNAMES, candidates, matches, readings, traditional
from kiosk.languages.pinyin_table import table


@pytest.mark.parametrize(
    "typed", ["z", "zj", "zhj", "zhenj", "zhenji", "zhenjiu", "ZhenJiu", "ｚｊ", "针j", "zhen'jiu"]
)
def test_a_text_is_found_by_its_pinyin_or_by_a_part_of_it(typed: str) -> None:
    assert matches("针灸", typed)


@pytest.mark.parametrize("typed", ["", " ", "'", "zi", "zhengjiu", "zhenjiux", "jz", "灸针"])
def test_a_text_is_not_found_by_the_pinyin_of_another(typed: str) -> None:
    assert not matches("针灸", typed)


def test_a_text_is_found_from_its_middle_and_across_punctuation() -> None:
    assert matches("办公室背痛：医疗按摩", "btyl")
    assert matches("王 小明", "wangxm")


def test_every_reading_of_a_character_finds_it() -> None:
    assert set(readings("曾")) == {"zeng", "ceng"}
    assert matches("曾女士", "zengns")
    assert matches("曾女士", "cns")


@pytest.mark.parametrize("typed", ["lv", "lü", "lu", "lyu", "LÜ"])
def test_the_letter_that_keyboards_lack_can_be_written_in_any_usual_way(typed: str) -> None:
    assert matches("吕先生", typed)


def test_an_apostrophe_parts_syllables() -> None:
    assert matches("西安", "xi'an")
    assert not matches("先", "xi'an")


def test_a_syllable_is_written_with_the_commonest_character_first() -> None:
    assert candidates("jiu").startswith("就酒久旧九救")
    assert candidates("nü") == candidates("nv")
    assert candidates("xyz") == ""


def test_for_a_name_every_common_surname_is_among_the_first_eight() -> None:
    assert len(set(SURNAMES)) == 100
    for surname in SURNAMES:
        assert any(surname in candidates(s, SURNAMES)[:8] for s in readings(surname)), surname
    assert sorted(candidates("wang", SURNAMES)) == sorted(candidates("wang"))


def test_every_common_surname_has_its_sound_in_traditional_characters_too() -> None:
    assert len(set(traditional(SURNAMES))) == 100
    for simple, full in zip(SURNAMES, traditional(SURNAMES), strict=True):
        assert set(readings(simple)) & set(readings(full)), full
        assert any(full in candidates(s, traditional(SURNAMES))[:8] for s in readings(full)), full


def test_what_is_not_chinese_has_no_reading() -> None:
    assert readings("a") == readings("é") == readings("。") == ()


def test_the_table_keeps_single_characters_by_how_often_they_are_written() -> None:
    lines = ["# a comment\n", "name: x\n", "九\tjiu\t5\n", "就\tjiu\t9\n", "酒家\tjiu jia\t7\n"]
    assert table(lines) == "jiu 就九\n"
