"""What the tests of translations find: words left in another language."""

import pytest
from vocabulary import EVERY_LANGUAGE, vocabulary

from kiosk.languages.language import language

SENTENCE = "Please check in at the desk"


@pytest.mark.parametrize("tag", EVERY_LANGUAGE)
def test_a_sentence_in_any_other_language_is_found_among_one_s_own(tag: str) -> None:
    for other in EVERY_LANGUAGE:
        said = language(other)(SENTENCE)
        assert bool(list(vocabulary(tag).unknown([said]))) == (other != tag), said


def test_what_is_filled_into_a_sentence_and_broken_between_lines_is_known() -> None:
    assert list(vocabulary("zh-Hans").unknown(["  王先生  请到前", "台签到  A012"])) == []
    assert list(vocabulary("de").unknown(["Raum 2", "Body & Soul", "DEMO 演示"])) == []


def test_articles_are_known_only_where_they_may_stand() -> None:
    title = "Which massage is for you?"
    assert list(vocabulary("ja").unknown([title])) == ["Which", "massage", "is", "for", "you"]
    assert list(vocabulary("ja", articles="en").unknown([title])) == []
