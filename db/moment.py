"""How today stands, as one value: what is told of the queue is told from it, not from the store."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property

from msgspec import Struct

from db.checkin import CheckIn, Event
from db.day import Day
from db.desk import booked, said_today
from db.desk.presence import at_desk, names_in
from db.desk.reception import OPEN, HelpCall, Reception, as_it_is, calls_shown, reception_set
from db.due import come


class Moment(Struct, frozen=True, kw_only=True, dict=True):
    """The service day as it stood when it was read; it holds no name of a patient."""

    day: date
    line: str
    """The hash of the journal's last line, which stands for all that the journal says."""
    check_ins: tuple[CheckIn, ...]
    """Every check-in of the day in order of arrival, ended ones included."""
    queued: tuple[str, ...]
    """The ids of those waiting and called, in the order in which they are called now."""
    next_due: datetime | None = None
    """When that order changes though nothing happens: somebody's appointment comes."""
    events: tuple[Event, ...]
    """What happened, oldest first."""
    reception: Reception | None
    """What staff set today, None while they have set nothing."""
    breaks: tuple[said_today.Break, ...] = ()
    """Rooms that have a break, or had one: ask `paused`."""
    away: tuple[str, ...] = ()
    """The practitioners who are not here today."""
    notice: said_today.Notice | None = None
    """The line for everybody; ask `notice_at` whether its time is over."""
    bookings: tuple[booked.Booking, ...] = ()
    """Who is booked today, by time, as far as somebody brought a list."""
    help_calls: tuple[HelpCall, ...]
    """Those that nobody answered, and those answered a little while ago."""
    occupied: Mapping[str, list[str]]
    """The names of those of the staff who are present, by room; those at the desk under ""."""

    @property
    def revision(self) -> object:
        """What is another whenever anything has changed; quicker to compare than all of it."""
        return self.day, self.line, self.next_due, self.occupied, self.help_calls

    @cached_property
    def by_id(self) -> Mapping[str, CheckIn]:
        """Every check-in of the day."""
        return {one.id: one for one in self.check_ins}

    @property
    def queue(self) -> list[CheckIn]:
        """Those waiting and called, in calling order."""
        return [self.by_id[id_] for id_ in self.queued]

    @property
    def present(self) -> list[str]:
        """The names of those of the staff who are signed in on some terminal."""
        return names_in(self.occupied)

    @property
    def at_desk(self) -> list[str]:
        """The names of those of the staff who are at the desk and in no room."""
        return at_desk(self.occupied)

    @cached_property
    def come(self) -> Mapping[str, CheckIn]:
        """Who of the list has come, by their id there."""
        return come(self.check_ins)

    def paused(self, now: datetime) -> Mapping[str, datetime]:
        """The rooms that have a break, and until when."""
        return {one.room: one.until for one in self.breaks if one.until > now}

    def notice_at(self, now: datetime) -> said_today.Notice | None:
        """The line for everybody, if there is one now."""
        return self.notice if self.notice and self.notice.until > now else None

    def reception_state(self, unset: Reception = OPEN) -> Reception:
        """The state staff set today, `unset` if none; open with nobody at the desk is away."""
        return as_it_is(self.reception or unset, self.at_desk)


def moment_of(day: Day, now: datetime, occupied: Mapping[str, list[str]]) -> Moment:
    """Give how an open day stands; its journal's mutex is held."""
    return Moment(
        day=day.date,
        line=day.journal.hash.decode(),
        check_ins=tuple(sorted(day.check_ins.values(), key=lambda one: one.number)),
        queued=tuple(one.id for one in day.queued(now)),
        next_due=day.next_due(now),
        events=tuple(day.events()),
        reception=reception_set(day),
        breaks=tuple(said_today.breaks_of(day)),
        away=tuple(one.practitioner for one in said_today.away_of(day)),
        notice=said_today.notice_of(day),
        bookings=tuple(booked.bookings_of(day)),
        help_calls=tuple(calls_shown(day, now)),
        occupied=occupied,
    )
