"""Phone numbers: what was typed, turned into E.164 where it can be understood."""

from __future__ import annotations

import unicodedata


def e164(typed: str, region: str | None) -> str | None:
    """Give the number as E.164, or None if it is not a possible number.

    `region` (such as "CN") is where a number without + is from; None: only + and 00 count.
    A number with an extension has no E.164 form.
    """
    import phonenumbers  # slow to import, and a nameless check-in needs none of it

    text = unicodedata.normalize("NFKC", typed).strip()
    if region is None and text.startswith("00"):
        text = "+" + text[2:]
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normal(typed: str, region: str | None) -> str:
    """Give the number as E.164, or as it was typed."""
    return e164(typed, region) or typed.strip()
