"""holidays.toml: a table for each year whose holidays were announced; read, and fit for use."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import tomli

from kiosk.content.clinic import Clinic, Problem
from kiosk.content.fields import NOT_UTF8, faults, line_of, sentence, toml_fault
from kiosk.content.holidays import MONTHS, Days, Year, unknown

NAME = "holidays.toml"
_YEAR = re.compile(r"20\d\d", re.ASCII)
_SPAN = re.compile(r"(?P<month>[A-Z][a-z]{2}) (\d{1,2})(?:-(?:([A-Z][a-z]{2}) )?(\d{1,2}))?", re.A)


class YearFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The table of a year, with days such as "Oct 01-07"."""

    off: tuple[str, ...]
    work: tuple[str, ...] = ()


def read_holidays(folder: Path, problems: list[Problem]) -> tuple[Year, ...]:
    """The years of the file, oldest first; none where there is no such file.

    What cannot be used is left out and told in `problems`: hours then know the first days alone.
    """
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
        raw = tomli.loads(text.lstrip("\ufeff"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        problems.append(Problem(NAME, f"left out: it cannot be read: {error.strerror}."))
        return ()
    except UnicodeDecodeError:
        problems.append(Problem(NAME, f"left out: {NOT_UTF8}."))
        return ()
    except tomli.TOMLDecodeError as error:
        line, fault = toml_fault(error, text)
        problems.append(Problem(NAME, f"left out: {fault}.", line))
        return ()
    years = []
    for name, table in raw.items():
        if wrong := list(_wrong(name, table)):
            at = line_of(text, name)
            problems += [Problem(NAME, f"left out: {sentence(why)}", at, name) for why in wrong]
        else:
            off, work = (
                tuple(_days(int(name), span) for span in table.get(field, ()))
                for field in ("off", "work")
            )
            years.append(Year(int(name), off, work))
    return tuple(sorted(years, key=lambda year: year.year))


def not_announced(clinic: Clinic, hours: Iterable[str], today: date) -> Iterator[Problem]:
    """That a year has no table, where hours have need of it or other years have one.

    Elsewhere than in China the parser knows all days.
    """
    needs = [*hours, *(["PH"] if clinic.holidays else [])]
    year = unknown(needs, clinic.holidays, today) if clinic.region == "CN" else None
    if year is not None:
        message = (
            f"it has no table for {year}, and of Chinese holidays PH is only the first day; "
            f"add [{year}] as soon as its days are announced."
        )
        yield Problem(NAME, message, field=str(year), warning=True)


def _wrong(name: str, table: Any) -> Iterator[str]:
    """What is wrong with the table of a year, in sentences without an end."""
    if not _YEAR.fullmatch(name) or not isinstance(table, Mapping):
        yield "write a table for each year, under its number, such as [2026]"
        return
    found = [f"{field}: {why}" for field, why in faults(table, YearFile)]
    yield from found
    if found:
        return
    days: dict[str, list[Days]] = {"off": [], "work": []}
    for field, spans in table.items():
        for span in spans:
            try:
                days[field].append(_days(int(name), span))
            except ValueError:
                yield f"{field}: {span!r} is no day of {name}; write such as Oct 01-07, or Oct 10"
    for off in days["off"]:
        for work in days["work"]:
            if work.first <= off.last and off.first <= work.last:
                yield f"work: {_told(work.first)} is among the days off too; take it out of one"


def _days(year: int, span: str) -> Days:
    """Days as they are written in the file; raises ValueError for what are none."""
    found = _SPAN.fullmatch(span)
    if found is None:
        raise ValueError(span)
    month, first, until, last = found.groups()
    begins = date(year, MONTHS.index(month) + 1, int(first))
    ends = date(year, MONTHS.index(until or month) + 1, int(last)) if last else begins
    if ends < begins:
        raise ValueError(span)
    return Days(begins, ends)


def _told(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day:02}"
