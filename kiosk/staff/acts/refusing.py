"""Why a key does nothing for somebody as they stand, and which keys would do; from the table."""

from collections.abc import Sequence

import msgspec

from db import OPEN, CheckIn, Status
from kiosk.languages.language import Language
from kiosk.staff.acts.act import Act
from kiosk.staff.acts.keys import ACTS
from kiosk.staff.seen.staff_words import status_word

MOST = 6
"""Keys in a sentence: two lines hold them in every language."""


def would_do(one: CheckIn, lang: Language, what: str = "") -> str:
    """What is so, else where somebody stands, and the keys that lead on from there."""
    status = status_word(one.status, lang)
    said = what or lang("{ticket} is {status}", ticket=one.ticket, status=status)
    keys = lang(", ").join(f"{act.letter} {lang(act.label)}" for act in _leading_on(one)[:MOST])
    return lang("{what}. Keys for that: {keys}", what=said, keys=keys) if keys else said


def _leading_on(one: CheckIn) -> Sequence[Act]:
    """The acts that are for some who are here and not for others, and are for this one."""
    found = [act for act in ACTS.values() if act.does_to and not act.beside and act.may(one)]
    if one.status is Status.parked:  # Enter is the same as the key that has it in words
        found = [act for act in found if act.name != "call_this"]
    as_others = [msgspec.structs.replace(one, status=status) for status in OPEN]
    return [act for act in found if not all(map(act.may, as_others))]
