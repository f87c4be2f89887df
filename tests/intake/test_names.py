"""Names as people give them, in any script."""

import pytest

from kiosk.intake.names import LONGEST, addressed, called_as, clean_name, written
from kiosk.languages.language import language


@pytest.mark.parametrize(
    "name",
    [
        "王小明",
        "Zoë",
        "محمد",
        "O'Neill",
        "[/b]",
        "[@click=app.quit]x[/]",
        "欧阳 Mei",
        "नमिता",
        "علی‌رضا",
        "👩‍⚕️",
    ],
)
def test_a_name_in_any_script_stays_as_it_is(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ada   Ashdown ", "Ada Ashdown"),
        ("Ada\tAshdown\n", "Ada Ashdown"),
        ("王　小明", "王 小明"),
        ("\x1b[31mAda", "[31mAda"),
        ("Ada\x00\x07\x9b", "Ada"),
        ("\u202eadA\u202c", "adA"),
        ("\ufeffAda\u200b", "Ada"),
        (" \u200b ", ""),
        ("\u3164\u2800", ""),
        ("", ""),
    ],
)
def test_what_does_not_show_is_dropped(typed: str, name: str) -> None:
    assert clean_name(typed) == name


def test_nothing_but_joiners_is_no_name() -> None:
    assert clean_name("\u200d\u200c\u200d") == ""


def test_cleaning_twice_changes_nothing() -> None:
    for text in ("  a \u200b b ", "\x1b]0;x\x07 y", "王 \u3000 李"):
        assert clean_name(clean_name(text)) == clean_name(text)


def test_there_is_room_for_the_longest_name_of_a_passport() -> None:
    assert LONGEST >= 39


@pytest.mark.parametrize(
    ("title", "chinese", "english"),
    [
        ("mr", "王先生", "Mr Wang 王"),
        ("ms", "王女士", "Ms Wang 王"),
        ("child", "王小朋友", "Child Wang 王"),
    ],
)
def test_a_surname_and_a_title(title: str, chinese: str, english: str) -> None:
    assert called_as("王", title) == chinese
    assert called_as("王", title, "Wang") == english


def test_a_surname_stands_in_the_characters_its_bearer_reads() -> None:
    shown = {tag: written("张", language(tag)) for tag in ("zh-Hans", "zh-Hant", "ja", "en")}
    assert shown == {"zh-Hans": "张", "zh-Hant": "張", "ja": "张", "en": "张"}
    assert addressed("张", "ms", language("zh-Hant")) == "張女士"
    assert called_as("张", "ms") == "张女士"  # what staff read
