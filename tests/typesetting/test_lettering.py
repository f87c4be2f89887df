"""Names in large letters: as large as there is room, every character whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.typesetting import han
from kiosk.typesetting.digits import letters
from kiosk.typesetting.lettering import in_rows, lettered


@settings(deadline=None)
@given(st.text("ABCxyz 0129", min_size=1, max_size=16), st.integers(1, 100), st.integers(5, 60))
def test_what_is_drawn_fits_and_is_of_whole_cells(text: str, width: int, half_rows: int) -> None:
    bits = lettered(text, width, half_rows)
    assert len(bits) <= half_rows
    assert all(len(line) == len(bits[0]) for line in bits)
    for row in in_rows(bits, lowered=True):
        assert len(row) == len(bits[0]) // 2 <= width


def test_where_there_is_room_letters_have_the_digits_own_shape() -> None:
    assert in_rows(lettered("A012", 40, 10)) == letters("A012", 2)


def test_a_long_name_keeps_its_height_and_grows_narrower() -> None:
    for text, width in (("Lab", 38), ("Acupuncture", 38), ("Acupuncture", 200)):
        assert len(lettered(text, width, 10)) == 10
    assert 0 < len(lettered("Physiotherapy", 38, 10)) < 10, "no letter is a mere stroke"
    assert lettered("Physiotherapy and rehabilitation", 38, 10) == []


def test_chinese_keeps_its_shape_and_stands_beside_letters() -> None:
    assert [len(lettered("针灸室", width, 30)) for width in (35, 36, 71, 72)] == [0, 12, 12, 24]
    assert len(lettered("针灸室", 38, 12)[0]) == 76, "and with air between, where there is room"
    assert len(lettered("VIP室", 80, 12)) == 12
    assert lettered("针灸室", 200, 11) == []


@pytest.mark.parametrize("text", ["ふじ", "Физио", "室ふ", "Lab?", ""])
def test_a_name_with_a_character_that_cannot_be_drawn_is_not_drawn(text: str) -> None:
    assert lettered(text, 200, 60) == []


def test_the_table_has_the_first_level_of_gb_2312_each_with_ink_and_none_alike() -> None:
    level = [
        bytes([row, cell]).decode("gb2312", "ignore")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
    ]
    chars = [char for char in level if char]
    assert len(chars) == 3755
    assert all(map(han.has, chars))
    drawn = {tuple(map(tuple, han.dots(char))) for char in chars}
    assert len(drawn) > 3700
    assert all(any(map(any, dots)) for dots in drawn)


def test_a_character_twice_as_large_is_the_same_in_dots_of_four() -> None:
    small, large = han.dots("灸"), han.dots("灸", 2)
    assert [row[::2] for row in large[::2]] == small
    assert [row[1::2] for row in large[1::2]] == small
