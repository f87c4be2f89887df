"""What the staff's screens know of the queue at one moment; pure."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cached_property

import msgspec

from db import OPEN, CheckIn, EventKind, HelpCall, Moment, Person, Status, Waited, waited_by


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The service day as the store had it, and who came."""

    open: tuple[CheckIn, ...]
    """Those still here: urgent ones not yet begun, waiting in calling order, called, in service,
    parked."""
    today: tuple[CheckIn, ...]
    """Everyone of the day, in order of arrival."""
    people: Mapping[str, Person | None]
    """Who they are, by id; None where the day's key is missing, empty on a locked screen."""
    booked: Mapping[str, Person | None]
    """Who is on today's list, by id, as far as that may be known, like `people`."""
    parked_at: Mapping[int, datetime]
    """When those who are parked went, by number."""
    parked_to: Mapping[int, str]
    """Where they went, by number; "" where nobody said."""
    seen_in: Mapping[int, str]
    """The room from which they went there, by number; they may be back by now."""
    called_by: Mapping[int, str]
    """Who called them last, by number."""
    answered_by: Mapping[int, str]
    """Who said that they go to an urgent check-in, by number."""
    waited: Mapping[int, Waited]
    """How long they have been in the queue, by number."""
    help_calls: tuple[HelpCall, ...]
    occupied: Mapping[str, list[str]]
    """Who is signed in, by room; those at the desk under ""."""
    moment: Moment
    """What it was told from."""

    def paused(self, now: datetime) -> Mapping[str, datetime]:
        """The rooms that have a break, and until when."""
        return self.moment.paused(now)

    def minutes_waited(self, check_in: CheckIn, now: datetime) -> int:
        """Whole minutes in the queue, without time at the laboratory, with staff, or away."""
        waited = self.waited.get(check_in.number, Waited(since=check_in.waits_from))
        return int(waited.until(now).total_seconds() // 60)

    def next_for(self, services: Collection[str]) -> str:
        """The id of whoever is called next to a room that offers these, "" if nobody waits for it.

        Empty: it offers everything; an urgent one suits every room.
        """
        for one in self.open:
            if one.status is Status.waiting and (
                one.urgent or not services or one.service in services
            ):
                return one.id
        return ""

    def find(self, id: str | None) -> CheckIn | None:
        """Today's check-in with this id."""
        return self.by_id.get(id or "")

    @cached_property
    def by_id(self) -> Mapping[str, CheckIn]:
        """Everyone of the day."""
        return {check_in.id: check_in for check_in in self.today}

    @cached_property
    def gone(self) -> tuple[CheckIn, ...]:
        """Those no longer here, the last to go first."""
        gone = [check_in for check_in in self.today if check_in.status not in OPEN]
        return tuple(sorted(gone, key=lambda c: (_seconds(c.ended_at), c.number), reverse=True))

    @cached_property
    def families(self) -> Mapping[str, tuple[int, int]]:
        """For the id of everyone who came with others: which of how many, by arrival."""
        parties: dict[str, list[str]] = {}
        for check_in in self.today:
            if check_in.status is not Status.void:
                parties.setdefault(check_in.party or check_in.id, []).append(check_in.id)
        return {
            one: (place, len(party))
            for party in parties.values()
            if len(party) > 1
            for place, one in enumerate(party, 1)
        }


def snapshot_of(
    moment: Moment,
    people: Mapping[str, Person | None],
    booked: Mapping[str, Person | None] | None = None,
) -> Snapshot:
    """What staff's screens know of a moment.

    `people` came, and `booked` are on today's list, as far as that may be known.
    """
    turn = {id_: place for place, id_ in enumerate(moment.queued)}
    parked_at: dict[int, datetime] = {}
    parked_to: dict[int, str] = {}
    seen_in: dict[int, str] = {}
    called_by: dict[int, str] = {}
    answered_by: dict[int, str] = {}
    for event in moment.events:
        number = event.check_in or 0
        match event.what:
            case EventKind.parked:
                parked_at[number] = event.at
                parked_to[number] = event.reason or ""
                before = event.before or {}
                if before.get("status") == Status.in_service:
                    seen_in[number] = before.get("room") or ""
            case EventKind.called:
                called_by[number] = event.by
            case EventKind.answered:
                answered_by.setdefault(number, event.by)

    def place(check_in: CheckIn) -> tuple[int, float]:
        match check_in.status:
            case Status.waiting | Status.called if check_in.urgent:
                return 0, turn.get(check_in.id, len(turn))
            case Status.waiting:
                return 1, turn.get(check_in.id, len(turn))
            case Status.called:
                return 2, _seconds(check_in.called_at)
            case Status.in_service:
                return 3, _seconds(check_in.began_at)
            case _:
                return 4, _seconds(parked_at.get(check_in.number))

    return Snapshot(
        open=tuple(sorted((c for c in moment.check_ins if c.status in OPEN), key=place)),
        today=moment.check_ins,
        people=people,
        booked=booked or {},
        parked_at=parked_at,
        parked_to=parked_to,
        seen_in=seen_in,
        called_by=called_by,
        answered_by=answered_by,
        waited=waited_by(moment.check_ins, moment.events),
        help_calls=moment.help_calls,
        occupied=moment.occupied,
        moment=moment,
    )


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
