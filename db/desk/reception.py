"""What concerns the desk and not one check-in: help calls, and what reception says of itself."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

import msgspec
from msgspec import Struct

from db.checkin import Event
from db.closed_sets import ReceptionState
from db.core import StoreCore
from db.day import Day
from db.desk.presence import Presence, at_desk
from db.errors import StoreError
from db.kinds import EventKind


class HelpCall(Struct, frozen=True, kw_only=True):
    """A patient's call for help at a device, and who is coming."""

    id: str
    device: str
    at: datetime
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None


class Reception(Struct, frozen=True):
    """The reception state and, where staff said so, until when (HH:MM, as they typed it)."""

    state: ReceptionState
    until: str | None = None


ANSWERED_FOR = timedelta(minutes=5)
"""How long an acknowledged help call is still listed, so that the patient reads who comes."""

OPEN = Reception(ReceptionState.open)
"""How reception stands on a day on which staff have said nothing."""


class ReceptionDesk:
    """Help, what reception says, and who is there, of today and this location."""

    def __init__(self, core: StoreCore) -> None:
        self._core = core
        self.presence = Presence(
            core.folder, core.device, core.calendar, partial(core.settle, make=True)
        )

    def call_for_help(self, device: str) -> Event:
        """Note that someone at `device` asks for help; durable on return."""
        with self._core.writing() as day:
            event, at = (
                self._core.new_event(EventKind.help_called, device, day),
                self._core.now_in(day),
            )
            number = day.journal.counters.get("help", 0) + 1
            call = msgspec.structs.asdict(HelpCall(id=event.id, device=device, at=at))
            put = {"help": {str(number): call}}
            day.journal.append(at, put, events=[event], count={"help": number})
            return day.events()[-1]

    def acknowledge(self, event_id: str, by: str) -> Event:
        """Note that `by` is going; the first to answer stays the one. Raises StoreError.

        `event_id` is the id of the event that `call_for_help` gave, and of the HelpCall.
        """
        with self._core.writing() as day:
            for event in day.events():
                if event.what is EventKind.help_acknowledged and event.reason == event_id:
                    return event
            calls = {call.id: (number, call) for number, call in _help_calls(day).items()}
            if event_id not in calls:
                raise StoreError("There is no such call for help today.")
            number, call = calls[event_id]
            at = self._core.now_in(day)
            call = msgspec.structs.replace(call, acknowledged_by=by, acknowledged_at=at)
            day.journal.append(
                at,
                {"help": {number: msgspec.structs.asdict(call)}},
                events=[
                    self._core.new_event(EventKind.help_acknowledged, by, day, reason=event_id)
                ],
            )
            return day.events()[-1]

    def help_calls(self) -> list[HelpCall]:
        """Give today's calls that nobody answered, and those answered in the last 5 minutes."""
        with self._core.reading() as day:
            return calls_shown(day, self._core.calendar.now())

    def set_state(
        self, state: ReceptionState | None, by: str, until: str | None = None
    ) -> Reception:
        """Set whether reception takes people, for today; `until` is shown as it is (HH:MM).

        `state` None takes it back: reception is again as on a day on which nobody said anything.
        """
        reception = Reception(ReceptionState(state), until) if state else None
        with self._core.writing() as day:
            before = msgspec.structs.asdict(reception_set(day) or OPEN)
            reason = (reception or OPEN).state
            day.journal.append(
                self._core.now_in(day),
                {"desk": {"1": msgspec.structs.asdict(reception)}} if reception else None,
                gone=None if reception else {"desk": ["1"]},
                events=[
                    self._core.new_event(EventKind.reception, by, day, before=before, reason=reason)
                ],
            )
        return reception or OPEN

    def said(self) -> Reception | None:
        """Give what staff set today, None while they have set nothing."""
        with self._core.reading() as day:
            return reception_set(day)

    def state(self, unset: Reception = OPEN) -> Reception:
        """Give the state staff set today, `unset` if none; open with nobody at the desk is away."""
        return as_it_is(self.said() or unset, at_desk(self.presence.occupied()))


def _help_calls(day: Day) -> dict[str, HelpCall]:
    rows = day.journal.tables.get("help", {})
    return {number: msgspec.json.decode(raw, type=HelpCall) for number, raw in rows.items()}


def calls_shown(day: Day, now: datetime) -> list[HelpCall]:
    """Give the calls of a day that nobody answered, and those answered in the last 5 minutes."""
    since = now - ANSWERED_FOR
    calls = _help_calls(day).values()
    return [call for call in calls if (call.acknowledged_at or since) >= since]


def reception_set(day: Day) -> Reception | None:
    """Give what staff set on a day, None if nothing."""
    raw = day.journal.tables.get("desk", {}).get("1")
    return msgspec.json.decode(raw, type=Reception) if raw else None


def as_it_is(reception: Reception, there: Collection[str]) -> Reception:
    """Give the state as people find it: open with nobody `there`, at the desk, is away."""
    if reception.state is ReceptionState.open and not there:
        return Reception(ReceptionState.away)
    return reception
