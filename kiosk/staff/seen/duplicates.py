"""Which other tickets may be the same person's: whoever is plausible, never their family; pure."""

from datetime import timedelta
from difflib import SequenceMatcher
from enum import Enum

import msgspec

from db import CheckIn, Person, Status
from kiosk.languages.pinyin import bare, matches
from kiosk.staff.seen.snapshot import Snapshot

ALIKE = 0.8
"""From 0 to 1: how alike two names are that may be one, mistyped."""
SPELT = 4
"""Letters from which pinyin may stand for a Chinese name."""
SOON = timedelta(minutes=15)
"""Between two tickets of which nothing is known but that they are for the same."""


class Sign(Enum):
    """What speaks for two tickets being one person's; the first say most."""

    PHONE = 4
    NAME = 3
    SERVICE = 1


class Likely(msgspec.Struct, frozen=True):
    """Another ticket that may be the same person's, and why."""

    check_in: CheckIn
    signs: tuple[Sign, ...]


def likely(one: CheckIn, snapshot: Snapshot, *, names: bool) -> list[Likely]:
    """The tickets of those still here that may be theirs, the likeliest first.

    Without `names` nobody's name is compared: what is hidden is not to be guessed.
    """
    people = snapshot.people if names else {}
    found = []
    for other in snapshot.open:
        if other.id == one.id or _are_family(one, other):
            continue
        signs = _signs(one, other, people.get(one.id), people.get(other.id))
        if signs:
            found.append(Likely(other, signs))

    def place(it: Likely) -> tuple[bool, int]:
        return it.check_in.status is Status.in_service, -sum(sign.value for sign in it.signs)

    return sorted(found, key=place)


def _are_family(one: CheckIn, other: CheckIn) -> bool:
    """Whether they came together, or one of them is whom somebody else speaks for."""
    return (one.party or one.id) == (other.party or other.id) or one.whom != other.whom


def _signs(
    one: CheckIn, other: CheckIn, first: Person | None, second: Person | None
) -> tuple[Sign, ...]:
    names = first.name if first else "", second.name if second else ""
    both, alike = all(names), all(names) and like(*names)
    if both and not alike:
        return ()  # a phone that two people share is a family's
    phones = _phone(one), _phone(other)
    same_phone = phones[0] == phones[1]
    same_service = bool(one.service) and one.service == other.service
    if not (same_phone or alike):
        unknown = not (one.has_name and other.has_name) and not (one.has_phone and other.has_phone)
        apart = abs(one.arrived_at - other.arrived_at)
        if not (same_service and unknown and apart <= SOON):
            return ()
    told = ((Sign.PHONE, same_phone), (Sign.NAME, alike), (Sign.SERVICE, same_service))
    return tuple(sign for sign, holds in told if holds)


def _phone(one: CheckIn) -> str:
    """The first ticket of the day with their phone, which stands for it."""
    return one.same_phone_as or one.ticket


def like(one: str, other: str) -> bool:
    """Whether two names may be one: in other letters, in pinyin, in part, or mistyped."""
    first, second = bare(one), bare(other)
    words = set(first.split()), set(second.split())
    if words[0] <= words[1] or words[1] <= words[0]:
        return True
    if first.isascii() != second.isascii():
        latin, other_one = (first, second) if first.isascii() else (second, first)
        letters = sum(char.isalpha() for char in latin)
        return letters >= SPELT and matches(other_one, latin, begins=True)
    return SequenceMatcher(None, first, second).ratio() >= ALIKE
