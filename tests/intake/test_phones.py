"""Phone numbers while they are typed at a Shanghai clinic."""

import pytest

from kiosk.intake.phones import LONGEST, Judged, Verdict, area_code, judge, shown


def judged(typed: str) -> Judged:
    return judge(typed, "CN", "21")


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("13800138000", "+8613800138000"),
        ("02163455101", "+862163455101"),
        ("075512345678", "+8675512345678"),
        ("+8613800138000", "+8613800138000"),
        ("+12025550123", "+12025550123"),
        ("0012025550123", "+12025550123"),
        ("+493012345678", "+493012345678"),
    ],
)
def test_a_mobile_a_landline_or_a_foreign_number_is_whole(typed: str, e164: str) -> None:
    assert judged(typed) == Judged(Verdict.WHOLE, e164=e164)


def test_a_local_number_counts_with_the_clinics_own_area_code() -> None:
    assert judged("63455101").e164 == "+862163455101"
    assert judge("63455101", "CN").verdict is not Verdict.WHOLE


@pytest.mark.parametrize("digits", range(1, 11))
def test_a_mobile_is_not_whole_before_its_last_digit(digits: int) -> None:
    for mobile in ("13800138000", "15912345678", "19999999999"):
        verdict = judged(mobile[:digits])
        assert verdict.verdict is Verdict.SHORT
        if digits > 2:
            assert verdict.to_go == 11 - digits


@pytest.mark.parametrize("typed", ["", "+", "00"])
def test_nothing_typed_is_empty(typed: str) -> None:
    assert judged(typed) == Judged(Verdict.EMPTY)


@pytest.mark.parametrize(
    "typed", ["138001380001", "11111111111", "+9991234567", "9" * 16, "9" * LONGEST, "634551011"]
)
def test_a_number_nobody_can_have_is_wrong(typed: str) -> None:
    assert judged(typed).verdict is Verdict.WRONG


@pytest.mark.parametrize("typed", ["4", "120", "+4", "0138", "6345510"])
def test_a_beginning_is_short_and_not_wrong(typed: str) -> None:
    assert judged(typed).verdict is Verdict.SHORT


def test_the_longest_foreign_number_can_be_typed() -> None:
    assert len("00" + "9" * 15) <= LONGEST


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("", ""),
        ("13800138000", "138 0013 8000"),
        ("13800", "138 00"),
        ("02163455101", "021 6345 5101"),
        ("+12025550123", "+1 202-555-0123"),
        ("001202", "+1 202"),
        ("00", "+"),
    ],
)
def test_a_number_is_spaced_as_its_country_writes_it(typed: str, text: str) -> None:
    assert shown(typed, "CN") == text


def test_spacing_loses_no_digit() -> None:
    for typed in ("13800138000", "0123456789", "+49301234567890", "999999999999999999"):
        assert "".join(char for char in shown(typed, "CN") if char.isdigit()) == typed.strip("+")


@pytest.mark.parametrize(
    ("e164", "area"), [("+862163455101", "21"), ("+8675512345678", "755"), ("+8613800138000", "")]
)
def test_the_area_code_of_a_landline(e164: str, area: str) -> None:
    assert area_code(e164) == area


def test_a_verdict_does_not_show_the_number_in_a_log() -> None:
    assert "13800138000" not in repr(judged("13800138000"))
