"""The queue played through once, from now until somebody is called; pure."""

from bisect import bisect_right, insort
from collections.abc import Sequence
from math import exp, inf, sqrt
from random import Random

from msgspec import Struct

from db import QUARTER
from kiosk.queue.wait.history import POINTS, History, Law
from kiosk.queue.wait.rooms_now import Room

SHARED = 0.7
"""Correlation of a room's pace with the day's: half of what makes it unlike is common to all."""

NEWCOMER = 0
"""The number of whoever comes while the queue is played."""

Person = tuple[int, int, Sequence[float], float, float]
"""A number, a bit for each room that suits them, equally likely visits, the minutes they have
waited, and the minutes from now after which they are called before the line (infinity: never)."""


def from_when(one: Person) -> float:
    """Give the minutes after which somebody is called before the line."""
    return one[4]


class Line(Struct, frozen=True):
    """Who waits as a play begins, as far as it matters to one of them."""

    people: Sequence[Person]
    """As they are called while nobody is called before the line."""
    first: Sequence[Person]
    """Those who are called before the line, or will be, in that order."""
    me: Person


def line_of(people: Sequence[Person], me: Person) -> Line:
    """Give the line of these people, one of whom it matters to."""
    first = sorted((one for one in people if from_when(one) < inf), key=from_when)
    return Line(people, first, me)


class Coming(Struct, frozen=True):
    """People a minute who come and are called before others, all that time or from then on."""

    out_of_turn: float = 0.0
    booked: float = 0.0
    early: float = 0.0
    """Minutes before their appointment that these come, on average."""


def play(
    random: Random, rooms: Sequence[Room], whole: Line, history: History, coming: Coming
) -> float:
    """Play the queue through once: minutes until one of it is called, or infinity."""
    chance = random.random
    missing, turnover = history.missing.minutes, history.turnover.minutes
    gave_up, missed = history.gave_up, history.missed
    paces, ready, hours = [], [], []
    notices = chance()  # whoever looks up calls to any room that is free
    whole_day = random.gauss(0, SHARED)
    for room in rooms:
        pace = exp(room.pace + room.unsure * random.gauss(whole_day, sqrt(1 - SHARED**2)))
        stops, starts = (
            minutes + (chance() - 0.5) * QUARTER if minutes else 0.0
            for minutes in room.hours[int(chance() * len(room.hours))]
        )
        at = 0.0
        for law, taken in room.busy:
            at += pace * _left(law, taken / pace, chance()) + turnover[int(chance() * POINTS)]
        if room.gap is not None:
            law, taken = room.gap
            at = _left(law, taken, notices)
            at += room.paused
        at = max(at, room.paused)
        paces.append(pace)
        ready.append(at if at < stops else max(at, starts))
        hours.append((stops, starts) if at < stops else (inf, inf))
    line, first, me = list(whole.people), list(whole.first), whole.me
    everywhere, visits = (1 << len(rooms)) - 1, history.anybody.minutes
    comes = random.expovariate(coming.out_of_turn) if coming.out_of_turn else inf
    books = random.expovariate(coming.booked) if coming.booked else inf
    while (at := min(ready)) < inf:
        while comes <= at:
            first.insert(0, (NEWCOMER, everywhere, visits, 0.0, -inf))
            comes += random.expovariate(coming.out_of_turn)
        while books <= at:
            due = books + 2 * coming.early * chance()
            insort(first, (NEWCOMER, everywhere, visits, 0.0, due), key=from_when)
            books += random.expovariate(coming.booked)
        n = ready.index(at)
        one = _next(line, first, 1 << n, at)
        if one is None:
            ready[n] = inf
            continue
        if one is me:
            return at
        number, _, takes, waited, before = one
        if before < inf:
            first.remove(one)
        if number != NEWCOMER:
            line.remove(one)
        what, pace = chance() - gave_up * (waited + at), paces[n]
        if what < 0:
            continue
        if what < missed:
            takes, pace = missing, 1.0
        at += pace * takes[int(chance() * POINTS)] + turnover[int(chance() * POINTS)]
        stops, starts = hours[n]
        if at >= stops:
            at, hours[n] = max(at, starts), (inf, inf)
        ready[n] = at
    return inf


def _next(line: Sequence[Person], first: Sequence[Person], room: int, at: float) -> Person | None:
    """Give whom a room, told as its bit, calls next."""
    for one in first:
        if one[4] > at:
            break
        if one[1] & room:
            return one
    for one in line:
        if one[1] & room:
            return one
    return None


def _left(law: Law, taken: float, chance: float) -> float:
    """Draw how many more minutes something takes that has taken some already."""
    shorter = bisect_right(law.minutes, taken)
    if shorter == POINTS:  # longer than anything known: forgotten, or about to end
        return chance * law.minutes[POINTS // 2]
    return law.minutes[shorter + int(chance * (POINTS - shorter))] - taken
