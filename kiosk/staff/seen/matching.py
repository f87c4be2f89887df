"""Who of today's list a check-in may be: by phone, name and time; proposed, never decided; pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum

import msgspec

from db import OPEN, Booking, CheckIn, Moment, Person
from kiosk.languages import typed
from kiosk.staff.seen.duplicates import like
from kiosk.staff.seen.rows import View, fit, name_text
from kiosk.staff.seen.snapshot import Snapshot

NEAR = timedelta(minutes=10)
"""Between the time somebody said and the list's, where that alone makes it plausible."""
FAR = timedelta(minutes=90)
"""Beyond this the same name is asked about: people come twice a day."""
PHONE_END = 7
"""Digits in which two numbers end alike, whatever stands before them."""
NAME_CELLS = 14
LEAST = 2
"""Characters of a name that may be compared."""
TITLES = ("先生", "女士", "小姐", "小朋友", "太太", "mr ", "ms ", "mrs ", "child ", "dr ")


class Hint(Enum):
    """What speaks for it; the first say most."""

    PHONE = 5
    NAME = 4
    TIME = 3
    WHOM = 1


class Match(msgspec.Struct, frozen=True):
    """One of the list that a check-in may be, and why."""

    booking: Booking
    hints: tuple[Hint, ...]

    @property
    def is_them(self) -> bool:
        """Whether more than the time speaks for it."""
        return Hint.PHONE in self.hints or Hint.NAME in self.hints


def still_to_come(moment: Moment) -> list[Booking]:
    """Who of the list has not come, by time."""
    return [one for one in moment.bookings if one.id not in moment.come]


def said_at(check_in: CheckIn, view: View) -> datetime | None:
    """The moment that somebody says they are booked for, None if they name no time."""
    if not check_in.appointment_time:
        return None
    return moment_of(check_in.day, check_in.appointment_time, view)


def moment_of(day: date, clock: str, view: View) -> datetime:
    """The moment of a service day at which the clinic's clocks show a time."""
    after_midnight = clock < view.settings.day_starts
    shown = datetime.combine(day, time.min, view.now.tzinfo) + timedelta(days=after_midnight)
    hour, minute = map(int, clock.split(":"))
    return shown.replace(hour=hour, minute=minute)


def matches_of(check_in: CheckIn, snapshot: Snapshot, view: View) -> list[Match]:
    """Whom of the list somebody may be, the likeliest first.

    While names are hidden only the time is compared: what is hidden is not to be guessed.
    """
    people: Mapping[str, Person | None] = {} if view.names_hidden else snapshot.people
    booked = {} if view.names_hidden else snapshot.booked
    said = check_in.due_at or said_at(check_in, view)
    found = []
    for one in still_to_come(snapshot.moment):
        hints = _hints(check_in, one, people.get(check_in.id), booked.get(one.id), said)
        if hints:
            found.append(Match(one, hints))

    def place(match: Match) -> tuple[int, float]:
        apart = abs((match.booking.due_at - (said or check_in.arrived_at)).total_seconds())
        return -sum(hint.value for hint in match.hints), apart

    return sorted(found, key=place)


def here_already(booking: Booking, snapshot: Snapshot, view: View) -> list[CheckIn]:
    """Who is here, not on the list yet, and may be somebody of it by name or phone."""
    found = []
    for one in snapshot.open:
        if one.booking is None:
            hints = _hints(
                one, booking, snapshot.people.get(one.id), snapshot.booked.get(booking.id), None
            )
            found += [one] * bool(hints)
    return [] if view.names_hidden else found


def the_one(found: Sequence[Match], said: datetime | None) -> Match | None:
    """The match that needs no question: one only by name or phone, at about the time they said."""
    named = [match for match in found if match.is_them]
    if len(named) != 1:
        return None
    apart = abs(named[0].booking.due_at - said) if said else timedelta()
    return named[0] if apart <= FAR else None


def _hints(
    check_in: CheckIn,
    booking: Booking,
    person: Person | None,
    listed: Person | None,
    said: datetime | None,
) -> tuple[Hint, ...]:
    names = person.name if person else "", listed.name if listed else ""
    same_phone = _ends_alike(person.phone if person else "", listed.phone if listed else "")
    known = all(len(name.strip()) >= LEAST for name in names)
    same_name = known and is_like(*names)
    near = said is not None and abs(booking.due_at - said) <= NEAR
    if known and not same_name and not same_phone:
        return ()  # somebody else at the same time
    if not (same_name or same_phone or (near and check_in.appointment)):
        return ()
    whom = booking.practitioner is not None and booking.practitioner == check_in.practitioner
    told = ((Hint.PHONE, same_phone), (Hint.NAME, same_name), (Hint.TIME, near), (Hint.WHOM, whom))
    return tuple(hint for hint, holds in told if holds)


def is_like(came: str, listed: str) -> bool:
    """Whether a name on the list may be that of somebody who came; a surname and a title may be."""
    one, other = _bare(came), _bare(listed)
    if not one or not other:
        return False
    if len(one) == len(_words(came)):
        return like(one, other)
    # 王女士, or Ms Wang 王, and 王芳 on the list
    return any(_is_surname(word, other) for word in one.split())


def _is_surname(word: str, name: str) -> bool:
    return name.startswith(word) if not word.isascii() else like(word, name)


def _words(name: str) -> str:
    return " ".join(re.split(r"[\s,，、·]+", name.casefold())).strip()


def _bare(name: str) -> str:
    """A name in words with one space between, without a title."""
    small = _words(name)
    for title in TITLES:
        small = small.removesuffix(title).removeprefix(title) if len(small) > len(title) else small
    return small.strip()


def _ends_alike(one: str, other: str) -> bool:
    first, second = typed.digits(one)[-PHONE_END:], typed.digits(other)[-PHONE_END:]
    return len(first) == PHONE_END and first == second


def proposal(check_in: CheckIn, snapshot: Snapshot, view: View) -> str:
    """What is proposed for somebody who is not confirmed, in few words; "" for nothing."""
    lang = view.lang
    if check_in.due_at or check_in.status not in OPEN or not snapshot.moment.bookings:
        return ""
    said, found = said_at(check_in, view), matches_of(check_in, snapshot, view)
    if one := the_one(found, said):
        time = lang.clock(one.booking.due_at.astimezone(view.now.tzinfo))
        if said and said != one.booking.due_at:
            return lang("listed {time}, said {said}: = confirms", time=time, said=lang.clock(said))
        name = fit(name_text(snapshot.booked.get(one.booking.id), view), NAME_CELLS)
        return lang("listed {time} {name}: = confirms", time=time, name=name)
    if found:
        return lang("perhaps on the list: = asks")
    return lang("not on the list: = asks") if check_in.appointment else ""
