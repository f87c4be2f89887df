"""Days and spans of them are understood as people type them, by one rule for all."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.languages.typed_days import StillToCome, days

TODAY = date(2026, 11, 23)  # a Monday


def span(text: str, today: date = TODAY, *, month_first: bool = False) -> str:
    first, last = days(text, today, month_first=month_first)
    return f"{first:%y-%m-%d}" if first == last else f"{first:%y-%m-%d} {last:%y-%m-%d}"


@pytest.mark.parametrize(
    ("words", "meant"),
    {
        "today": "26-11-23",
        "Yesterday": "26-11-22",
        "昨天": "26-11-22",
        "前天": "26-11-21",
        "hier": "26-11-22",
        "gestern": "26-11-22",
        "어제": "26-11-22",
        "aujourd’hui": "26-11-23",
        "this week": "26-11-23",
        "上周": "26-11-16 26-11-22",
        "last month": "26-10-01 26-10-31",
        "本月": "26-11-01 26-11-23",
        "上个月": "26-10-01 26-10-31",
        "7 days": "26-11-17 26-11-23",
        "最近７天": "26-11-17 26-11-23",
        "last year": "25-01-01 25-12-31",
    }.items(),
)
def test_words_for_days_are_understood(words: str, meant: str) -> None:
    assert span(words) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    {
        "2026-11-22": "26-11-22",
        "２０２６－１１－２２": "26-11-22",
        "2026年11月2日": "26-11-02",
        "2026年十一月二日": "26-11-02",
        "11月2号": "26-11-02",
        "22.11.": "26-11-22",
        "22.11.2025": "25-11-22",
        "22/11": "26-11-22",
        "11/22": "26-11-22",
        "2 Nov": "26-11-02",
        "2nd November 2025": "25-11-02",
        "Nov 2, 2025": "25-11-02",
        "2. März": "26-03-02",
        "2 de noviembre": "26-11-02",
        "2026년 11월 2일": "26-11-02",
        "29.2": "24-02-29",
    }.items(),
)
def test_a_day_is_understood_however_it_is_written(words: str, meant: str) -> None:
    assert span(words) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    {
        "Nov": "26-11-01 26-11-23",
        "nov.": "26-11-01 26-11-23",
        "November": "26-11-01 26-11-23",
        "Dec": "25-12-01 25-12-31",
        "Oct 2025": "25-10-01 25-10-31",
        "Sept": "26-09-01 26-09-30",
        "février": "26-02-01 26-02-28",
        "10月": "26-10-01 26-10-31",
        "十月": "26-10-01 26-10-31",
        "2025年10月": "25-10-01 25-10-31",
        "2025-10": "25-10-01 25-10-31",
        "10/2025": "25-10-01 25-10-31",
        "2025": "25-01-01 25-12-31",
        "二〇二五年": "25-01-01 25-12-31",
        "2026年": "26-01-01 26-11-23",
    }.items(),
)
def test_months_and_years_are_spans_that_end_today_while_they_last(words: str, meant: str) -> None:
    assert span(words) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    {
        "1.11-15.11": "26-11-01 26-11-15",
        "１．１１－１５．１１": "26-11-01 26-11-15",
        "1.11.-15.11.": "26-11-01 26-11-15",
        "1.-15.11.": "26-11-01 26-11-15",
        "1-15 Nov": "26-11-01 26-11-15",
        "Nov 1 - 15": "26-11-01 26-11-15",
        "1 Nov to 15 Nov": "26-11-01 26-11-15",
        "11.1-11.15": "26-11-01 26-11-15",
        "11月1日到15日": "26-11-01 26-11-15",
        "11月1日至11月15日": "26-11-01 26-11-15",
        "从11月1号到15号": "26-11-01 26-11-15",
        "10-11月": "26-10-01 26-11-23",
        "2026-11-01-2026-11-15": "26-11-01 26-11-15",
        "2026-11-01 2026-11-15": "26-11-01 26-11-15",
        "2026-11-01..15.11": "26-11-01 26-11-15",
        "15.11-1.11": "25-11-15 26-11-01",
        "2026-11-15 2026-11-01": "26-11-01 26-11-15",
        "1.11.2025-15.11": "25-11-01 25-11-15",
        "1.11-15.11.2025": "25-11-01 25-11-15",
        "20.12-10.1.2026": "25-12-20 26-01-10",
        "20.12.2025-10.1": "25-12-20 26-01-10",
        "Dec-Jan": "25-12-01 26-01-31",
        "Sep – Oct": "26-09-01 26-10-31",
        "1.11 - today": "26-11-01 26-11-23",
        "2024-2025": "24-01-01 25-12-31",
    }.items(),
)
def test_two_ends_make_a_span_and_one_lends_the_other_what_it_lacks(words: str, meant: str) -> None:
    assert span(words) == meant


def test_which_of_two_numbers_is_the_month_depends_on_where_nothing_else_tells() -> None:
    assert (span("3.4"), span("3.4", month_first=True)) == ("26-04-03", "26-03-04")
    assert span("20.4", month_first=True) == "26-04-20"


def test_without_a_year_a_day_is_the_last_one_but_not_where_it_is_soon() -> None:
    assert span("25.12") == "25-12-25"
    assert span("25.12", date(2027, 1, 4)) == "26-12-25"
    with pytest.raises(StillToCome) as refused:
        days("30.11", TODAY)
    assert refused.value.day == date(2026, 11, 30)


@pytest.mark.parametrize(
    "words",
    [
        *("tomorrow", "明天", "2027-01-01", "2027-01-01 2027-02-02", "Dec 2026", "2027", "24.11"),
        *("1.11-15.12", "1.11.2026-30.11.2026", "2026-11-01 2026-11-24"),
    ],
)
def test_days_still_to_come_are_refused(words: str) -> None:
    with pytest.raises(StillToCome, match="is still to come"):
        days(words, TODAY)


@pytest.mark.parametrize(
    "words",
    [
        *("", "²", "20261122", "0001-01-01", "2026-13", "31.2", "1.2.3", "11-12", "3 5", "ma"),
        *(
            "jui",
            "1999-12-31",
            "১.১১",
            "-",
            "Nov-",
            "2026-02-30",
            "十十月",
            "32 Nov",
            "13月",
            "0月",
        ),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(ValueError, match="Days look like"):
        days(words, TODAY)


@given(st.text(alphabet="0123456789.-/ 年月日号十一 novdeca至", max_size=14), st.booleans())
def test_nothing_typed_is_a_fault_and_nothing_leads_into_the_future(
    words: str, month: bool
) -> None:
    with suppress(ValueError):
        first, last = days(words, TODAY, month_first=month)
        assert first <= last <= TODAY
