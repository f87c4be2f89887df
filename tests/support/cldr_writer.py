"""Writes kiosk/languages/cldr.py: how languages write days and numbers, as babel knows it."""

import re
from collections.abc import Iterable
from pathlib import Path

from babel import Locale

from kiosk.languages.language import OWN_NAMES

OPENING = '''\
"""How each language writes days and numbers (CLDR). `make translations` writes this file."""

from collections.abc import Mapping

DAYS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {days}
"""Short weekdays from Monday, short months from January, and a day written with them."""

MARKS: Mapping[str, tuple[str, str]] = {marks}
"""What stands between groups of thousands, and before decimals."""
'''
FIELDS = {"E": "{weekday}", "d": "{day}", "M": "{number}", "MMM": "{month}"}


def written(tags: Iterable[str] = OWN_NAMES) -> str:
    """The file, with a row for each of these languages."""
    locales = {tag: Locale.parse(tag.replace("-", "_")) for tag in tags}
    return OPENING.replace("{days}", repr({t: _days(lo) for t, lo in locales.items()})).replace(
        "{marks}", repr({t: _marks(lo) for t, lo in locales.items()})
    )


def _days(locale: Locale) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    weekdays, months = (part["format"]["abbreviated"] for part in (locale.days, locale.months))
    pattern = str(locale.datetime_skeletons["MMMEd"])
    return (
        tuple(weekdays[number] for number in range(7)),
        tuple(months[number] for number in range(1, 13)),
        re.sub(r"[a-zA-Z]+", lambda found: FIELDS[found[0]], pattern),
    )


def _marks(locale: Locale) -> tuple[str, str]:
    marks = locale.number_symbols["latn"]
    return marks["group"], marks["decimal"]


if __name__ == "__main__":
    target = Path(__file__).parents[2] / "kiosk" / "languages" / "cldr.py"
    target.write_text(written(), encoding="utf-8")
