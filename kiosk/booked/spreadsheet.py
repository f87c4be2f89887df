"""Bookings in a table as spreadsheets save it: commas, semicolons or tabs; pure."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kiosk.booked import rows_read as found
from kiosk.booked import times
from kiosk.booked.rows_read import Bad, ListError, Read, Row
from kiosk.booked.titles import field_of, is_cancelled
from kiosk.languages import typed

SEPARATORS = ",;\t"
TITLES_WITHIN = 10
"""Rows in which the titles of the columns are looked for: some programs write a heading first."""
LONGEST_ROW = 10
"""Lines of one row; a quotation mark that is open for longer was never closed."""

NO_TITLES = (
    "no row names the columns; the first has to have a column time (时间) and one name (姓名) or "
    "phone (电话)"
)
OPEN_QUOTE = "a quotation mark is opened here and not closed"
NOBODY = "there is neither a name nor a phone number"
NO_PHONE = "the spreadsheet has shortened this number; it is left out"

_WHO = {found.NAME, found.PHONE, found.SURNAME, found.GIVEN}
_SHORTENED = re.compile(r"\d[.,]?\d*e\+?\d+")


def read_sheet(text: str, today: date) -> Read:
    """The bookings of a table; raises ListError where its columns cannot be told."""
    lines = list(io.StringIO(text, newline=""))
    separator, start, titles = _titles(lines)
    rows, bad = list[Row](), list[Bad]()
    fields = {n: field for n, title in enumerate(titles) if (field := field_of(title))}
    named = dict[str, str]()
    for n, field in fields.items():
        named.setdefault(field, titles[n].strip())
    seen = dict[str, int]()
    for line, cells in _records(lines, start, separator):
        if cells is None:
            bad.append(Bad(line=line, why=OPEN_QUOTE))
            continue
        values = dict[str, str]()
        for n, field in fields.items():
            if n < len(cells):
                values.setdefault(field, _cell(cells[n]))
        if not any(values.values()):
            continue
        row = _row(line, values, named, today, bad)
        if row is None:
            continue
        if row.ref and row.ref in seen:
            why = f"line {seen[row.ref]} has the same number; it is left out"
            bad.append(Bad(line=line, column=named[found.REF], why=why, ref=row.ref))
            continue
        seen[row.ref] = line
        rows.append(row)
    return Read(tuple(rows), tuple(bad))


def _titles(lines: Sequence[str]) -> tuple[str, int, list[str]]:
    """What stands between cells, the place of the first row, and the titles of the columns."""
    for n, line in enumerate(lines[:TITLES_WITHIN]):
        for separator in SEPARATORS:
            titles = next(csv.reader([line], delimiter=separator), [])
            fields = {field_of(title) for title in titles}
            if fields & {found.TIME, found.DATE} and fields & _WHO:
                return separator, n + 1, titles
    raise ListError(NO_TITLES)


def _records(
    lines: Sequence[str], start: int, separator: str
) -> Iterator[tuple[int, list[str] | None]]:
    """The line where each row begins, and its cells; None where a quotation mark stays open."""
    n = start
    while n < len(lines):
        taken = 1
        while lines[n : n + taken] and "".join(lines[n : n + taken]).count('"') % 2:
            taken += 1
            if taken > LONGEST_ROW or n + taken > len(lines):
                break
        whole = taken <= LONGEST_ROW and n + taken <= len(lines)
        try:
            record = list(csv.reader(lines[n : n + taken], delimiter=separator)) if whole else []
            yield n + 1, (record[0] if record else []) if whole else None
        except csv.Error:
            yield n + 1, None
        n += taken if whole else 1


def _cell(text: str) -> str:
    """What is meant by a cell: `="0138"` and `'0138` are 0138."""
    text = text.strip().strip("\ufeff")
    if match := re.fullmatch(r'="(.*)"', text):
        text = match[1]
    return text.removeprefix("'").strip()


def _row(
    line: int, values: Mapping[str, str], named: Mapping[str, str], today: date, bad: list[Bad]
) -> Row | None:
    ref = values.get(found.REF, "")
    if is_cancelled(values.get(found.STATUS, "")):
        return Row(line=line, ref=ref, cancelled=True)
    field = found.TIME if values.get(found.TIME) else found.DATE
    text = values.get(field, "")
    try:
        moment = times.with_zone(text)
        day, clock = (None, "") if moment else times.both(text, today)
        if field == found.TIME and not moment and values.get(found.DATE):
            field = found.DATE
            day = _day(values[found.DATE], today)
    except ValueError as refused:
        why = str(refused) if str(refused) in times.SAID else times.NO_TIME
        bad.append(Bad(line=line, column=named.get(field, ""), why=why, ref=ref))
        return None
    name = values.get(found.NAME) or _joined(
        values.get(found.SURNAME, ""), values.get(found.GIVEN, "")
    )
    phone = values.get(found.PHONE, "")
    if _SHORTENED.fullmatch(typed.plain(phone).casefold()):
        column = named.get(found.PHONE, "")
        bad.append(Bad(line=line, column=column, why=NO_PHONE, ref=ref, is_kept=True))
        phone = ""
        if not name:
            return None
    if not (name or phone):
        bad.append(Bad(line=line, why=NOBODY, ref=ref))
        return None
    return Row(
        line=line,
        ref=ref,
        moment=moment,
        day=day,
        clock=clock,
        name=name,
        phone=phone,
        service=values.get(found.SERVICE, ""),
        practitioner=values.get(found.PRACTITIONER, ""),
        location=values.get(found.LOCATION, ""),
    )


def _day(text: str, today: date) -> date:
    """The day of a cell that may hold a time too, as spreadsheets like to add."""
    try:
        return times.day(text, today)
    except ValueError as refused:
        day = None
        if str(refused) == times.NO_DAY:
            day = times.both(text, today)[0]
        if day is None:
            raise
        return day


def _joined(surname: str, given: str) -> str:
    """A whole name of its two parts, in the order of its script."""
    if any(unicodedata.name(char, "").startswith("CJK") for char in surname):
        return surname + given
    return f"{given} {surname}".strip()
