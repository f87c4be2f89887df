"""What the staff's screen knows of the queue at one moment, read from the store in a thread."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from db import OPEN, CheckIn, CheckInStore, Event, HelpCall, KeyMissing, Person, Reception, Status


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The service day as the store had it."""

    open: tuple[CheckIn, ...]
    """Those still here: urgent ones not yet begun, waiting in calling order, called, in service,
    parked."""
    today: tuple[CheckIn, ...]
    """Everyone of the day, in order of arrival."""
    people: Mapping[str, Person | None]
    """Who those in `open` are, by id; None where the day's key is missing."""
    parked_at: Mapping[int, datetime]
    """When those who are parked went, by number."""
    called_by: Mapping[int, str]
    """Who called them last, by number."""
    help_calls: tuple[HelpCall, ...]
    reception: Reception

    def find(self, id: str | None) -> CheckIn | None:  # noqa: A002 - the store's word
        """The open check-in with this id."""
        return next((check_in for check_in in self.open if check_in.id == id), None)


class QueueReader:
    """Reads the store again and again; each name is unsealed only once.

    It belongs to one sign-in: names are gone with it. Not to be used by two threads at a time.
    """

    def __init__(self, store: CheckInStore) -> None:
        self._store = store
        self._people: dict[str, Person | None] = {}
        self._events: list[Event] = []
        self._forgotten = False

    def read(self) -> Snapshot:
        """The queue as it is on disk now; raises StoreError."""
        store = self._store
        today = store.today()
        turn = {check_in.id: place for place, check_in in enumerate(store.queue())}
        self._read_events()
        parked_at = {e.check_in: e.at for e in self._events if e.kind == "parked" and e.check_in}
        called_by = {e.check_in: e.by for e in self._events if e.kind == "called" and e.check_in}

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

        here = sorted((c for c in today if c.status in OPEN), key=place)
        people = {check_in.id: self._person(check_in) for check_in in here}
        self._people = {} if self._forgotten else people
        return Snapshot(
            open=tuple(here),
            today=tuple(today),
            people=people,
            parked_at=parked_at,
            called_by=called_by,
            help_calls=tuple(store.help_calls()),
            reception=store.reception_state(),
        )

    def forget(self) -> None:
        """Drop every name that was unsealed, and keep none that is being read just now."""
        self._forgotten = True
        self._people = {}

    def _read_events(self) -> None:
        known = len(self._events)
        news = self._store.events(since=max(0, known - 1))
        # The last known event is read again: another one in its place means another day.
        if known and news[:1] != self._events[-1:]:
            self._events = self._store.events()
        else:
            self._events += news[1:] if known else news

    def _person(self, check_in: CheckIn) -> Person | None:
        if check_in.id not in self._people:
            try:
                return self._store.person(check_in)
            except KeyMissing:
                return None
        return self._people[check_in.id]


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
