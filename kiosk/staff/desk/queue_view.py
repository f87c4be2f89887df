"""The queue as it is seen at one terminal: who is here, the one selected, the last action."""

from collections.abc import Callable
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import var

from db import OPEN, CheckIn, ReceptionState
from kiosk.languages.language import Language
from kiosk.queue.reception import still_to_come
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.keys import ACTS
from kiosk.staff.acts.staff_desk import StaffDesk
from kiosk.staff.desk.above import Above
from kiosk.staff.desk.alert_area import AlertArea
from kiosk.staff.desk.detail import SelectedLine
from kiosk.staff.desk.header import StaffHeader
from kiosk.staff.desk.last_line import LastLine
from kiosk.staff.desk.table import QueueTable
from kiosk.staff.form.form_view import FormView
from kiosk.staff.seen.alerts import alerts
from kiosk.staff.seen.rows import Standing, View, fit, notes_of_today, printable, row, standing
from kiosk.staff.seen.shown import Shown, shown, with_number
from kiosk.staff.seen.snapshot import Snapshot
from kiosk.staff.seen.staff_words import (
    account_words,
    nobody_here,
    nobody_selected,
    reception_words,
)
from kiosk.staff.seen.todays_list import overdue_note
from kiosk.widgets.host import Kiosk

REFRESH_EVERY = 20.0
"""Seconds after which waiting times are shown anew."""
PHONE_SECONDS = 10.0
WHO_CELLS = 30
"""Room for an account's name and role at 80 columns."""


class QueueView(Vertical):
    """All of the queue screen but its keys."""

    names_hidden: var[bool] = var(False, init=False)
    """Whether names and phones are covered."""

    def __init__(self, desk: StaffDesk, selected: Callable[[CheckIn | None], None]) -> None:
        """`selected` hears who is selected, and that they stand somewhere else."""
        super().__init__(id="queue-view")
        self.snapshot: Snapshot | None = None
        """The queue when it was last read."""
        self.shown = Shown()
        """Which part of it stands in the table."""
        self._desk = desk
        self._tell_selected = selected
        self._standing: Standing | None = None
        self._refresh_at = 0.0

    @property
    def kiosk(self) -> Kiosk:
        """The app, as far as screens may know it."""
        return cast(Kiosk, self.app)

    @property
    def _(self) -> Language:
        return self.kiosk.language

    def compose(self) -> ComposeResult:
        """Who and when, alerts, counts, the table, the one selected, the last action."""
        desk = self._desk
        place = self._("Queue") + "  " + self._.pick(self.kiosk.location.name)
        who = fit(printable(account_words(desk.account, self._, desk.room)), WHO_CELLS)
        yield StaffHeader(place, who, demo=self.kiosk.demo)
        yield AlertArea()
        yield Above(self._("show all"))
        form = FormView()
        form.display = False
        yield form
        yield QueueTable()
        yield SelectedLine(ACTS["show_phone"].key(self._))
        yield LastLine(ACTS["undo"].key(self._))

    @property
    def table(self) -> QueueTable:
        """Who is here."""
        return self.query_one(QueueTable)

    @property
    def form(self) -> FormView:
        """Where somebody is added or corrected."""
        return self.query_one(FormView)

    def make_room(self, fills_in: bool) -> None:
        """Give a form the room of the table, or the table its own."""
        for one in self.children:
            if not isinstance(one, StaffHeader | AlertArea | LastLine):
                one.display = fills_in == isinstance(one, FormView)
        if self.snapshot:
            self._show_alerts(self.snapshot)

    @property
    def selected(self) -> CheckIn | None:
        """The check-in under the cursor, as it was when last read or done something to here."""
        seen = self.snapshot.find(self.table.selected) if self.snapshot else None
        return self._desk.as_done(seen)

    @property
    def view(self) -> View:
        """How this terminal looks at the queue now."""
        return View.at(self.kiosk, names_hidden=self.names_hidden, room=self._desk.room)

    # What it hears

    def read(self, snapshot: Snapshot) -> None:
        """The queue was read."""
        self.snapshot = snapshot
        self.table.remove_class("unreadable")
        self._take_stock()

    def unreadable(self) -> None:
        """What stands here may be old."""
        self.table.add_class("unreadable")

    def tick(self) -> None:
        """Once a second: the clock, waiting times, and what is only shown for a while."""
        now = self.kiosk.monotonic()
        if self.query_one(SelectedLine).is_over(now):
            self._cover_phone()
        if now >= self._refresh_at:
            self._take_stock()
        self.show_header()

    def on_queue_table_moved(self) -> None:
        """Another person is selected: the phone shown was not theirs."""
        self._cover_phone()

    # What it is told to show

    def _take_stock(self) -> None:
        """Sort and count the snapshot as it is at this moment, and show that."""
        self._refresh_at = self.kiosk.monotonic() + REFRESH_EVERY
        self._standing = standing(self.snapshot, self.view) if self.snapshot else None
        self._show()

    def _show(self, *, anew: bool = False) -> None:
        """Show as much of it as is asked for; `anew`: something else than before."""
        if self.snapshot is None or self._standing is None:
            return
        view, snapshot, names = self.view, self.snapshot, not self.names_hidden
        found = shown(self._standing.here, snapshot, view.settings, self.shown, names=names)
        counts, room = self._standing.counts, self._desk.room
        self.show_header()
        notes = [*notes_of_today(snapshot, view, room), *overdue_note(snapshot, view)]
        self.query_one(Above).show(counts, self.shown, len(found), view, room, notes)
        self.table.show(
            [check_in.id for check_in in found],
            lambda id_: row(snapshot.by_id[id_], snapshot, view),
            anew=anew,
        )
        self._show_selected()
        self.form.know(view, snapshot)
        self._show_alerts(snapshot)

    def _show_alerts(self, snapshot: Snapshot) -> None:
        """What must not be overlooked; while a form is open a letter answers nothing."""
        area, found = self.query_one(AlertArea), alerts(snapshot)
        area.show(found, self._, self.kiosk.now(), with_key=not self.form.filling)

    def show_header(self) -> None:
        """The clock, and whether reception takes people."""
        now, state = self.kiosk.now(), self.kiosk.queue_state
        word = reception_words(self._)[state.reception] if state.known else ""
        if until := still_to_come(state.reception_until, now):
            word = f"{word} {until}"
        when = f"{self._.day(now.date())} {self._.clock(now)}"
        for header in self.query(StaffHeader):
            header.show(when, word, is_open=state.reception == ReceptionState.open)

    def _show_selected(self) -> None:
        one, line = self.selected, self.query_one(SelectedLine)
        self._tell_selected(one)
        if one and self.snapshot:
            line.show(one, self.snapshot, self.view)
        else:
            line.show_nobody(self.why_nobody if self.snapshot else "")

    @on(SelectedLine.Resized)
    def _resized(self) -> None:
        self._show_selected()

    @property
    def why_nobody(self) -> str:
        """Why nobody is selected."""
        if not self.table.is_empty or self.snapshot is None:
            return nobody_selected(self._)
        if self.shown.everybody:
            return nobody_here(self.snapshot.today, self._)
        return self._("Nobody was found") if self.shown.typed else self._("Nobody at the moment")

    def lay_out(self) -> None:
        """As wide as the terminal is now."""
        self.table.set_up(self._, 2 if self.screen.has_class("-tall") else 1)
        self._show()

    def watch_names_hidden(self) -> None:
        """Cover or uncover every name at once."""
        self.query_one(SelectedLine).cover()
        self._show()

    def _cover_phone(self) -> None:
        self.query_one(SelectedLine).cover()
        self._show_selected()

    # What keys ask of it (acts/at_desk.py)

    def say(self, text: str, *, refused: bool = False, undo: bool = False) -> None:
        """Put a sentence on the line of the last action, with the time and the way back."""
        time = self._.clock(self.kiosk.now())
        self.query_one(LastLine).say(time, text, refused=refused, undo=undo)

    def show_pressed(self, key: str, *, pressed: bool) -> None:
        """Show a key that stands nowhere else on the line of the last action."""
        self.query_one(LastLine).show_pressed(key, pressed=pressed)

    def expect(self, job: Job) -> None:
        """Have the cursor go to whom a job will bring, unless it is moved first."""
        self.table.expect(job)

    def brought(self, job: Job, check_in: CheckIn) -> bool:
        """Go to somebody if the job brought them; whether they are not seen yet."""
        if self.shown == Shown(typed=check_in.ticket) and check_in.status in OPEN:
            self.show_only(Shown())  # who was gone is back among the others
            self.go_to(check_in)
        return self.table.bring(job, check_in.id)

    def show_only(self, wanted: Shown) -> None:
        """Show another part of the queue."""
        self.shown, before = wanted, self.shown
        self._show(anew=wanted != before)

    def show_phone(self, one: CheckIn) -> None:
        """Show the whole phone number for some seconds."""
        self.query_one(SelectedLine).uncover(one, self.kiosk.monotonic() + PHONE_SECONDS)
        self._show_selected()

    def go_to(self, one: CheckIn) -> None:
        """Select somebody of today, and show another part where they are not in this one."""
        if not self.table.shows(one.id):
            self.show_only(Shown() if one.status in OPEN else Shown(typed=one.ticket))
        self.table.expect(one)
        self.table.bring(one, one.id)

    def go_to_number(self, digits: str, before: Shown) -> bool:
        """Select whose ticket has this number, else nobody; whether anybody has it.

        `before` is what was shown when its first digit came.
        """
        found = with_number(self.snapshot.today, digits) if self.snapshot else []
        if len(found) > 1:
            self.show_only(Shown(typed=digits))
            return True
        self.show_only(before)
        if found:
            self.go_to(found[0])
        else:
            self.table.stand_on_nobody()
        return bool(found)

    def show_number(self, digits: str) -> None:
        """Show the number that is being typed, or none."""
        self.query_one(LastLine).show_number(digits and self._("Ticket {digits}", digits=digits))

    def forget(self) -> None:
        """Let go of every name."""
        self.snapshot = self._standing = None
        self.form.close()
        self.table.clear()
        self.query_one(SelectedLine).clear()
