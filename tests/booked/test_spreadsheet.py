"""Tables as Excel, WPS and LibreOffice save them; one bad row hurts no other."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.booked.letters import LARGEST, text_of
from kiosk.booked.rows_read import ListError, Read, Row
from kiosk.booked.spreadsheet import NO_PHONE, NO_TITLES, NOBODY, OPEN_QUOTE, read_sheet

TODAY = date(2026, 11, 23)
CHINESE = (
    "预约时间,姓名,手机号,项目,医生\n"
    "9:05,王芳,13812345678,针灸,李医生\n"
    "下午2:30,Zoë Brandt,,拔罐,\n"
)


def rows(text: str) -> list[tuple[str, str, str]]:
    return [(row.clock, row.name, row.phone) for row in read_sheet(text, TODAY).rows]


def sentences(read: Read) -> list[str]:
    return [str(bad) for bad in read.bad]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_however_it_was_saved(encoding: str, separator: str, end: str) -> None:
    data = CHINESE.replace(",", separator).replace("\n", end).encode(encoding)
    assert rows(text_of(data)) == [("09:05", "王芳", "13812345678"), ("14:30", "Zoë Brandt", "")]


def test_western_letters_of_a_western_windows() -> None:
    assert rows(text_of("time;name\r\n9:05;Jörg Müller\r\n".encode("cp1252"))) == [
        ("09:05", "Jörg Müller", "")
    ]


def test_columns_are_found_by_their_titles_in_any_order_and_language() -> None:
    text = "Ref,Patient Name,Service,Practitioner,TIME,Date,Location,Status,Nonsense\n"
    text += "7,Anna Beck,Acupuncture,Wolf,10:30,2026-11-23,Downtown,booked,x\n"
    [row] = read_sheet(text, TODAY).rows
    assert row == Row(
        line=2,
        ref="7",
        day=TODAY,
        clock="10:30",
        name="Anna Beck",
        service="Acupuncture",
        practitioner="Wolf",
        location="Downtown",
    )


def test_two_columns_may_make_a_name() -> None:
    text = "姓,名,时间\n王,芳,9:00\nBeck,Anna,9:30\n"
    assert [name for _, name, _ in rows(text)] == ["王芳", "Anna Beck"]


def test_day_and_time_may_stand_in_one_cell_or_a_day_with_a_midnight() -> None:
    text = "日期,姓名\n2026/11/23 9:05,王芳\n"
    assert [(row.day, row.clock) for row in read_sheet(text, TODAY).rows] == [(TODAY, "09:05")]
    text = "日期,时间,姓名\n2026/11/23 0:00:00,9:05,王芳\n"
    assert [(row.day, row.clock) for row in read_sheet(text, TODAY).rows] == [(TODAY, "09:05")]


def test_a_heading_above_the_titles_is_passed_over() -> None:
    assert rows("Appointments of today,,\n,,\n" + CHINESE)[0][1] == "王芳"


def test_what_spreadsheets_put_around_a_number_is_taken_off() -> None:
    text = '时间,电话,编号\n9:05,"=""013812345678""",\'0042\n'
    [row] = read_sheet(text, TODAY).rows
    assert (row.phone, row.ref) == ("013812345678", "0042")


def test_rows_that_say_cancelled_are_so() -> None:
    text = "编号,时间,姓名,状态\n1,9:05,王芳,已取消\n2,9:30,李雷,已预约\n"
    assert [row.cancelled for row in read_sheet(text, TODAY).rows] == [True, False]


def test_each_bad_row_is_named_by_line_and_column_and_nothing_else_is_lost() -> None:
    text = (
        "编号,时间,姓名,电话\n"
        "1,25:99,Geheim,1\n"
        "2,9:05,王芳,\n"
        ",,,\n"
        "3,9:10,,\n"
        "4,9:15,Anna,1.38123E+10\n"
        '5,9:20,"Open,\n'
        "2,9:25,Twin,\n"
        "6,9:30,Last,\n"
    )
    read = read_sheet(text, TODAY)
    assert [row.name for row in read.rows] == ["王芳", "Anna", "Last"]
    assert sentences(read) == [
        "line 2, 时间: this is no time; write one such as 10:30",
        f"line 5: {NOBODY}",
        f"line 6, 电话: {NO_PHONE}",
        f"line 7: {OPEN_QUOTE}",
        "line 8, 编号: line 3 has the same number; it is left out",
    ]
    assert [bad.ref for bad in read.bad] == ["1", "3", "4", "", "2"]
    assert [bad.is_kept for bad in read.bad] == [False, False, True, False, False]
    assert "Geheim" not in repr(read)
    assert "王芳" not in repr(read)


def test_a_name_may_go_over_lines_in_quotation_marks() -> None:
    assert rows('time,name\n9:05,"Anna\n""Annie"" Beck"\n9:10,Bo\n') == [
        ("09:05", 'Anna\n"Annie" Beck', ""),
        ("09:10", "Bo", ""),
    ]


@pytest.mark.parametrize("text", ["", "\n", "王芳,9:05\n", "time\n9:05\n", "name,phone\nAnna,1\n"])
def test_without_titles_nothing_is_guessed_and_nothing_repeated(text: str) -> None:
    with pytest.raises(ListError, match="names the columns") as refused:
        read_sheet(text, TODAY)
    assert str(refused.value) == NO_TITLES


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(ListError, match="no text"):
        text_of(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00xl/workbook")
    with pytest.raises(ListError, match="10 MB"):
        text_of(b" " * (LARGEST + 1))


def test_a_cell_as_long_as_a_book_is_one_bad_row() -> None:
    read = read_sheet(f"time,name\n9:05,{'x' * 200_000}\n9:10,Bo\n", TODAY)
    assert [row.name for row in read.rows] == ["Bo"]
    assert len(read.bad) == 1
