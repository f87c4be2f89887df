"""The queue: who is here, what must not be overlooked, and the keys that change it."""

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from db import Account, ReceptionState
from kiosk.staff import sentences
from kiosk.staff.alerts import AlertArea, AlertLine, alerts
from kiosk.staff.detail import detail
from kiosk.staff.header import StaffHeader, account_words, counts_line, reception_words
from kiosk.staff.help import StaffHelpScreen
from kiosk.staff.keys import KeyArea, KeyHint, bindings, staff_keys
from kiosk.staff.live import Job
from kiosk.staff.operations import OperationsScreen
from kiosk.staff.questions import QuestionBar
from kiosk.staff.rows import counts, fit, printable, rows
from kiosk.staff.table import QueueTable
from kiosk.widgets.press import Press
from kiosk.widgets.screen import KioskScreen

PRESENT_EVERY = 60.0
REFRESH_EVERY = 20.0
"""Seconds after which waiting times are shown anew."""
PHONE_SECONDS = 10.0
WHO_CELLS = 30
"""Room for an account's name and role at 80 columns."""


class QueueScreen(OperationsScreen):
    """The screen staff work with all day; it lives from one sign-in to the next lock."""

    BINDINGS = [*bindings(), Binding("enter", "key('call_this')", show=False)]

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self._phone_of: str | None = None
        self._phone_until = 0.0
        self._refresh_at = 0.0
        self._present_at = 0.0

    def compose(self) -> ComposeResult:
        """Who and when, alerts, counts, the table, the one selected, the last action, keys."""
        keys = {key.action: key for key in staff_keys(self._)}
        place = self._("Queue") + "  " + self._.pick(self.kiosk.location.name)
        who = fit(printable(account_words(self.account, self._)), WHO_CELLS)
        yield StaffHeader(place, who, demo=self.kiosk.demo)
        yield AlertArea()
        yield Static(id="counts", markup=False)
        yield QueueTable()
        with Horizontal(id="selected"):
            yield Static(id="detail", markup=False)
            yield KeyHint(keys["show_phone"])
        with Horizontal(id="last"):
            yield Static(id="said", markup=False)
            yield KeyHint(keys["undo"])
        with Vertical(id="bottom"):
            yield KeyArea(keys.values())
            yield QuestionBar()

    def on_mount(self) -> None:
        """Begin to follow the queue and to work through what is asked of it."""
        super().on_mount()
        self.query_one(QuestionBar).display = False
        self.query_one(QueueTable).focus()
        self.work_through()
        self.follow()
        self.tick()

    # Following the store

    def on_live_screen_read(self, event: OperationsScreen.Read) -> None:
        """Something changed."""
        if self._leaving_for:
            return
        self.snapshot = event.snapshot
        self.query_one(QueueTable).remove_class("unreadable")
        self.show()

    def on_live_screen_unreadable(self, event: OperationsScreen.Unreadable) -> None:
        """What stands on the screen may be old."""
        self.query_one(QueueTable).add_class("unreadable")
        why = sentences.refusal(event.trouble, self._, self.kiosk.clinic.zone)
        self.say(self._("The queue may be old. {why}", why=why), refused=True)

    def tick(self) -> None:
        """Once a second: the clock, waiting times, presence, and what is only shown for a while."""
        now = self.kiosk.monotonic()
        if self.abandoned:
            self.leave("lobby")
        if now >= self._present_at and not self._leaving_for:
            self._present_at = now + PRESENT_EVERY
            self.do(Job("present", lambda store: store.mark_present(self.account.name)))
        if self._phone_of and now >= self._phone_until:
            self._cover_phone()
        if now >= self._refresh_at:
            self.show()
        self._show_header()

    # Showing

    def show(self) -> None:
        """Show the snapshot as it is at this moment."""
        self._refresh_at = self.kiosk.monotonic() + REFRESH_EVERY
        if self.snapshot is None:
            return
        view = self.view
        self._show_header()
        gap = 5 if self.has_class("-wide") else 2
        numbers = counts_line(counts(self.snapshot, view.now), self._, view.alarm_minutes, gap=gap)
        self.query_one("#counts", Static).update(numbers)
        self.query_one(QueueTable).rows_shown = tuple(rows(self.snapshot, view))
        self._show_selected()
        self.query_one(AlertArea).show(alerts(self.snapshot), self._, view.now)

    def _show_header(self) -> None:
        now, state = self.kiosk.now(), self.snapshot.reception.state if self.snapshot else None
        self.query_one(StaffHeader).show(
            f"{self._.day(now.date())} {self._.clock(now)}",
            reception_words(self._)[state] if state else "",
            is_open=state is ReceptionState.open,
        )

    def _show_selected(self) -> None:
        check_in, area = self.selected, self.query_one("#detail", Static)
        self.query_one(KeyArea).allow(check_in)
        hint = self.query_one("#selected KeyHint")
        hint.visible = bool(check_in and check_in.has_phone and not self.names_hidden)
        if check_in is None or self.snapshot is None:
            area.update(self._("Nobody is here yet") if self.snapshot else "")
            return
        shown = check_in.id == self._phone_of
        room = self.query_one("#selected").content_size.width - hint.outer_size.width - 1
        area.update(detail(check_in, self.snapshot, self.view, phone_shown=shown, cells=room))

    def on_queue_table_moved(self) -> None:
        """Another person is selected: the phone shown was not theirs."""
        self._cover_phone()

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        table = self.query_one(QueueTable)
        table.header_height = 2 if self.has_class("-tall") else 1
        table.set_up(self._)
        self.show()

    def watch_names_hidden(self, hidden: bool) -> None:
        """Cover or uncover every name at once."""
        self._phone_of = None
        label = self._("show names") if hidden else self._("hide names")
        self.query_one("#do-hide", KeyHint).relabel(label)
        self.show()

    def _cover_phone(self) -> None:
        self._phone_of = None
        self._show_selected()

    # Keys

    def action_key(self, action: str) -> None:
        """Keys that only change what is seen; the others change the queue."""
        if self._leaving_for:
            return
        match action:
            case "all_keys":
                self.app.push_screen(StaffHelpScreen())
            case "hide":
                self.names_hidden = not self.names_hidden
            case "show_phone" if self.names_hidden:
                self.say(self._("Names and phones are hidden"), refused=True)
            case "show_phone" if (one := self.selected) and one.has_phone:
                self._phone_of = one.id
                self._phone_until = self.kiosk.monotonic() + PHONE_SECONDS
                self._show_selected()
            case _:
                super().action_key(action)

    def on_key(self, event: events.Key) -> None:
        """While something is asked every key is an answer, wherever the focus is."""
        bar = self.query_one(QuestionBar)
        if bar.asking:
            event.stop()
            event.prevent_default()
            bar.press(event)

    @on(Press.Pressed)
    def _touched(self, event: Press.Pressed) -> None:
        if self.query_one(QuestionBar).asking:
            return
        if isinstance(event.press, AlertLine) and event.press.alert:
            self.answer(event.press.alert)
        else:
            self.action_key((event.press.id or "").removeprefix("do-"))

    @on(KioskScreen.Command)
    def _command(self, event: KioskScreen.Command) -> None:
        """F1 shows all keys; F10 ends the use of this terminal, here as in the lobby."""
        self.query_one(QuestionBar).cancel()
        self.action_key("all_keys" if event.name == "help" else "lock")

    def forget(self) -> None:
        """Empty the table too, with all that it has painted."""
        super().forget()
        self.query_one(QueueTable).rows_shown = ()
        self.query_one(QueueTable).clear()

    def leave(self, mode: str) -> None:
        """Cover the names at once; the rest when the store has done what it was asked."""
        self.names_hidden = True
        super().leave(mode)
