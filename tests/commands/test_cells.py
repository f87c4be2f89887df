"""Cells of a CSV file: none is a formula however a spreadsheet cuts them, and people read them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.commands.cells import safe

SEPARATORS = ",;\t|:^~/&# \n\r，；！"
SIGNS = "=+-@＝＋－＠"
ATTACKS = st.text(st.sampled_from([*SEPARATORS, *SIGNS, *"'\"“x1王(). \u3000\u200b"]), max_size=12)


def cells(line: str, separator: str) -> list[str]:
    """Cut as spreadsheets do: quotes count where a cell begins with one, or not at all."""
    lines = line.splitlines()
    quoted = [] if separator in "\r\n" else csv.reader(lines, delimiter=separator)
    return [cell for row in (*quoted, *(one.split(separator) for one in lines)) for cell in row]


def is_formula(cell: str) -> bool:
    text = cell.strip().strip('"“” \t\r\n\u3000').strip()
    return text[:1] in [*SIGNS] and not re.fullmatch(r"\+[0-9]+|[=+\-@＝＋－＠]", text)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(ATTACKS)
@example("x;=1+1;")
@example("x\t=1+1")
@example("x|@SUM(A1)")
@example('x;"=1+1";')
@example("; =cmd|' /C calc'!A0")
@example(" =1")
@example("x；＝1")
@example("a =1 -b")
def test_no_cell_is_a_formula_under_any_separator(value: str) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(["A001", safe(value), "end"])
    for separator in SEPARATORS:
        assert not any(map(is_formula, cells(written.getvalue(), separator))), separator


@pytest.mark.parametrize(
    "value",
    [
        "+8613812345678",
        "138-1234-5678",
        "(+86) 138 1234 5678",
        "2026-11-23T02:00:00Z",
        "2026-11-23T10:00:00+08:00",
        "550e8400-e29b-41d4-a716-446655440000",
        "Jean-Luc O'Neill",
        "Zoe\u0308-Marie",
        "Dr.-Ing. Müller",
        "Müller - Weiß",
        "王小明",
        "lin@example.org",
        "A001",
        "",
    ],
)
def test_what_people_write_stays_as_it_is(value: str) -> None:
    assert safe(value) == value


def test_an_apostrophe_stands_before_the_formula() -> None:
    assert safe("=1+1") == "'=1+1"
    assert safe("x;=1+1;-2") == "x;'=1+1;'-2"
    assert safe("+86 138") == "'+86 138"
    assert safe("+86138=1") == "'+86138=1"
    assert [safe(value) for value in (-1, True, None)] == [-1, True, ""]
