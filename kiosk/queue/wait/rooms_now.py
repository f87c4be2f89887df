"""How the rooms stand now, and what may become of them; pure."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from math import inf, log, sqrt

from db import FORGOTTEN, QUARTER, CheckIn, Span, Status, Stay
from kiosk.queue.wait.history import POINTS, History, Law

NOBODY: Mapping[str, float] = {}
"""Rooms that have a break, where none has."""

ALIKE = 3
"""Past days on which a room stood as it does now, below which its hours are not guessed."""

WEIGHT = 20
"""How often a past day that counts fully is listed; once is the least."""


class Room:
    """A room as it stands now, and what may become of it."""

    def __init__(self, name: str, services: Collection[str]) -> None:
        self.name = name
        self.services = services
        self.pace = 0.0
        self.unsure = 0.0
        """Logarithm of the pace of whoever works there, and its standard deviation."""
        self.busy: list[tuple[Law, float]] = []
        """Visits that go on or are next, and the minutes they have taken."""
        self.gap: tuple[Law, float] | None = None
        """Until a free room calls, and the minutes that it has been free to."""
        self.paused = 0.0
        """Minutes from now until a break is over that staff have said; it calls nobody before."""
        self.hours: list[tuple[float, float]] = []
        """Equally likely: minutes from now until it stops, and until it goes on."""

    def suits(self, one: CheckIn) -> bool:
        """Say whether the room may call somebody."""
        return one.urgent or not self.services or one.service in self.services


def working_rooms(
    rooms: Mapping[str, Collection[str]],
    line: Sequence[CheckIn],
    stays: Sequence[Stay],
    history: History,
    now: datetime,
    minute: float,
    paused: Mapping[str, float] = NOBODY,
) -> list[Room]:
    """Give the rooms that work, or may yet, for anybody in `line`; see `wait.expected_wait`."""
    found = []
    # One that only staff know of offers everything, as far as we know.
    for name, services in ({stay.room: () for stay in stays} | dict(rooms)).items():
        room = Room(name, services)
        room.paused = paused.get(name, 0.0)
        suited = [one for one in line if room.suits(one)]
        if suited:
            mine = [stay for stay in stays if stay.room == name]
            _learn_pace(room, mine, history)
            if any(stay.outcome is None for stay in mine):
                _go_on(room, mine, history, now, minute)
            else:
                left = {stay.number: stay.ended for stay in stays if stay.ended}
                there = min(
                    max(one.waits_from, left.get(one.number, one.waits_from)) for one in suited
                )
                _stand_free(room, mine, there, history, now, minute)
            if any(stops > 0 or starts < inf for stops, starts in room.hours):
                found.append(room)
    return found


def _go_on(
    room: Room, mine: Sequence[Stay], history: History, now: datetime, minute: float
) -> None:
    """Somebody is in the room, and perhaps another one called already."""
    going_on = [
        (history.visit(s.service), minutes_since(now, s.called)) for s in mine if not s.outcome
    ]
    # A call that nobody came to, and that staff forgot, keeps nobody waiting.
    going_on = [(law, taken) for law, taken in going_on if taken < law.minutes[-1]] or going_on[-1:]
    taken = going_on[0][1]
    room.busy = [going_on[0], *((law, 0.0) for law, _ in going_on[1:])]
    room.hours = _hours(history.rooms.get(room.name, []), minute, minute - taken, lambda _: 1.0)


def _stand_free(
    room: Room,
    mine: Sequence[Stay],
    there: datetime,
    history: History,
    now: datetime,
    minute: float,
) -> None:
    """The room is free, and somebody has been `there` for it since then."""
    ended = max((stay.ended for stay in mine if stay.ended), default=None)
    idle = ended is None or there > ended
    law = history.reaction if idle else history.turnover
    # Of a break that was said nobody need guess that it is one: after it the room stands free anew.
    free = 0.0 if room.paused else minutes_since(now, there if ended is None or idle else ended)
    room.gap = law, free

    def silent(opened: float) -> float:
        """Give the chance that a room that opened then has called nobody until now."""
        if room.paused:
            return 1.0
        return 1 - bisect_left(law.minutes, min(free, minute - opened)) / POINTS

    days = (history.idle_rooms if idle else history.rooms).get(room.name, [])
    last = None if ended is None else minute - minutes_since(now, ended)
    room.hours = _hours(days, minute, last, silent)


def minutes_since(now: datetime, then: datetime) -> float:
    """Give the minutes from `then` to `now`, none if that lies ahead."""
    return max(0.0, (now - then).total_seconds() / 60)


def _learn_pace(room: Room, mine: Sequence[Stay], history: History) -> None:
    """Weigh what the room's visits of today say of its pace against how much rooms differ."""
    said, weight = 0.0, 1 / history.differ**2
    for stay in mine:
        if stay.outcome is Status.done and stay.ended and stay.minutes <= FORGOTTEN:
            law = history.visit(stay.service)
            said += (log(max(stay.minutes, 0.1)) - law.middle) / law.spread**2
            weight += 1 / law.spread**2
    room.pace, room.unsure = said / weight, sqrt(1 / weight)


def _hours(
    days: Sequence[Sequence[Span]],
    minute: float,
    last: float | None,
    likely: Callable[[float], float],
) -> list[tuple[float, float]]:
    """Let a room go on as on the past days on which it worked at `last`, when it did today.

    Gives as `Room.hours`. A day on which it would be working now counts as far as it is `likely`
    that it has called nobody since it opened. `last` is None for a room that has not worked yet.
    """
    hours, alike = [], 0
    for spans in days:
        if last is not None and not any(
            span.start - QUARTER / 2 <= last <= span.end + QUARTER / 2 for span in spans
        ):
            continue
        alike += 1
        now = [span for span in spans if span.start <= minute < span.end]
        starts = min((span.start - minute for span in spans if span.start > minute), default=inf)
        if now:
            stops = now[0].end - minute
            hours += [(stops, starts)] * round(WEIGHT * likely(now[0].start))
        else:
            hours += [(0.0, starts)] * WEIGHT
    if alike >= ALIKE:
        return hours
    return [(inf, inf)] if likely(-inf) > 1 / WEIGHT else [(0.0, inf)]
