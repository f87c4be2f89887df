"""The check-in store of one location, as others see it: its operations, and asking."""

import logging
import os
import re
import unicodedata
from collections.abc import AsyncIterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from db.checkin import CheckIn, Event, Status
from db.checking_in import check_in
from db.closed_sets import ReceptionState
from db.core import StoreCore
from db.desk import (
    booked,
    calling,
    confirming,
    correcting,
    operations,
    reopening,
    said_today,
    taking_back,
)
from db.desk.reception import OPEN as AS_EVER
from db.desk.reception import HelpCall, Reception, ReceptionDesk
from db.errors import StoreFull, StoreUnavailable
from db.files import refuse_foreign, refusing
from db.keeping import turning
from db.keeping.days import Days
from db.moment import Moment, moment_of
from db.news import Change, news_of

if TYPE_CHECKING:
    from tinydb import TinyDB

log = logging.getLogger("clinic.store")

ROOM_NEEDED = 1024 * 1024
"""Bytes that must be free for `health`: some hundreds of check-ins."""


class CheckInStore(StoreCore):
    """The check-ins of one location; usable from any thread.

    Every operation is one line of the day's journal: it is on disk when the call returns, or
    it did not happen. Any call may raise StoreCorrupt or StoreUnavailable; those that write
    may raise StoreBusy and StoreFull too. Reads never wait for a writer.
    """

    check_in = check_in

    # What staff do with a check-in: functions over the core, each in its file of db/desk
    call = calling.call
    call_next = calling.call_next
    complete_and_call_next = calling.complete_and_call_next
    complete_and_call = calling.complete_and_call
    pass_over = calling.pass_over
    recall = calling.recall
    begin = operations.begin
    complete = operations.complete
    no_show = operations.no_show
    leave = operations.leave
    park = operations.park
    return_to_queue = operations.return_to_queue
    transfer = operations.transfer
    set_priority = operations.set_priority
    set_room = operations.set_room
    answer_urgent = operations.answer_urgent
    answered_by = operations.answered_by
    amend = correcting.amend
    confirm = confirming.confirm
    void = correcting.void
    merge = correcting.merge
    undo = taking_back.undo
    bring_back = taking_back.bring_back
    reopen = reopening.reopen

    # What staff say of today, beside what reception says of itself
    set_break = said_today.set_break
    set_away = said_today.set_away
    set_notice = said_today.set_notice

    # Who is booked today
    bring = booked.bring
    booked_person = booked.booked_person

    turn_over = turning.turn_over

    @cached_property
    def days(self) -> Days:
        """What becomes of days."""
        return Days(self)

    @cached_property
    def reception(self) -> ReceptionDesk:
        """What concerns the desk and not one check-in."""
        return ReceptionDesk(self)

    def queue(self, service: str | None = None) -> list[CheckIn]:
        """Give those waiting and called, in calling order."""
        with self.reading() as day:
            queued = day.queued(self.now_in(day))
        return queued if service is None else [one for one in queued if one.service == service]

    def today(self) -> list[CheckIn]:
        """Give every check-in of the service day in order of arrival, ended ones included."""
        with self.reading() as day:
            return sorted(day.check_ins.values(), key=lambda one: one.number)

    def moment(self) -> Moment:
        """Give how today stands, read at once: the day, what was said at the desk, who is there."""
        occupied = self.reception.presence.occupied()
        with self.reading() as day:
            return moment_of(day, self.now_in(day), occupied)

    def get(self, id: str) -> CheckIn | None:
        """Give a check-in of today as it is now, or None."""
        with self.reading() as day:
            return day.check_ins.get(day.ids.get(id, 0))

    def find_ticket(self, text: str) -> CheckIn | None:
        """Find today's ticket by what a patient typed: "12", "a12" and "A012" all find A012.

        A bare number is looked for in this machine's series first, then in the only other
        one that has it.
        """
        typed = unicodedata.normalize("NFKC", text).strip().upper()
        match = re.fullmatch(r"([A-Z]{0,2})\s*([0-9]{1,6})", typed)
        if match is None:
            return None
        series, digits = match[1], f"{int(match[2]):03d}"
        with self.reading() as day:
            number = day.tickets.get((series or self.series) + digits)
            if number is not None:
                return day.check_ins[number]
            others = [] if series else day.with_digits(digits)
            return others[0] if len(others) == 1 else None

    def ahead(self, check_in: CheckIn) -> int:
        """Count the people who are waiting and will be called before this one."""
        with self.reading() as day:
            now = day.check_ins.get(day.ids.get(check_in.id, 0))
            if now is None or now.status is not Status.waiting:
                return 0
            before = day.before(now, self.now_in(day))
        return sum(one.status is Status.waiting for one in before)

    def history(self, id: str) -> list[Event]:
        """Give the events of one check-in of today, oldest first."""
        with self.reading() as day:
            return day.events_of(day.ids.get(id, 0))

    def events(self, since: int = 0) -> list[Event]:
        """Give the day's events after event number `since`, oldest first."""
        with self.reading() as day:
            return day.events()[since:]

    def prepare(self) -> None:
        """Load what the first check-in needs (100 ms or more); for a quiet moment's thread."""
        import phonenumbers  # noqa: F401 - to be loaded is all that is wanted of it

        with self.reading():
            pass

    def health(self) -> None:
        """Return if people can check in as far as can be told without writing; else raise."""
        with self.reading():
            place = self.folder
        while not (self.is_settled or place.exists()):
            place = place.parent  # where the first check-in will make it
        if self.is_settled:
            self.settle(make=True)
        with refusing():
            refuse_foreign(place)
            disk = os.statvfs(place)
            if self.is_settled:
                # A disk that the kernel has made read-only by itself does not show it before.
                handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
                os.close(handle)
        if disk.f_flag & os.ST_RDONLY or not os.access(place, os.W_OK):
            raise StoreUnavailable("The check-in data cannot be written.")
        if disk.f_bavail * disk.f_frsize < ROOM_NEEDED:
            raise StoreFull

    # The desk, in short; all of it is the reception's

    def call_for_help(self, device: str) -> Event:
        """Note that someone at `device` asks for help; durable on return."""
        return self.reception.call_for_help(device)

    def acknowledge(self, event_id: str, by: str) -> Event:
        """Note that `by` is going; the first to answer stays the one. Raises StoreError."""
        return self.reception.acknowledge(event_id, by)

    def help_calls(self) -> list[HelpCall]:
        """Give today's calls that nobody answered, and those answered in the last 5 minutes."""
        return self.reception.help_calls()

    def set_reception_state(
        self, state: ReceptionState | None, by: str, until: str | None = None
    ) -> Reception:
        """Set whether reception takes people, for today; None takes it back."""
        return self.reception.set_state(state, by, until)

    def reception_said(self) -> Reception | None:
        """Give what staff set today, None while they have set nothing."""
        return self.reception.said()

    def reception_state(self, unset: Reception = AS_EVER) -> Reception:
        """Give the state staff set today, `unset` if none; open with nobody at the desk is away."""
        return self.reception.state(unset)

    def mark_present(self, by: str, room: str = "") -> None:
        """Note that `by` is signed in at this terminal; to be repeated every few minutes."""
        self.reception.presence.mark(by, room)

    def leave_desk(self, by: str) -> None:
        """Note that `by` signed out at this terminal."""
        self.reception.presence.leave(by)

    def present(self) -> list[str]:
        """Give the names of those signed in on some terminal, heard of within 10 minutes."""
        return self.reception.presence.present()

    def occupied(self) -> dict[str, list[str]]:
        """Give the names of those who are present by their room; those at the desk under ""."""
        return self.reception.presence.occupied()

    # What others see of it

    def watch(self) -> AsyncIterator[Change]:
        """Yield at once, then after each change by any process to queue, desk or presence.

        Changes that come while the caller is busy are one change. It also yields when the
        store becomes unusable or usable again, when the service day changes, and when somebody
        is called earlier because their appointment has come. Raises StoreUnavailable while the
        clock cannot be right.
        """
        return news_of(self, self.reception.presence)

    def database(self, day: date | None = None) -> "TinyDB":
        """Open a day (today) as a TinyDB whose tables can be searched and written.

        The tables are "checkins", "help" and "desk", and any you add. Close it after use. Writing
        raises InvalidDocument for what would hurt the day.
        """
        from db.tinydb_view.opening import database  # slow to import

        return database(self, day)


open_store = CheckInStore
