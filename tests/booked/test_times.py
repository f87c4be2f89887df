"""Times and days as calendars and spreadsheets write them."""

from datetime import UTC, date, datetime

import pytest

from kiosk.booked import times

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("9:05", "09:05"),
        ("09:05:00", "09:05"),
        ("９：０５", "09:05"),
        ("0905", "09:05"),
        ("9.30", "09:30"),
        ("2:30 PM", "14:30"),
        ("2:30pm", "14:30"),
        ("2 p.m.", "14:00"),
        ("12:00 AM", "00:00"),
        ("12:15 pm", "12:15"),
        ("下午2:30", "14:30"),
        ("下午 2:30:00", "14:30"),
        ("上午10:30", "10:30"),
        ("上午12:10", "00:10"),
        ("下午14:30", "14:30"),
        ("晚上8点", "20:00"),
        ("中午12:15", "12:15"),
        ("中午1点", "13:00"),
        ("10点半", "10:30"),
        ("10点05分", "10:05"),
        ("10時30分", "10:30"),
        ("오후 3:00", "15:00"),
        ("9 Uhr", "09:00"),
        ("10h30", "10:30"),
        ("10:30-11:00", "10:30"),
        ("10:30 – 11:00", "10:30"),
        ("10:30至11:00", "10:30"),
        ("下午2:30-下午3:00", "14:30"),
    ],
)
def test_a_time_is_read_however_it_is_written(text: str, meant: str) -> None:
    assert times.clock(text) == meant


@pytest.mark.parametrize(
    "text", ["", "9", "24:00", "10:61", "13:00 am", "noon", "Anna", "99999", "下午25:00"]
)
def test_what_is_no_time_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="time") as refused:
        times.clock(text)
    assert not text or text not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "2026/11/23",
        "2026.11.23",
        "２０２６/11/23",
        "2026年11月23日",
        "11月23日",
        "23.11.2026",
        "23. 11. 2026",
        "23/11/2026",
        "11/23/2026",
        "2026-11-23 (Mon)",
        "2026/11/23 星期一",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert times.day(text, TODAY) == TODAY


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3/4/2026", times.TWO_DAYS),
        ("31.2.2026", times.NO_DAY),
        ("soon", times.NO_DAY),
        ("", times.NO_DAY),
        ("13/13/2026", times.NO_DAY),
    ],
)
def test_what_is_no_one_day_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        times.day(text, TODAY)
    assert times.day("4/4/2026", TODAY) == date(2026, 4, 4)


def test_one_cell_may_hold_both() -> None:
    for text in (
        "2026-11-23 10:30",
        "2026-11-23T10:30:00",
        "2026/11/23 上午10:30",
        "23.11.2026 10:30",
    ):
        assert times.both(text, TODAY) == (TODAY, "10:30")
    assert times.both("2026年11月23日10:30", TODAY) == (TODAY, "10:30")
    assert times.both("10:30", TODAY) == (None, "10:30")


def test_a_moment_may_say_its_zone() -> None:
    moment = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
    for text in ("2026-11-23T02:30Z", "2026-11-23 10:30:00+08:00", "2026-11-23T02:30:00.000Z"):
        assert times.with_zone(text) == moment
    assert times.with_zone("2026-11-23 10:30") is None
    assert times.with_zone("2026-13-23T02:30Z") is None
