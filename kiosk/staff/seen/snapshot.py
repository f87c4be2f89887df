"""What the staff's screen knows of the queue at one moment, read from the store in a thread."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

import msgspec

from db import OPEN, CheckIn, CheckInStore, Event, HelpCall, KeyMissing, Person, Status


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The service day as the store had it."""

    open: tuple[CheckIn, ...]
    """Those still here: urgent ones not yet begun, waiting in calling order, called, in service,
    parked."""
    today: tuple[CheckIn, ...]
    """Everyone of the day, in order of arrival."""
    people: Mapping[str, Person | None]
    """Who they are, by id; None where the day's key is missing, empty on a locked screen."""
    parked_at: Mapping[int, datetime]
    """When those who are parked went, by number."""
    seen_in: Mapping[int, str]
    """The room from which they went there, by number; they may be back by now."""
    called_by: Mapping[int, str]
    """Who called them last, by number."""
    answered_by: Mapping[int, str]
    """Who said that they go to an urgent check-in, by number."""
    help_calls: tuple[HelpCall, ...]
    occupied: Mapping[str, list[str]]
    """Who is signed in, by room; those at the desk under ""."""

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


class QueueReader:
    """Reads the store again and again; each name is unsealed only once.

    It belongs to one sign-in: names are gone with it. Not to be used by two threads at a time.
    """

    def __init__(self, store: CheckInStore, *, names: bool = True) -> None:
        """Without `names` nothing is ever unsealed."""
        self._store = store
        self._names = names
        self._people: dict[str, tuple[int, Person | None]] = {}
        self._forgotten = False
        self._begin_events()

    def read(self) -> Snapshot:
        """The queue as it is on disk now; raises StoreError."""
        store = self._store
        today = store.today()
        turn = {check_in.id: place for place, check_in in enumerate(store.queue())}
        self._read_events()

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
                    return 4, _seconds(self._parked_at.get(check_in.number))

        return Snapshot(
            open=tuple(sorted((c for c in today if c.status in OPEN), key=place)),
            today=tuple(today),
            people=self._read_people(today) if self._names else {},
            parked_at=dict(self._parked_at),
            seen_in=dict(self._seen_in),
            called_by=dict(self._called_by),
            answered_by=dict(self._answered_by),
            help_calls=tuple(store.help_calls()),
            occupied=store.occupied(),
        )

    def forget(self) -> None:
        """Drop every name that was unsealed, and keep none that is being read just now."""
        self._forgotten = True
        self._people = {}

    def _begin_events(self) -> None:
        self._last: Event | None = None
        self._parked_at: dict[int, datetime] = {}
        self._seen_in: dict[int, str] = {}
        self._called_by: dict[int, str] = {}
        self._answered_by: dict[int, str] = {}

    def _read_events(self) -> None:
        last = self._last
        news = self._store.events(since=last.n - 1 if last else 0)
        # The last known event is read again: another one in its place means another day.
        if last and news[:1] != [last]:
            self._begin_events()
            news = self._store.events()
        for event in news:
            number = event.check_in or 0
            if event.kind == "parked":
                self._parked_at[number] = event.at
                before = event.before or {}
                if before.get("status") == Status.in_service:
                    self._seen_in[number] = before.get("room") or ""
            elif event.kind == "called":
                self._called_by[number] = event.by
            elif event.kind == "answered":
                self._answered_by.setdefault(number, event.by)
        if news:
            self._last = news[-1]

    def _read_people(self, today: list[CheckIn]) -> Mapping[str, Person | None]:
        """Unseal whoever is new or was changed since; a change may be another name."""
        known = self._people
        people = {}
        for one in today:
            revision, person = known.get(one.id, (0, None))
            if revision != one.revision or person is None:
                person = self._person(one)
            people[one.id] = one.revision, person
        self._people = {} if self._forgotten else people
        return {id_: person for id_, (_, person) in people.items()}

    def _person(self, check_in: CheckIn) -> Person | None:
        try:
            return self._store.person(check_in)
        except KeyMissing:
            return None


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
