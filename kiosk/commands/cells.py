"""Cells of a CSV file that no spreadsheet takes for formulas, by whatever sign it cuts them."""

import re
import unicodedata

FORMULA = "=+-@＝＋－＠"
"""What makes a spreadsheet take a cell for a formula; the wide ones do so in East Asia."""

WITHIN = FORMULA + "'’.([{（「"
"""Signs that stand before these in names and numbers, and separate cells in no spreadsheet."""

BOM = "\ufeff"
"""What a file must begin with for Excel to read its Chinese."""


def safe(value: object) -> object:
    """Give a cell that is no formula and hides none behind a comma, semicolon, tab or the like.

    An apostrophe makes text of what would begin one. A phone number with its country code is
    a number to any of them, and stays as it is; None is an empty cell.
    """
    if not isinstance(value, str) or re.fullmatch(r"\+[0-9]{5,15}", value):
        return "" if value is None else value
    return "".join(f"'{sign}" if _begins(value, at) else sign for at, sign in enumerate(value))


def _begins(text: str, at: int) -> bool:
    """Say whether a formula would begin here, if what stands before it separated cells."""
    if text[at] not in FORMULA:
        return False
    gap = re.search(r'[\s"“”]*$', text[:at])
    assert gap is not None
    blanks = re.sub('["“”]', "", gap[0])
    if blanks.strip(" ") or (blanks and text[at + 1 : at + 2] != " "):
        return True  # but a dash between two words may stay
    before = text[: gap.start()][-1:]
    is_letter = before.isalnum() or unicodedata.category(before or " ").startswith("M")
    return not before or not (is_letter or before in WITHIN)
