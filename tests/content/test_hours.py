"""Opening hours: open or not, until when, as people write them, and what is no hours at all."""

from datetime import datetime
from timeit import timeit
from zoneinfo import ZoneInfo

import pytest

from kiosk.content.hours import (
    Opening,
    fault,
    now_in_words,
    opening,
    reception_by_hours,
    week,
    with_early,
)
from kiosk.languages.language import language

ZONE = ZoneInfo("Asia/Shanghai")
EN, ZH = language("en"), language("zh-Hans")
USUAL = "Mo-Fr 09:00-18:00; Sa 09:00-12:00; PH off"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


MONDAY = at("2026-11-23 10:42")


@pytest.mark.parametrize(
    ("hours", "moment", "english", "chinese"),
    [
        (USUAL, "2026-11-23 10:42", "open now, until 18:00", "现在开诊，到18:00为止"),
        (USUAL, "2026-11-23 08:59", "closed now, opens at 09:00", "现在休息，今天09:00开诊"),
        (USUAL, "2026-11-23 18:00", "closed now, opens tomorrow at 09:00", "明天09:00开诊"),
        (USUAL, "2026-11-28 12:30", "opens on Mon 30 Nov at 09:00", "11月30日 周一 09:00开诊"),
        (USUAL, "2026-10-01 10:00", "opens tomorrow at 09:00", "明天09:00开诊"),
        ("24/7", "2026-11-23 10:42", "open now", "现在开诊"),
        ("Mo-Su 00:00-24:00", "2026-11-23 10:42", "open now", "现在开诊"),
        ("24/7 off", "2026-11-23 10:42", "closed now", "现在休息"),
        ('Mo-Fr 09:00-12:00; Mo 10:00-12:00 "x"', "2026-11-23 10:42", "until 12:00", "到12:00"),
        (
            'Mo-Fr 09:00-12:00 "by appointment", Mo-Fr 12:00-18:00',
            *("2026-11-23 10:42", "open now, until 18:00", "到18:00为止"),
        ),
        ("Mo-Fr 09:00-18:00 unknown", "2026-11-23 10:42", "", ""),
        ("", "2026-11-23 10:42", "", ""),
        ("whenever", "2026-11-23 10:42", "", ""),
    ],
)
def test_whether_a_clinic_is_open_is_said_in_words(
    hours: str, moment: str, english: str, chinese: str
) -> None:
    now = opening(hours, "CN", at(moment))
    said = now_in_words(now, at(moment), EN), now_in_words(now, at(moment), ZH)
    assert english in said[0]
    assert chinese in said[1]
    assert bool(said[0]) == bool(english)


@pytest.mark.parametrize(
    ("hours", "english", "chinese"),
    [
        (
            USUAL,
            "Mon-Fri 09:00-18:00; Sat 09:00-12:00; closed on public holidays",
            "周一至周五 09:00-18:00；周六 09:00-12:00；法定节假日休息",
        ),
        (
            "Mo-We,Fr 09:00-12:00,13:30-18:00",
            "Mon-Wed, Fri 09:00-12:00, 13:30-18:00",
            "周一至周三、周五 09:00-12:00、13:30-18:00",
        ),
        ("10:00-20:00", "every day 10:00-20:00", "每天 10:00-20:00"),
        ("24/7", "every day 24 hours", "每天 全天"),
        ("Fr 20:00-02:00", "Fri 20:00-02:00", "周五 20:00-02:00"),
        ("Mo-Fr 09:00-18:00; 2026 Nov 23-29 off", "Mon-Fri 09:00-18:00", "周一至周五"),
        ("", "", ""),
        ("whenever", "", ""),
    ],
)
def test_a_usual_week_is_written_as_people_write_it(hours: str, english: str, chinese: str) -> None:
    assert week(hours, "CN", MONDAY.date(), EN) == english
    assert chinese in week(hours, "CN", MONDAY.date(), ZH)


def test_holidays_of_one_year_are_written_out_with_their_dates() -> None:
    hours = "Mo-Fr 09:00-18:00; 2026 Oct 01-07 off"
    now = opening(hours, "CN", at("2026-10-05 10:00"))
    assert now == Opening(False, at("2026-10-08 09:00"))


def test_another_country_has_other_holidays_and_an_unknown_one_none() -> None:
    christmas = at("2026-12-25 10:00")
    assert [opening(USUAL, region, christmas).open for region in ("GB", "CN", "XX")] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("hours", "where"),
    [
        (USUAL, ""),
        ("Mo-Fr 9-18", "'9-18'"),
        ("Mo-Fr 09.00-18.00", "'09.00-18.00'"),
        ("Mon-Fri 09:00-18:00", "'n-Fri 09:00-18:00'"),
        ("", "too early"),
    ],
)
def test_hours_that_cannot_be_read_say_from_where(hours: str, where: str) -> None:
    assert where in fault(hours, "CN")
    assert bool(fault(hours, "CN")) == bool(where)


def test_reception_is_closed_only_where_hours_say_so_and_until_when() -> None:
    def state(hours: str, moment: str) -> tuple[str, str | None]:
        return reception_by_hours(opening(hours, "CN", at(moment)))

    assert state(USUAL, "2026-11-23 10:42") == ("open", None)
    assert state(USUAL, "2026-11-23 08:00") == ("closed", "09:00")
    assert state(USUAL, "2026-11-23 19:00") == ("closed", None)
    assert state("", "2026-11-23 19:00") == ("open", None)


def test_people_may_check_in_some_minutes_before_it_opens() -> None:
    def state(moment: str, minutes: int = 20) -> tuple[str, str | None, datetime | None]:
        hours = with_early(opening(USUAL, "CN", at(moment)), at(moment), minutes)
        return (*reception_by_hours(hours), hours.next_look)

    opens, early = at("2026-11-23 09:00"), at("2026-11-23 08:40")
    assert state("2026-11-23 08:39") == ("closed", "09:00", early)
    assert state("2026-11-23 08:40") == ("open", "09:00", opens)
    assert state("2026-11-23 08:40", 0) == ("closed", "09:00", opens)
    assert state("2026-11-23 09:00")[:2] == ("open", None)
    assert state("2026-11-23 19:00")[:2] == ("closed", None)


def test_hours_that_never_change_are_not_looked_for_in_every_year_there_is() -> None:
    looked = timeit(
        lambda: opening("Mo-Su 00:00-24:00", "CN", datetime(2026, 11, 23, tzinfo=ZONE)), number=10
    )
    assert looked < 1, "it was two seconds each, and Home asks again and again"
