"""What people type as digits, numbers, times and days means the same wherever it is typed."""

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from siblings import siblings
from staff_driver import Desk

from kiosk.cli import main, parser
from kiosk.commands import arguments
from kiosk.languages import typed
from kiosk.settings import CHECKOUT, SettingsError, load_settings, spans

ODD = ("1²", "①", "³", "½", "१२", "١٢", "Ⅻ", "一二", "٢٢:٣٣")
"""What some programs take for digits."""


@pytest.mark.parametrize(
    ("words", "time"),
    {
        "1030": "10:30",
        "9.30": "09:30",
        "９：３０": "09:30",
        "9h30": "09:30",
        " 0：05 ": "00:05",
        "10。30": "10:30",
        "９点３０": "09:30",
        "1⁰:³⁰": "10:30",
        "930": "09:30",
    }.items(),
)
def test_a_time_is_understood_however_it_is_written(words: str, time: str) -> None:
    assert typed.clock(words) == time


@pytest.mark.parametrize(
    "words", [*ODD, "", "24:00", "12", "9:5", "10:60", "1٣30", "10½30", "99999"]
)
def test_what_is_no_time_is_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(ValueError, match="A time looks like"):
        typed.clock(words)


@pytest.mark.parametrize(
    "words", ["2026-11-23", "２０２６－１１－２３", "2026/11/23", "2026.11.23"]
)
def test_a_day_is_understood_however_it_is_written(words: str) -> None:
    assert typed.day(words) == date(2026, 11, 23)


@pytest.mark.parametrize("words", [*ODD, "", "20261123", "2026-W48-1", "0001-01-01", "2026-02-30"])
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        typed.day(words)


def test_a_number_and_a_ticket_are_plain_digits_however_they_were_sent() -> None:
    assert [typed.number(one) for one in ("１２", "1²", "", "-1", "१२", "9" * 5000)] == [
        *(12, 12),
        *(None,) * 4,
    ]
    assert typed.ticket("Ａ２７") == typed.ticket("a027") == ("A", 27)
    assert typed.ticket("²7") == ("", 27)
    assert typed.ticket("١٢") is None


@given(st.text(max_size=12))
def test_nothing_typed_is_a_fault(words: str) -> None:
    for read in (typed.clock, typed.day):
        with suppress(ValueError):
            read(words)
    typed.number(words)
    typed.ticket(words)
    assert typed.digits(words).isascii()


def test_no_other_file_decides_what_a_digit_a_time_or_a_day_is() -> None:
    own = re.compile(r"\.(isdigit|isnumeric)\(|fromisoformat|strptime")
    found = [
        path.name
        for path in (CHECKOUT / "kiosk").rglob("*.py")
        if own.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@siblings(1, "language", ["en", "zh-Hans"])
async def test_an_odd_appointment_is_refused_at_the_desk_and_nothing_ends(
    tmp_path: Path, language: str
) -> None:
    desk = Desk(tmp_path, language)
    desk.hire()
    one = desk.arrive("Zoë")
    refused = desk.app.language("A time looks like 10:30")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        for words in ("1²", "①", "³", "25:00"):
            await desk.press("c", *["tab"] * 3, *words, "enter")
            await desk.sees(refused, words)
            await desk.press("escape", "1")
            await desk.until(lambda: refused not in desk.text)
        await desk.press("c", *["tab"] * 3, *"1⁰³⁰", "enter")
        await desk.until(lambda: desk.now_is(one).appointment_time == "10:30")


async def test_a_ticket_is_found_by_its_letter_and_number(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    for _ in range(12):
        desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        for words in ("a12", "Ａ１２", "12", "A012", "1²"):
            await desk.press("/", *words)
            await desk.until(lambda: desk.tickets == ["A012"])
            await desk.press("escape")
        await desk.press("m", *"a7", "enter")
        await desk.sees("A012 goes into A007, for good:")


@pytest.mark.wide
async def test_figures_of_any_days_that_can_be_typed_are_shown(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    async with desk.open():
        await desk.sign_in()
        await desk.press("g")
        for words in (
            "²⁰²⁶-¹¹-²² 2026-11-22",
            "２０２６－１１－２２",
            "yesterday",
            "昨天",
            "22.11.",
        ):
            await desk.press("1", "4", *words, "enter")
            await desk.sees("Sun 22 Nov")
        await desk.press("4", *"1.11-15.11", "enter")
        await desk.sees("Sun 1 Nov - Sun 15 Nov")
        for words in ("²", "0001-01-01", "20261122"):
            await desk.press("4", *words, "enter")
            await desk.sees("Try 2026-11-23", words)
            await desk.press("escape")
        await desk.press("4", *"2000-01-01 2026-11-23", "enter", *"<" * 90)
        await desk.sees("2000-01-01")
        await desk.press("4", *"2027-01-01 2027-02-02", "enter")
        await desk.sees("2027-01-01 is still to come.")


def test_the_command_line_takes_days_and_times_by_the_same_rule(
    capsys: pytest.CaptureFixture[str],
) -> None:
    args = parser().parse_args(["stats", "--from", "２０２６-１１-２３", "--to", "2026/11/24"])
    asked = arguments.days_asked(args, date(2026, 11, 30))
    assert asked == (date(2026, 11, 23), date(2026, 11, 24))
    for words in (["stats", "--from", "20261123"], ["reception", "away", "--until", "1²"]):
        with pytest.raises(SystemExit):
            main(words)
        assert "is not a" in capsys.readouterr().err


def test_times_in_the_settings_are_read_by_the_same_rule(tmp_path: Path) -> None:
    def started(time: str) -> str:
        return load_settings({"day_starts": time}, environ={}).day_starts

    assert [started(time) for time in ("4:00", "０４：００", "0400")] == ["04:00"] * 3
    for odd in ("04:0²²", "²", "4", "25:00"):
        with pytest.raises(SettingsError, match="04:00"):
            started(odd)
    assert spans("２１：００-8:00, 12:00-24:00") == [(1260, 480), (720, 1440)]
