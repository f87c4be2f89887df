"""Who was in which room from when to when, told from a day's events; pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from db.checkin import CheckIn, Event, Status
from db.kinds import EventKind

DAY_CLOSED = "day-closed"
"""Why people are no longer in the clinic's books when nobody knows when they went."""

BREAK = 20
IDLE_BREAK = 10
"""Minutes a room stands free, with somebody there to call, after which it is having a break: after
a visit, which may need a while to be written up, and when it was idle."""

IN_A_ROOM = (Status.called, Status.in_service)


class Stay(Struct, frozen=True, kw_only=True):
    """One check-in's use of a room, from the call; it is called anew for the next one."""

    number: int
    service: str
    room: str
    called: datetime
    ended: datetime | None = None
    outcome: Status | None = None
    """The status it went on to; None while it lasts."""

    @property
    def minutes(self) -> float:
        """How long it took; only for one that ended."""
        assert self.ended is not None
        return (self.ended - self.called).total_seconds() / 60


def stays_of(check_ins: Iterable[CheckIn], events: Collection[Event]) -> list[Stay]:
    """Give the stays in rooms in order of their calls, without what was undone.

    One that ended with the day stays without an end: nobody knows when they went.
    """
    undone = {event.undoes for event in events}
    happened: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.check_in is not None and event.undoes is None and event.id not in undone:
            happened[event.check_in].append(event)
    found: list[Stay] = []
    for one in check_ins:
        called = None
        mine = happened[one.number]
        # What an event led to is what the next one found.
        found_next = [event.before or {} for event in mine[1:]]
        for event, after in zip(mine, [*found_next, {}], strict=True):
            status = Status(after.get("status", one.status))
            if called is None:
                if event.what is EventKind.called:
                    called = event.at
                elif event.what is EventKind.reopened and status in IN_A_ROOM:
                    # They had never gone: it is the same stay that goes on.
                    called = found.pop().called if _is_of(found, one) else event.at
            elif status not in IN_A_ROOM:
                before = event.before or {}
                found.append(
                    Stay(
                        number=one.number,
                        service=before.get("service", one.service),
                        room=before.get("room") or "",
                        called=called,
                        ended=None if event.reason == DAY_CLOSED else event.at,
                        outcome=status,
                    )
                )
                called = None
        if called is not None:
            stay = Stay(number=one.number, service=one.service, room=one.room or "", called=called)
            found.append(stay)
    return sorted(found, key=lambda stay: (stay.called, stay.number))


def _is_of(found: Sequence[Stay], one: CheckIn) -> bool:
    return bool(found) and found[-1].number == one.number


class Gap(Struct, frozen=True, kw_only=True):
    """How long a room stood free before a call, while the person called was waiting there."""

    stay: Stay
    """The one it ended with."""
    minutes: float
    was_idle: bool
    """Whether nobody waited when the room became free: it was an arrival that ended the rest."""

    @property
    def is_break(self) -> bool:
        """Whether nobody was there to call."""
        return self.minutes >= (IDLE_BREAK if self.was_idle else BREAK)


def gaps_of(stays: Iterable[Stay], check_ins: Iterable[CheckIn]) -> list[Gap]:
    """Give the gaps between the `stays` of each room, where it is known when one ended.

    Of somebody called before their appointment nobody knows since when the room would have.
    """
    waits_from = {one.number: one.waits_from for one in check_ins}
    last: dict[str, Stay] = {}
    gaps = []
    for stay in stays:
        before = last.get(stay.room)
        if before is not None and before.ended is not None:
            came = waits_from[stay.number]
            gap = stay.called - max(before.ended, came)
            if stay.called >= max(before.ended, came):
                minutes = max(0.0, gap.total_seconds() / 60)
                gaps.append(Gap(stay=stay, minutes=minutes, was_idle=came > before.ended))
        last[stay.room] = stay
    return gaps


class Shift(Struct, frozen=True, kw_only=True):
    """From when to when a room worked without a break."""

    start: datetime
    end: datetime
    may_go_on: bool
    """Whether it may have stayed open: nobody was left waiting for what it does."""


def shifts_of(
    room: str, stays: Sequence[Stay], gaps: Iterable[Gap], check_ins: Iterable[CheckIn]
) -> list[Shift]:
    """Say when a room worked, from a call to the end of a visit, between its breaks."""
    breaks = {gap.stay: gap for gap in gaps if gap.is_break}
    mine = [stay for stay in stays if stay.room == room]
    shifts = []
    start, end = mine[0].called, mine[0].called
    for stay in mine:
        if (gap := breaks.get(stay)) is not None:
            # Where it stood empty first, it was left at some time before somebody came.
            came = stay.called - timedelta(minutes=gap.minutes)
            shifts.append(Shift(start=start, end=end + (came - end) / 2, may_go_on=False))
            start = stay.called
        end = max(end, stay.ended or stay.called)
    later = end + timedelta(minutes=BREAK)
    first = {stay.number: stay.called for stay in reversed(stays)}
    offered = {stay.service for stay in mine}
    left_waiting = any(
        one.service in offered
        and one.waits_from <= end
        and (first.get(one.number) or one.ended_at or later) >= later
        for one in check_ins
    )
    return [*shifts, Shift(start=start, end=end, may_go_on=not left_waiting)]
