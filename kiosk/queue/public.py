"""What everybody in the room may know of the queue: no names, no reasons, no ids."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from db import ReceptionState
from kiosk.content.hours import Opening, reception_by_hours

if TYPE_CHECKING:
    from db import CheckIn, Moment, Reception

RECENT = 6
"""How many of the last calls are kept: the board shows four beside the ticket being called."""


class Called(msgspec.Struct, frozen=True):
    """A ticket that is being called or was, the room, and when it was last called (UTC)."""

    ticket: str
    room: str
    at: datetime | None = None
    language: str = ""
    """Tag of the language the patient chose: what the call is spoken in."""


class QueueState(msgspec.Struct, frozen=True, kw_only=True):
    """The public face of the queue at one moment."""

    waiting: int = 0
    called: tuple[Called, ...] = ()
    """Tickets being called, the latest first."""
    recent: tuple[Called, ...] = ()
    """The day's last calls, the latest first, whatever has become of them since."""
    reception: ReceptionState = ReceptionState.away
    reception_until: str | None = None
    away: tuple[str, ...] = ()
    """Practitioners who are not here today."""
    notice: Mapping[str, str] = {}
    """The line that staff have for everybody, by language tag; ask `notice_at`."""
    notice_until: datetime | None = None
    staff_present: bool = False
    known: bool = False
    """False until the store has been read, and again while it cannot be."""

    def notice_at(self, now: datetime) -> Mapping[str, str]:
        """The line for everybody, by language tag; empty where there is none now."""
        return self.notice if self.notice_until and self.notice_until > now else {}


def public_state(moment: "Moment", opening: Opening = Opening()) -> QueueState:  # noqa: B008 - frozen
    """What of a moment anybody may know.

    `opening` is what the location's hours say of now: outside them reception is closed, unless
    staff have set a state today.
    """
    today = moment.check_ins
    calls = _latest_first([c for c in today if c.called_at is not None and c.status != "void"])
    reception = reception_now(moment, opening)
    return QueueState(
        waiting=sum(c.status == "waiting" for c in today),
        called=tuple(_public(c) for c in calls if c.status == "called"),
        recent=tuple(_public(c) for c in calls[:RECENT]),
        reception=reception.state,
        reception_until=reception.until,
        away=moment.away,
        notice=moment.notice.words if moment.notice else {},
        notice_until=moment.notice.until if moment.notice else None,
        staff_present=bool(moment.present),
        known=True,
    )


def reception_now(moment: "Moment", opening: Opening) -> "Reception":
    """The state staff set today, else what the hours say."""
    from db import Reception  # which is loaded with the store

    state, until = reception_by_hours(opening)
    if not opening.early:
        return moment.reception_state(Reception(state, until))
    now = moment.reception_state()
    if moment.reception is None and now.state is ReceptionState.away:
        return Reception(now.state, until)  # nobody is there before it opens
    return now


def _latest_first(calls: list["CheckIn"]) -> list["CheckIn"]:
    # Two calls can bear the same moment; the number keeps their order from jumping about.
    return sorted(calls, key=lambda c: (c.called_at and c.called_at.timestamp(), c.number))[::-1]


def _public(check_in: "CheckIn") -> Called:
    return Called(check_in.ticket, check_in.room or "", check_in.called_at, check_in.language)
