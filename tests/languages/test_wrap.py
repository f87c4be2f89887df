"""Text broken into lines as English and Chinese readers expect."""

from random import Random

import pytest
from rich.cells import cell_len

from kiosk.languages.wrap import wrap, wrap_evenly

ENGLISH = "Please sit. We call numbers, not names (see the board), and they may be out of order!"
CHINESE = "请在候诊区就座，我们只叫号码，不叫姓名（见屏幕）。按「服务」叫号：号码可能不连续！"
MIXED = "请拨打 +86 21 6345 5101（分机223），或问前台：Body & Soul「身心」诊所，14楼05室。"
TEXTS = [ENGLISH, CHINESE, MIXED]
WIDTHS = range(8, 81)


@pytest.mark.parametrize("text", TEXTS)
def test_no_line_is_wider_than_asked(text: str) -> None:
    for width in WIDTHS:
        assert max(cell_len(line) for line in wrap(text, width)) <= width


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_lost_but_spaces_at_line_ends(text: str) -> None:
    for width in WIDTHS:
        lines = wrap(text, width)
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(line == line.strip() and line for line in lines)


def test_chinese_punctuation_stays_where_it_belongs() -> None:
    for width in WIDTHS:
        for line in wrap(CHINESE, width):
            assert line[0] not in "，。：；？！、）」"
            assert line[-1] not in "（「"


def test_an_english_word_is_never_broken() -> None:
    for width in range(12, 81):
        words = [word for line in wrap(ENGLISH, width) for word in line.split()]
        assert words == ENGLISH.split()


def test_lines_are_as_full_as_they_can_be() -> None:
    assert wrap("one two three four", 9) == ["one two", "three", "four"]
    assert wrap("one two three four", 10) == ["one two", "three four"]
    assert wrap("一二三四五", 4) == ["一二", "三四", "五"]
    assert wrap("一二，三四", 4) == ["一", "二，", "三四"]
    assert wrap("一（二）三", 6) == ["一", "（二）", "三"]


def test_a_short_text_is_one_line() -> None:
    assert wrap("Check in", 8) == ["Check in"]
    assert wrap("签到取号", 8) == ["签到取号"]


def test_paragraphs_keep_their_lines() -> None:
    assert wrap("one\n\ntwo three", 5) == ["one", "", "two", "three"]
    assert wrap("", 5) == [""]


@pytest.mark.parametrize("text", ["x" * 50, "王" * 25, "a" + "王" * 30, "https://example.org/" * 3])
def test_a_word_wider_than_a_line_is_cut(text: str) -> None:
    lines = wrap(text, 10)
    assert "".join(lines) == text
    assert max(cell_len(line) for line in lines) <= 10


def test_no_text_of_any_characters_breaks_it() -> None:
    random = Random(1)
    characters = "ab ,.(王。（「」é👩م\u200d  \n\t"
    for _ in range(2000):
        text = "".join(random.choice(characters) for _ in range(random.randrange(40)))
        width = random.randrange(2, 20)
        lines = wrap(text, width)
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert max(cell_len(line) for line in lines) <= width


def test_a_link_breaks_after_a_stroke() -> None:
    assert wrap("example.org/a-first-visit", 20) == ["example.org/a-first-", "visit"]
    assert wrap("example.org/firstvisit", 20) == ["example.org/", "firstvisit"]


def test_a_label_leaves_no_word_alone_in_its_last_line() -> None:
    assert wrap_evenly("Heavy bleeding, swelling lips or throat", 33) == [
        "Heavy bleeding, swelling",
        "lips or throat",
    ]
    for text in TEXTS:
        for width in WIDTHS:
            even, full = wrap_evenly(text, width), wrap(text, width)
            assert len(even) == len(full)
            assert "".join("".join(even).split()) == "".join(text.split())


def test_lines_that_cannot_be_narrower_are_left_as_they_are() -> None:
    for text in (MIXED, "您随时也可以到前台签到", "A word"):
        for width in (1, 2, 3):
            assert "".join(wrap_evenly(text, width)).replace(" ", "") == text.replace(" ", "")
