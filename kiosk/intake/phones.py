"""Phone numbers while they are typed: how they look, and whether they are whole. Pure rules.

phonenumbers is imported when first needed: it costs as much as the rest of the lobby's start.
"""

from enum import StrEnum

import msgspec

LONGEST = 18
"""Keys a number may take: 15 digits (E.164), a plus or 00, and one to spare."""


class Verdict(StrEnum):
    """What can be said of a number as it stands."""

    EMPTY = "empty"
    SHORT = "short"
    WHOLE = "whole"
    WRONG = "wrong"


class Judged(msgspec.Struct, frozen=True):
    """A verdict; with SHORT the digits still to go where known, with WHOLE the E.164 form."""

    verdict: Verdict
    to_go: int | None = None
    e164: str = ""

    def __repr__(self) -> str:
        """Nothing of a patient stands in a traceback."""
        return f"Judged({self.verdict.value!r})"


def shown(typed: str, region: str) -> str:
    """The number spaced as its country writes it."""
    from phonenumbers import AsYouTypeFormatter

    formatter = AsYouTypeFormatter(region)
    text = ""
    for char in _international(typed):
        text = formatter.input_digit(char)
    return text


def judge(typed: str, region: str, area: str = "") -> Judged:
    """Whether a number is whole, for a clinic in `region` whose own area code is `area`.

    A local number without its area code counts with the clinic's. Any number its country could
    give out is accepted, mobile or landline.
    """
    typed = _international(typed)
    if not typed.strip("+"):
        return Judged(Verdict.EMPTY)
    # With 1 begins no local number: it is a mobile's, and eight of its digits are not whole.
    for candidate in (typed, area + typed) if area and typed[0] not in "+01" else (typed,):
        if e164 := _valid(candidate, region):
            return Judged(Verdict.WHOLE, e164=e164)
    if len(typed) > 16:
        return Judged(Verdict.WRONG)
    # The fewest digits that would make it whole: zeros stand for those that are to come.
    for more in range(1, 11):
        if _valid(typed + "0" * more, region) or _valid(typed + "1" * more, region):
            return Judged(Verdict.SHORT, to_go=more)
    return Judged(Verdict.SHORT if len(typed) < 8 else Verdict.WRONG)


def area_code(e164: str) -> str:
    """The area code in a landline's number: "21" in +86 21 6345 5101; "" where it has none."""
    import phonenumbers

    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return ""
    length = phonenumbers.length_of_geographical_area_code(number)
    return str(number.national_number)[:length]


def _international(typed: str) -> str:
    return "+" + typed[2:] if typed.startswith("00") else typed


def _valid(typed: str, region: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
