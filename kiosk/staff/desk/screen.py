"""The queue: who is here, what must not be overlooked, and the keys that change it."""

from datetime import date

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.visual import VisualType
from textual.widgets import Static

from db import Account, CheckIn, ReceptionState
from kiosk.input.guard import Meaning
from kiosk.languages.pinyin import readings
from kiosk.staff.acts import sentences
from kiosk.staff.acts.choices import which_part
from kiosk.staff.acts.correcting import CorrectingScreen
from kiosk.staff.acts.key_page import StaffHelpScreen
from kiosk.staff.acts.keys import Key, KeyArea, KeyHint, bindings, staff_keys
from kiosk.staff.acts.operations import Left
from kiosk.staff.asking.entry import EntryBar
from kiosk.staff.asking.questions import QuestionBar
from kiosk.staff.desk.alerts import AlertArea, AlertLine, alerts
from kiosk.staff.desk.detail import detail
from kiosk.staff.desk.header import StaffHeader, account_words, counts_line, reception_words
from kiosk.staff.desk.jobs import Job
from kiosk.staff.desk.rows import Standing, fit, printable, row, standing
from kiosk.staff.desk.shown import Shown, parts, shown
from kiosk.staff.desk.table import QueueTable
from kiosk.staff.figures.screen import FiguresScreen
from kiosk.staff.meaning import in_a_line, in_an_answer, in_the_queue
from kiosk.textual_private.forgetting import forget_painted
from kiosk.widgets.press import Press
from kiosk.widgets.queue_watcher import follow_queue_state
from kiosk.widgets.screen import KioskScreen

PRESENT_EVERY = 60.0
REFRESH_EVERY = 20.0
"""Seconds after which waiting times are shown anew."""
PHONE_SECONDS = 10.0
AWAY = (FiguresScreen, StaffHelpScreen)
PADDING = 4
"""Cells left free beside the counts."""
WHO_CELLS = 30
"""Room for an account's name and role at 80 columns."""


class QueueScreen(CorrectingScreen):
    """The screen staff work with all day; it lives from one sign-in to the next lock."""

    BINDINGS = [*bindings(), Binding("enter", "key('call_this')", show=False)]

    def __init__(self, account: Account, room: str = "", rung: set[str] | None = None) -> None:
        super().__init__(account, room, rung)
        self._shown = Shown()
        self._standing: Standing | None = None
        self._phone_of: str | None = None
        self._phone_until = 0.0
        self._refresh_at = 0.0
        self._present_at = 0.0
        self._day = date.min
        self._said_before: VisualType = ""

    def compose(self) -> ComposeResult:
        """Who and when, alerts, counts, the table, the one selected, the last action, keys."""
        keys = {key.action: key for key in staff_keys(self._)}
        place = self._("Queue") + "  " + self._.pick(self.kiosk.location.name)
        who = fit(printable(account_words(self.account, self._, self.room)), WHO_CELLS)
        yield StaffHeader(place, who, demo=self.kiosk.demo)
        yield AlertArea()
        with Horizontal(id="above"):
            yield Static(id="counts", markup=False)
            yield KeyHint(Key("everybody", "Esc", self._("show all"), ""))
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
            yield EntryBar()

    def on_mount(self) -> None:
        """Begin to follow the queue and to work through what is asked of it."""
        super().on_mount()
        self._day = self.service_day
        for bar in (QuestionBar, EntryBar):
            self.query_one(bar).display = False
        self.query_one("#do-everybody").display = False
        self.query_one(QueueTable).focus()
        self.work_through()
        self.follow()
        self.make_ready()
        follow_queue_state(self, lambda _state: self._show_header(), init=False)
        self.tick()

    @work(thread=True, group="ready")
    def make_ready(self) -> None:
        """Read the pinyin, for which the first search would wait."""
        readings("王")

    # Following the store

    def on_live_screen_read(self, event: CorrectingScreen.Read) -> None:
        """Something changed."""
        if self.leaving_for:
            return
        self.snapshot = event.snapshot
        if self.ring(event.snapshot) and isinstance(self.app.screen, AWAY):
            self.app.screen.dismiss(None)  # what rings must be seen
        self.query_one(QueueTable).remove_class("unreadable")
        self._take_stock()

    def on_live_screen_unreadable(self, event: CorrectingScreen.Unreadable) -> None:
        """What stands on the screen may be old."""
        self.query_one(QueueTable).add_class("unreadable")
        why = sentences.refusal(event.trouble, self._, self.kiosk.clinic.zone)
        self.say(self._("The queue may be old. {why}", why=why), refused=True)

    def tick(self) -> None:
        """Once a second: the clock, waiting times, presence, and what is only shown for a while."""
        now = self.kiosk.monotonic()
        if not self.query(StaffHeader) or self.kiosk.sign_out_if_changed():
            return  # it is on its way out, or was never whole
        if self.abandoned:
            self.leave("lobby")
        elif self.left_alone or self.service_day != self._day:
            self._lock_itself()
        if now >= self._present_at and not self.leaving_for:
            self._present_at = now + PRESENT_EVERY
            self.do(Job("present", lambda store: store.mark_present(self.account.name, self.room)))
        if self._phone_of and now >= self._phone_until:
            self._cover_phone()
        if now >= self._refresh_at:
            self._take_stock()
        self._show_header()

    # Showing

    def _take_stock(self) -> None:
        """Sort and count the snapshot as it is at this moment, and show that."""
        self._refresh_at = self.kiosk.monotonic() + REFRESH_EVERY
        self._standing = standing(self.snapshot, self.view) if self.snapshot else None
        self.show()

    def show(self) -> None:
        """Show as much of it as is asked for."""
        if self.snapshot is None or self._standing is None:
            return
        view, snapshot = self.view, self.snapshot
        found = shown(
            self._standing.here, snapshot, view.settings, self._shown, names=not self.names_hidden
        )
        self._show_header()
        self._show_above(len(found))
        self.query_one(QueueTable).show(
            [check_in.id for check_in in found],
            lambda id_: row(snapshot.by_id[id_], snapshot, view),
        )
        self._show_selected()
        self.query_one(AlertArea).show(alerts(snapshot), self._, view.now)

    def _show_above(self, found: int) -> None:
        """The counts; while only a part is shown, which, and how many that are."""
        assert self._standing is not None
        hint = self.query_one("#do-everybody", KeyHint)
        hint.display = not self._shown.everybody
        if self._shown.everybody:
            gap, cells = 5 if self.has_class("-wide") else 2, self.size.width - PADDING
            line = counts_line(self._standing.counts, self._, gap=gap, cells=cells)
        else:
            offered = parts(self._, self.kiosk.settings.rooms, self.room)
            what, number = offered.get(self._shown.part, ""), self._.number(found)
            if typed := self._shown.typed:
                words = self._("Found for {typed}", typed="")
                beside = hint.cells(twin=False) + cell_len(words) + len(f"  {number}")
                typed = fit(typed, self.size.width - 2 * PADDING - beside)
                what = self._("Found for {typed}", typed=typed)
            line = Content.assemble((f"{what}  ", "bold $jade"), (number, "bold"))
        self.query_one("#counts", Static).update(line, layout=False)

    def _show_header(self) -> None:
        now, state = self.kiosk.now(), self.kiosk.queue_state
        word = reception_words(self._)[state.reception] if state.known else ""
        if state.reception_until:
            word = f"{word} {state.reception_until}"
        when = f"{self._.day(now.date())} {self._.clock(now)}"
        for header in self.query(StaffHeader):
            header.show(when, word, is_open=state.reception == ReceptionState.open)

    def _show_selected(self) -> None:
        check_in, area = self.selected, self.query_one("#detail", Static)
        self.query_one(KeyArea).allow(check_in)
        hint = self.query_one("#selected KeyHint")
        hint.visible = bool(check_in and check_in.has_phone and not self.names_hidden)
        if check_in is None or self.snapshot is None:
            nobody = self._("Nobody is here yet")
            nobody = nobody if self._shown.everybody else self._("Nobody was found")
            area.update(nobody if self.snapshot else "", layout=False)
            return
        shown = check_in.id == self._phone_of
        room = self.query_one("#selected").content_size.width - hint.outer_size.width - 1
        line = detail(check_in, self.snapshot, self.view, phone_shown=shown, cells=room)
        area.update(line, layout=False)

    def on_queue_table_moved(self) -> None:
        """Another person is selected: the phone shown was not theirs."""
        self._cover_phone()

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        table = self.query_one(QueueTable)
        table.set_up(self._, 2 if self.has_class("-tall") else 1)
        self.show()

    def watch_names_hidden(self, hidden: bool) -> None:
        """Cover or uncover every name at once."""
        self._phone_of = None
        label = self._("show names") if hidden else self._("hide names")
        self.query_one("#do-hide", KeyHint).relabel(label)
        self.query_one(KeyArea).fit()
        self.show()

    def _cover_phone(self) -> None:
        self._phone_of = None
        self._show_selected()

    # Keys

    def action_key(self, action: str) -> None:
        """Keys that only change what is seen; the others change the queue."""
        if self.leaving_for:
            return
        match action:
            case "all_keys":
                self.app.call_later(self._open, StaffHelpScreen())
            case "figures":
                self.app.call_later(self._open, FiguresScreen())
            case "hide":
                self.names_hidden = not self.names_hidden
            case "show_phone" if self.names_hidden:
                self.say(self._("Names and phones are hidden"), refused=True)
            case "show_phone" if (one := self.selected) and one.has_phone:
                self._phone_of = one.id
                self._phone_until = self.kiosk.monotonic() + PHONE_SECONDS
                self._show_selected()
                self.note("phone_seen", ticket=one.ticket, day=str(one.day))
            case "filter":
                offered = parts(self._, self.kiosk.settings.rooms, self.room)
                self.ask(which_part(offered, self._), lambda part: self._show_only(Shown(part)))
            case "search":
                self._search()
            case "everybody":
                self._show_only(Shown())
            case _:
                super().action_key(action)

    async def _open(self, screen: Screen[str | None]) -> None:
        """Open a screen that gives a key, painted once it is whole."""
        with self.app.batch_update():
            await self.app.push_screen(screen, self._chosen)

    def _chosen(self, action: str | None) -> None:
        if action:
            self.action_key(action)

    def _show_only(self, wanted: Shown) -> None:
        self._shown = wanted
        self.show()

    def _search(self) -> None:
        """Show whom is found while it is typed; Enter stays with them, Escape goes back."""
        before = self._shown

        def typed(text: str) -> None:
            self._show_only(Shown(before.part, text) if text.strip() else before)

        self.ask_line(
            self._("Find:"),
            typed,
            enter=self._("keep"),
            hint=self._("Ticket, name, first letters in pinyin, or the end of a phone number"),
            changed=typed,
            cancelled=lambda: self._show_only(before),
        )

    def brought(self, job: Job, check_in: CheckIn) -> bool:
        """What was looked for before has been dealt with, when a key brings somebody else."""
        unseen = super().brought(job, check_in)
        if unseen and self._shown.typed and not self.asking:
            self._show_only(Shown())
        return unseen

    def means(self, key: events.Key) -> Meaning:
        """What a key does: an answer, text in the line, or one of all the keys."""
        if self.query_one(QuestionBar).asking:
            return in_an_answer(key)
        return in_a_line(key) if self.query_one(EntryBar).asking else in_the_queue(key)

    def card_for(self, key: events.Key) -> Press | None:
        """Where it stands in the key area, while that is to be seen."""
        return None if self.asking else self.query_one(KeyArea).hint(key.character or "")

    def show_pressed(self, key: events.Key, *, pressed: bool) -> None:
        """Where the key area leaves the key out, on the line of the last action."""
        if self.card_for(key) or self.asking:
            super().show_pressed(key, pressed=pressed)
            return
        said = self.query_one("#said", Static)
        if pressed:
            self._said_before = said.content
            said.update(Content.styled(f" {key.character} ", Press.CHIP))
        else:
            said.update(self._said_before)

    def scanned(self, text: str) -> None:
        """A ticket's code opens it; anything else was left out."""
        today = self.snapshot.today if self.snapshot else []
        found = [one for one in today if one.ticket.casefold() == text.casefold()]
        if found and not self.asking:
            self._show_ticket(found[0])
        else:
            self.say(self._("A scanned code was left out."), refused=True)

    def _show_ticket(self, one: CheckIn) -> None:
        """Stand on a ticket, whatever part of the day it is in."""
        here = self._standing.here if self._standing else []
        self._show_only(Shown() if one.id in [c.id for c in here] else Shown(typed=one.ticket))
        table = self.query_one(QueueTable)
        table.expect(one)
        table.bring(one, one.id)

    def on_key(self, event: events.Key) -> None:
        """While something is asked every key is an answer, wherever the focus is."""
        question, line = self.query_one(QuestionBar), self.query_one(EntryBar)
        if question.asking:
            question.press(event)
        elif line.asking and event.key in ("up", "down"):
            self.query_one(QueueTable).action_move(1 if event.key == "down" else -1)
        elif line.asking:
            if not line.press(event):
                return
        elif event.key == "escape" and not self._shown.everybody:
            self._show_only(Shown())
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Press.Pressed)
    def _touched(self, event: Press.Pressed) -> None:
        if self.asking:
            return
        if isinstance(event.press, AlertLine) and event.press.alert:
            self.answer(event.press.alert)
        else:
            self.action_key((event.press.id or "").removeprefix("do-"))

    @on(KioskScreen.Command)
    def _command(self, event: KioskScreen.Command) -> None:
        """F1 shows all keys; F10 ends the use of this terminal, here as in the lobby."""
        self.query_one(QuestionBar).cancel()
        self.query_one(EntryBar).cancel()
        self.action_key("all_keys" if event.name == "help" else "lock")

    def forget(self) -> None:
        """Empty the table too, and forget all that was painted."""
        super().forget()
        self._standing = self._done = None
        self.query_one(QueueTable).clear()
        self.query_one("#detail", Static).update("")
        forget_painted()

    def _lock_itself(self) -> None:
        """Lock because nobody is here, or the day is over."""
        if self.leaving_for:
            return
        self.left = Left.IDLE if self.service_day == self._day else Left.DAY_OVER
        if isinstance(self.app.screen, AWAY):
            self.app.screen.dismiss(None)
        self.leave("staff")

    def leave(self, mode: str) -> None:
        """Cover the names at once; the rest when the store has done what it was asked."""
        self.query_one(QuestionBar).cancel()
        self.query_one(EntryBar).cancel()
        self.names_hidden = True
        super().leave(mode)
