"""What people type as digits, numbers, times and days, read in one place by one rule.

What an input method sends (full width, superscripts, circles) means its plain form; a digit is
one of 0 to 9 after that, and anything else is none. Pure.
"""

import re
import unicodedata
from datetime import date

DIGITS = "0123456789"
LONGEST = 18
"""Digits of a number: more have no meaning here, and Python refuses to turn 5,000 into one."""
FIRST_YEAR, LAST_YEAR = 2000, 2199

_TIME = re.compile(r"([0-9]{1,2})\s*[-:.,;。、·hH点點时時시]\s*([0-9]{2})|([0-9]{1,2})([0-9]{2})")
_DAY = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_TICKET = re.compile(r"([a-z]{0,2})\s*([0-9]{1,6})")


def plain(text: str) -> str:
    """A text as it was meant: half width, without the spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def digit(character: str | None) -> str:
    """The digit that one character means, "" if it is none."""
    meant = plain(character or "")
    return meant if len(meant) == 1 and meant in DIGITS else ""


def digits(text: str) -> str:
    """The digits among what was typed."""
    return "".join(char for char in plain(text) if char in DIGITS)


def number(text: str) -> int | None:
    """A whole number, None where it is none."""
    meant = plain(text)
    is_one = 0 < len(meant) <= LONGEST and not meant.strip(DIGITS)
    return int(meant) if is_one else None


def clock(text: str) -> str:
    """A time of day as HH:MM: 1030, 9.30 and ９：３０ are times too; raises ValueError."""
    found = _TIME.fullmatch(plain(text))
    hour, minute = (int(part) for part in found.groups() if part) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise ValueError("A time looks like 10:30.")
    return f"{hour:02d}:{minute:02d}"


def day(text: str) -> date:
    """A day as 2026-11-23, with points or slashes too; raises ValueError."""
    found = _DAY.fullmatch(plain(text))
    year, month, of_month = map(int, found.groups()) if found else (0, 0, 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("A day looks like 2026-11-23.")
    return date(year, month, of_month)


def ticket(text: str) -> tuple[str, int] | None:
    """A ticket's letter, "" where none was typed, and its number: 12, a12 and Ａ012."""
    found = _TICKET.fullmatch(plain(text).casefold())
    return (found[1].upper(), int(found[2])) if found else None
