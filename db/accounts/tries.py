"""Wrong PINs: where they count, and how long they lock. Pure rules."""

from collections.abc import Mapping, MutableMapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated

from msgspec import Meta, Struct

TRIES = 5
"""Wrong PINs before a lock-out."""

LOCKED_FOR = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=1)
"""After this long without another, wrong tries no longer count."""

AT_MOST = 2000
"""Places that are remembered: whoever makes up names must not fill the disk."""


class Tries(Struct, frozen=True):
    """Wrong tries at one place; at TRIES it is locked for a while."""

    wrong: Annotated[int, Meta(ge=0, le=TRIES)]
    at: Annotated[datetime, Meta(tz=True)]


def place_of(key: str, terminal: str, *, is_known: bool, everybody: bool) -> str:
    """Where a try counts: for one account at one terminal, or for everybody at that terminal.

    A name that is no account's is kept as a hash: it may be a PIN typed into the wrong field.
    """
    if everybody:
        return f"\0{terminal}"
    who = key if is_known else "?" + sha256(key.encode()).hexdigest()[:16]
    return f"{who}\0{terminal}"


def forgive(
    tries: MutableMapping[str, Tries],
    key: str,
    *,
    shared: bool = False,
    now: datetime | None = None,
) -> bool:
    """Forget an account's wrong tries, and those all `shared`; say if that frees anybody now."""
    found = [p for p in tries if is_of(p, key) or (shared and p.startswith("\0"))]
    freed = [_locks(tries.pop(place), now) for place in found]
    return any(freed)


def renamed(tries: Mapping[str, Tries], old: str, new: str) -> dict[str, Tries]:
    """Give the tries with those of an account under its new name."""
    return {
        new + place.removeprefix(old) if is_of(place, old) else place: last
        for place, last in tries.items()
    }


def locked_until(tries: Mapping[str, Tries], key: str, now: datetime) -> datetime | None:
    """Say until when an account is locked at some terminal, None if it is at none."""
    ends = [
        last.at + LOCKED_FOR for p, last in tries.items() if is_of(p, key) and _locks(last, now)
    ]
    return max(ends, default=None)


def _locks(last: Tries, now: datetime | None) -> bool:
    return now is not None and last.wrong >= TRIES and not _is_over(last, now)


def is_of(place: str, key: str) -> bool:
    """Whether a place is this account's, at whatever terminal."""
    return place.startswith(f"{key}\0")


def tries_before(tries: MutableMapping[str, Tries], place: str, now: datetime) -> int:
    """Give the wrong tries that still count, TRIES if locked; forgets what is over."""
    for old in [p for p, last in tries.items() if last.at <= now and _is_over(last, now)]:
        del tries[old]
    while len(tries) > AT_MOST:
        del tries[min(tries, key=lambda one: tries[one].at)]
    last = tries.get(place)
    if last is None:
        return 0
    if last.at > now:
        # A clock that was set back must neither free anyone nor lock them for years.
        last = tries[place] = Tries(last.wrong, now)
    return last.wrong


def _is_over(last: Tries, now: datetime) -> bool:
    return now - last.at >= (LOCKED_FOR if last.wrong >= TRIES else FORGOTTEN_AFTER)
