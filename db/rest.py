"""What stands behind the last sound line of a file, and what was in it perhaps; pure."""

import re
from collections.abc import Mapping
from enum import Enum

from db.line import HASH, UNREADABLE, decode

SHORTEST = 640
"""Bytes of the shortest line that can hold a check-in."""

_HASHED = re.compile(rb"[0-9a-f]{%d} \{" % HASH)


class Rest(Enum):
    """What stands behind the last sound line of a file."""

    nothing = 0
    torn = 1
    """One line that a power cut left unfinished; nobody was told of it."""
    garbage = 2
    """Nothing that can be read; the day can go on in another file."""
    damage = 3
    """A line that can be read, behind one that cannot: the file is damaged in its middle."""


def kind_of(rest: bytes) -> Rest:
    """Say what `rest`, which stands behind the last sound line, is taken for.

    A power cut leaves the beginning of a line, or one with a hole of zeros. A hole that could hold
    the end of one line and the beginning of the next is not explained by that.
    """
    if not rest:
        return Rest.nothing
    stop = rest.find(b"\n")
    if stop < 0:
        return Rest.garbage if _can_be_read(rest[:-1]) else Rest.torn
    if any(map(_can_be_read, rest[stop + 1 :].splitlines())):
        return Rest.damage
    is_one = stop == len(rest) - 1
    return Rest.torn if is_one and b"\0" in rest and stop < 2 * SHORTEST else Rest.garbage


def _can_be_read(text: bytes) -> bool:
    """Say whether this is a line in shape, whatever its hash."""
    try:
        decode(text[HASH + 1 :])
    except UNREADABLE:
        return False
    return bool(_HASHED.match(text))


def tickets_in(garbage: bytes, counters: Mapping[str, int]) -> dict[str, int]:
    """Give each series' counter with the tickets that may have been given in `garbage`.

    They may be in somebody's hand. What can be read tells; for the rest, as many as fit.
    """
    counts = {}
    for series, before in counters.items():
        if not (series.isupper() and series.isascii()):
            continue
        found = re.findall(rb'"ticket":"%s([0-9]{1,9})"' % series.encode(), garbage)
        counts[series] = max([before + len(garbage) // SHORTEST, *map(int, found)])
    return {series: count for series, count in counts.items() if count != counters[series]}
