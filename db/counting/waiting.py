"""How long people waited: neither while they were elsewhere nor before an appointment; pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from db.checkin import CheckIn, Event, Status

QUEUED = (Status.waiting, Status.called)
NO_TIME = timedelta()


class Waited(Struct, frozen=True):
    """The time somebody has spent in the queue, and since when they wait now."""

    before: timedelta = NO_TIME
    since: datetime | None = None
    """None while they do not: they are with staff, at the laboratory, or gone."""

    def until(self, now: datetime) -> timedelta:
        """All of it, at a moment."""
        return self.before + (max(NO_TIME, now - self.since) if self.since else NO_TIME)


def waited_by(
    check_ins: Iterable[CheckIn],
    events: Collection[Event],
    where: Collection[Status] = QUEUED,
) -> Mapping[int, Waited]:
    """Say how long each has been in the queue, by number, called or not unless `where` says so."""
    mine = _happened(events)
    return {one.number: _waited(_spans(one, mine[one.number]), where) for one in check_ins}


def waits_until_called(
    check_ins: Iterable[CheckIn], events: Collection[Event]
) -> Mapping[int, timedelta]:
    """Say how long each waited until the first call, by number, of those who were called."""
    mine, found = _happened(events), {}
    for one in check_ins:
        waited = NO_TIME
        for status, start, end in _spans(one, mine[one.number]):
            if status is Status.called:
                found[one.number] = waited
                break
            if status is Status.waiting and end is not None:
                waited += max(NO_TIME, end - start)
    return found


def _waited(
    spans: Iterable[tuple[Status, datetime, datetime | None]], where: Collection[Status]
) -> Waited:
    before, since = NO_TIME, None
    for status, start, end in spans:
        if status in where:
            before += NO_TIME if end is None else max(NO_TIME, end - start)
            since = start if end is None else None
    return Waited(before, since)


def _happened(events: Collection[Event]) -> Mapping[int, list[Event]]:
    """Sort a day's events by check-in, without what was undone."""
    undone = {event.undoes for event in events}
    happened: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.check_in is not None and event.undoes is None and event.id not in undone:
            happened[event.check_in].append(event)
    return happened


def _spans(one: CheckIn, mine: list[Event]) -> Iterator[tuple[Status, datetime, datetime | None]]:
    """Give where somebody stood from when to when; the last has no end.

    None begins before the moment from which on they wait, so that some end before they begin.
    """
    from_then = one.waits_from
    # What an event led to is what the next one found.
    led_to = [Status((event.before or {}).get("status", one.status)) for event in mine[1:]]
    status, since = Status.waiting, one.arrived_at
    for event, after in zip(mine, [*led_to, one.status], strict=True):
        if after is not status:
            yield status, max(since, from_then), event.at
            status, since = after, event.at
    yield status, max(since, from_then), None
