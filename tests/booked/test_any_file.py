"""Whatever lies in the folder: rows, sentences, or a refusal; nothing else, and no name."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.booked import times
from kiosk.booked.events import read_events
from kiosk.booked.letters import text_of
from kiosk.booked.rows_read import ListError
from kiosk.booked.spreadsheet import read_sheet

TODAY, ZONE = date(2026, 11, 23), ZoneInfo("Asia/Shanghai")
CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["9:05", "下午2:30", "Anna", "13812345678", '"', "2026-11-23", "", "1e9"]),
)
SHEET = st.lists(st.lists(CELL, max_size=5).map(",".join), max_size=8).map("\n".join)
LINES = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            [
                *("BEGIN:VEVENT", "END:VEVENT", "UID:1", "SUMMARY:Anna", "STATUS:CANCELLED"),
                *("DTSTART:20261123T023000Z", "DTSTART;VALUE=DATE:20261123", "DTEND:x"),
                *("RRULE:FREQ=DAILY", "RRULE:FREQ=", "EXDATE:1", "BEGIN:VTIMEZONE", "RDATE:"),
                *("DTSTART;TZID=Nowhere:20261123T023000", "RECURRENCE-ID:20261123T023000Z"),
            ]
        ),
    ),
    max_size=12,
)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    with suppress(ListError):
        assert isinstance(text_of(data), str)


@settings(max_examples=40)
@given(SHEET)
def test_any_table_is_read(text: str) -> None:
    read = read_sheet(f"id,time,name,phone,date\n{text}", TODAY)
    assert len(read.rows) + len(read.bad) <= 2 * (text.count("\n") + text.count("\r") + 1)


@settings(max_examples=40)
@given(LINES)
def test_any_calendar_is_read(lines: list[str]) -> None:
    whole = ["BEGIN:VEVENT", "DTSTART:20261123T023000Z", "SUMMARY:Bo", "UID:whole", "END:VEVENT"]
    text = "\n".join(["BEGIN:VCALENDAR", *whole, "BEGIN:VEVENT", *lines, "END:VCALENDAR"])
    read = read_events(text, TODAY, ZONE)
    assert "Bo" in [row.name for row in read.rows] or read.bad or "METHOD:CANCEL" in lines


@given(st.text(max_size=16))
def test_any_time_is_one_or_none(text: str) -> None:
    with suppress(ValueError):
        times.clock(text)
    with suppress(ValueError):
        times.day(text, TODAY)
    with suppress(ValueError):
        times.both(text, TODAY)
    times.with_zone(text)
