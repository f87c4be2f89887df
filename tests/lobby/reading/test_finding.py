"""Search: what finds which text, and which stands first."""

import pytest
from lobby_driver import CLINIC

from kiosk.lobby.reading.finding import find, index
from kiosk.lobby.reading.reading_order import articles, services

ENTRIES = index(CLINIC)
ACUPUNCTURE = CLINIC.service("acupuncture")


@pytest.mark.parametrize(
    "typed",
    [
        "acupuncture",
        "Acu",
        "ACUP",
        "针灸",
        "针",
        "zhenjiu",
        "zhen jiu",
        "zj",
        "zhj",
        "针jiu",
        "ｚｊ",
    ],
)
def test_a_service_is_found_first_by_its_name_in_any_language_and_spelling(typed: str) -> None:
    assert find(ENTRIES, typed)[0] == ACUPUNCTURE


@pytest.mark.parametrize("typed", ["", "  ", "qqq", "xxzz", "'", "。", "[/]", "(", "针灸灸"])
def test_what_means_nothing_here_finds_nothing(typed: str) -> None:
    assert find(ENTRIES, typed) == []


def test_several_words_must_all_be_there_and_may_only_be_begun() -> None:
    found = find(ENTRIES, "pain des")
    assert found[0] == CLINIC.article("back-pain-at-a-desk")
    assert len(found) < len(find(ENTRIES, "pain"))


def test_a_title_goes_before_a_text_that_only_speaks_of_it() -> None:
    found = find(ENTRIES, "sleep")
    assert found[0] == CLINIC.article("sleep")
    assert any("sleep" not in text.title["en"].casefold() for text in found)
    assert CLINIC.service("tcm-consultation") in find(ENTRIES, "tongue")
    assert CLINIC.service("tcm-consultation") in find(ENTRIES, "舌")


def test_a_topic_finds_all_that_stands_under_it() -> None:
    for tag in CLINIC.languages:
        for topic in CLINIC.topics:
            here = [a for a in articles(CLINIC) if a.topic == topic.slug]
            assert all(article in find(ENTRIES, topic.title[tag]) for article in here)
        for group in CLINIC.groups:
            offered = CLINIC.services_of(group.slug)
            assert all(service in find(ENTRIES, group.title[tag]) for service in offered)


def test_every_title_finds_its_text_first_or_another_of_that_name() -> None:
    for text in (*services(CLINIC), *articles(CLINIC)):
        for tag, title in text.title.items():
            assert find(ENTRIES, title)[0].title[tag].startswith(title)


def test_the_index_is_made_once_for_a_clinic() -> None:
    assert index(CLINIC) is index(CLINIC)
