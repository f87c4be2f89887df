"""iCalendar: zones, repeated and cancelled events, what cannot be used; each by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.booked import events
from kiosk.booked.events import read_events
from kiosk.booked.rows_read import ListError, Read

TODAY = date(2026, 11, 23)
SHANGHAI = ZoneInfo("Asia/Shanghai")
HALF_PAST_TEN = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def event(*lines: str, uid: str = "one", name: str = "Anna Beck") -> str:
    named = [f"UID:{uid}"] if uid else []
    return "\r\n".join(["BEGIN:VEVENT", *named, f"SUMMARY:{name}", *lines, "END:VEVENT"])


def calendar(*blocks: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *blocks, "END:VCALENDAR", ""])


def read(*blocks: str) -> Read:
    return read_events(calendar(*blocks), TODAY, SHANGHAI)


ZONE = """BEGIN:VTIMEZONE
TZID:Own
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE"""


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART:20261123T023000Z",
        "DTSTART:20261123T103000",
        "DTSTART;TZID=Asia/Shanghai:20261123T103000",
        "DTSTART;TZID=China Standard Time:20261123T103000",
        "DTSTART;TZID=Europe/Berlin:20261123T033000",
        "DTSTART;TZID=Own:20261123T113000",
    ],
)
def test_a_time_is_read_in_its_zone_and_in_the_clinics_without_one(start: str) -> None:
    [row] = read(ZONE, event(start)).rows
    assert row.moment == HALF_PAST_TEN
    assert (row.name, row.ref, row.line) == ("Anna Beck", "one", 11)


def test_what_the_description_says_line_by_line() -> None:
    said = "DESCRIPTION:Phone: +86 138 1234 5678\\n项目：针灸\\nWith: Wolf\\nsome words"
    [row] = read(event("DTSTART:20261123T023000Z", said, "LOCATION:Downtown")).rows
    assert (row.phone, row.service, row.practitioner) == ("+86 138 1234 5678", "针灸", "Wolf")
    assert row.location == "Downtown"
    assert (
        read(event("DTSTART:20261123T023000Z", "CATEGORIES:Cupping")).rows[0].service == "Cupping"
    )


def test_events_that_repeat_are_those_of_the_day() -> None:
    weekly = event(
        "DTSTART;TZID=Asia/Shanghai:20260907T103000", "RRULE:FREQ=WEEKLY", uid="week", name="Bo"
    )
    moved = event(
        "DTSTART;TZID=Asia/Shanghai:20261123T110000",
        "RECURRENCE-ID;TZID=Asia/Shanghai:20261123T103000",
        uid="week",
        name="Bo",
    )
    [row] = read(weekly).rows
    assert row.moment == HALF_PAST_TEN
    [later] = read(weekly, moved).rows
    assert later.moment == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    assert later.ref == row.ref, "moved, and still the same booking"
    left_out = weekly.replace("RRULE", "EXDATE;TZID=Asia/Shanghai:20261123T103000\r\nRRULE")
    assert read(left_out) == Read()


def test_cancelled_ones_are_said_to_be_so() -> None:
    [row] = read(event("DTSTART:20261123T023000Z", "STATUS:CANCELLED")).rows
    assert row.cancelled
    assert read("METHOD:CANCEL", event("DTSTART:20261123T023000Z")) == Read()


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["DTSTART;VALUE=DATE:20261123"], events.ALL_DAY),
        (["DTSTART;TZID=Middle Earth:20261123T103000"], events.NO_ZONE),
        (["DTSTART:20261123T023000Z", "RRULE:FREQ=SECONDLY"], events.OFTEN),
        (["DTSTART:20261123T023000Z", "RRULE:FREQ=DAILY;BYSECOND=1,2,3"], events.OFTEN),
        (["DTSTART:somewhen"], events.UNREADABLE),
        ([], events.NO_START),
    ],
)
def test_what_cannot_be_used_is_named_by_its_line_and_the_others_are_read(
    lines: list[str], why: str
) -> None:
    found = read(
        event(*lines, uid="bad", name="Geheim"),
        event("DTSTART:20261123T023000Z", uid="good", name="Bo"),
    )
    assert [(bad.line, bad.why) for bad in found.bad] == [(3, why)]
    assert [row.name for row in found.rows] == ["Bo"]
    assert "Geheim" not in repr(found)


def test_a_whole_day_of_another_day_is_nobodys_concern() -> None:
    assert read(event("DTSTART;VALUE=DATE:20261201")) == Read()


def test_an_event_that_does_not_end_is_named() -> None:
    broken = event("DTSTART:20261123T023000Z", uid="bad").replace("END:VEVENT", "")
    found = read(broken, event("DTSTART:20261123T023000Z", uid="good", name="Bo"))
    assert [(bad.line, bad.why) for bad in found.bad] == [(3, events.UNFINISHED)]
    assert [row.name for row in found.rows] == ["Bo"]


@pytest.mark.parametrize("text", ["", "BEGIN:VCALENDAR\n", "hello", calendar()[:-20]])
def test_half_a_calendar_is_none(text: str) -> None:
    with pytest.raises(ListError):
        read_events(text, TODAY, SHANGHAI)


def test_two_events_without_a_name_of_their_own_are_two() -> None:
    found = read(
        event("DTSTART:20261123T023000Z", uid=""), event("DTSTART:20261123T033000Z", uid="")
    )
    assert [row.ref for row in found.rows] == ["", ""]
