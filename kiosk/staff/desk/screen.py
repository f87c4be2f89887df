"""The queue: who is here, what must not be overlooked, and the keys that change it."""

from collections import deque
from collections.abc import Callable
from datetime import date

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message

from db import Account, CheckIn
from kiosk.input.guard import Meaning
from kiosk.languages.pinyin import readings
from kiosk.settings import Mode
from kiosk.staff.acts import sentences
from kiosk.staff.acts.calling import answer
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.keys import ACTS, bindings, staff_keys
from kiosk.staff.acts.looking import open_ticket
from kiosk.staff.acts.others import TakenBackByOthers
from kiosk.staff.acts.refusing import would_do
from kiosk.staff.acts.slips import tell_slip
from kiosk.staff.acts.staff_desk import Left, StaffDesk
from kiosk.staff.acts.telling import asks, tell, tell_taken_back
from kiosk.staff.asking.entry import LineQuestion
from kiosk.staff.asking.questions import Question
from kiosk.staff.desk.alert_area import AlertLine
from kiosk.staff.desk.beyond import Beyond
from kiosk.staff.desk.bottom import Bottom
from kiosk.staff.desk.form_place import FormPlace
from kiosk.staff.desk.key_area import KeyArea, KeyHint
from kiosk.staff.desk.queue_view import QueueView
from kiosk.staff.desk.ticket_number import TicketNumber
from kiosk.staff.screen import StaffScreen
from kiosk.staff.seen.alerts import Bell, alerts
from kiosk.staff.seen.shown import Shown
from kiosk.staff.snapshots import Snapshots
from kiosk.textual_private.forgetting import forget_painted
from kiosk.widgets.host import Committed
from kiosk.widgets.press import Press
from kiosk.widgets.queue_watcher import follow_queue_state
from kiosk.widgets.screen import KioskScreen

PRESENT_EVERY = 60.0


class QueueScreen(StaffScreen[None]):
    """The screen staff work with all day; it lives from one sign-in to the next lock.

    What its keys do is in acts/keys.py; it is what they know as AtDesk.
    """

    BINDINGS = [*bindings(), Binding("enter", "key('call_this')", show=False)]

    class Finished(Message):
        """The store has done a job, or refused it."""

        def __init__(self, job: Job, result: object) -> None:
            super().__init__()
            self.job = job
            self.result = result

    def __init__(self, account: Account, room: str = "", bell: Bell | None = None) -> None:
        """`bell`: the terminal's; what it has rung for rings no more."""
        super().__init__()
        self.desk = StaffDesk(account, room)
        self.queue = QueueView(self.desk, self._allow)
        self.form = FormPlace(self.queue)
        self.beyond = Beyond(self, self, self._chosen_there)
        self._number = TicketNumber(self.queue)
        self._bell = bell or Bell()
        self._others = TakenBackByOthers(account.name)
        self._snapshots = Snapshots(self, names=True)
        self._last_job: Job | None = None
        """After which nothing more is done here."""
        self._put_off: deque[QueueScreen.Finished] = deque()
        """What leads to a question, while another is open."""
        self._present_at = 0.0
        self._day = date.min

    def compose(self) -> ComposeResult:
        """The queue, and the keys."""
        yield self.queue
        yield Bottom(staff_keys(self._))

    def on_mount(self) -> None:
        """Begin to follow the queue and to work through what is asked of it."""
        super().on_mount()
        self._day = self.service_day
        self.queue.table.focus()
        if not self.kiosk.settings.lab_only:
            self.query_one("#do-park", KeyHint).relabel(self._("send to"))
        jobs = self.desk.work_through(
            self.kiosk.store, lambda job, result: self.post_message(self.Finished(job, result))
        )
        self.run_worker(jobs, group="jobs")
        self._snapshots.follow()
        self.make_ready()
        follow_queue_state(self, lambda _state: self.queue.show_header(), init=False)
        self.tick()

    @work(thread=True, group="ready")
    def make_ready(self) -> None:
        """Read the pinyin, for which the first search would wait."""
        readings("王")

    # Following the store

    @on(Snapshots.Read)
    def _read(self, event: Snapshots.Read) -> None:
        """Something changed."""
        if self.desk.leaving_for:
            return
        rang = self._bell.ring(alerts(event.snapshot), self.app.bell)
        if rang:
            self.beyond.take_down()  # what rings must be seen
        self.queue.read(event.snapshot)
        self.form.hear(event.snapshot, self.desk.account.name)
        self.beyond.hear()
        for one in self._others.news(event.snapshot.moment):
            tell_taken_back(self, one)

    @on(Snapshots.Unreadable)
    def _unreadable(self, event: Snapshots.Unreadable) -> None:
        """What stands on the screen may be old."""
        self.queue.unreadable()
        why = sentences.refused(event.trouble, self._, self.kiosk.clinic.zone)
        self.say(self._("The queue may be old. {why}", why=why), refused=True)

    def on_queue_screen_finished(self, event: Finished) -> None:
        """Say what came of it."""
        if event.job is self._last_job:
            self._left()
        elif self.asking and asks(event.job, event.result):
            self._put_off.append(event)
        else:
            tell(self, event.job, event.result)

    def tick(self) -> None:
        """Once a second: the clock, waiting times, presence, and what is only shown for a while."""
        now, desk = self.kiosk.monotonic(), self.desk
        if not self.query(Bottom) or self.kiosk.sign_out_if_changed():
            return  # it is on its way out, or was never whole
        if self.abandoned:
            self.leave(Mode.lobby)
        elif self.left_alone or self.service_day != self._day:
            self._lock_itself()
        if now >= self._present_at and not desk.leaving_for:
            self._present_at = now + PRESENT_EVERY
            desk.do(Job(lambda store: store.mark_present(desk.account.name, desk.room)))
        if self._put_off and not self.asking and not desk.leaving_for:
            put_off = self._put_off.popleft()
            tell(self, put_off.job, put_off.result)
        self._number.tick()
        self.queue.tick()

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.call_after_refresh(self.queue.lay_out)

    def _allow(self, selected: CheckIn | None) -> None:
        """Tone down the keys that lead nowhere."""
        self.query_one(KeyArea).allow(selected)

    # What its keys ask of it (acts/at_desk.py)

    def say(self, text: str, *, refused: bool = False, undo: bool = False) -> None:
        """Put a sentence on the line of the last action, with the time and the way back."""
        self.queue.say(text, refused=refused, undo=undo)

    def would_do(self, one: CheckIn) -> str:
        """Say which keys would do for somebody as they stand."""
        return would_do(one, self._)

    @property
    def asking(self) -> bool:
        """Whether something is asked, or filled in, so that keys are answers."""
        return self.query_one(Bottom).asking or self.form.open

    def ask(
        self,
        question: Question,
        then: Callable[[str], None],
        cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        """Ask in place of the keys, which rest meanwhile."""
        self.query_one(Bottom).ask(question, then, cancelled)

    def ask_line(
        self,
        line: LineQuestion,
        then: Callable[[str], None],
        cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        """Have a line typed in place of the keys."""
        self.query_one(Bottom).ask_line(line, then, cancelled)
        self.kiosk.appears()  # the key that asks types nothing into it, however held

    def carry_out(self, work: Callable[[], object]) -> None:
        """Have something done beside the store's jobs; what came of it is told (slips.py)."""
        self.kiosk.commit(work, reply_to=self, holding=False)

    def on_committed(self, event: Committed) -> None:
        """A slip is with the printer, or it is not."""
        tell_slip(self, event.outcome)

    def brought(self, job: Job, check_in: CheckIn) -> None:
        """Know somebody as they are now, and go there if the job brought them.

        What was looked for before has been dealt with, when a key brings somebody else.
        """
        self.desk.done = check_in
        unseen = self.queue.brought(job, check_in)
        if unseen and self.queue.shown.typed and not self.asking:
            self.queue.show_only(Shown())

    def hide_names(self, hidden: bool) -> None:
        """Cover every name and phone, or show them."""
        self.queue.names_hidden = hidden
        label = self._("show names") if hidden else self._("hide names")
        self.query_one("#do-hide", KeyHint).relabel(label)
        self.query_one(KeyArea).fit()

    def _chosen_there(self, action: str) -> None:
        if not self.form.open:
            self.action_key(action)

    # Keys

    def action_key(self, action: str) -> None:
        """Do what a key stands for, whether it was pressed or touched."""
        if self.desk.leaving_for:
            return
        self._number.end()
        if action == "everybody":
            self.queue.show_only(Shown())
        elif act := ACTS.get(action):
            act.press(self)

    def means(self, key: events.Key) -> Meaning:
        """What a key does: an answer, text in a line, or one of all the keys."""
        return self.form.means(key) or self.query_one(Bottom).means(key)

    def way_back(self) -> Callable[[], None]:
        """What was chosen in the form before a scan began there."""
        return self.form.view.way_back()

    def card_for(self, key: events.Key) -> Press | None:
        """Where it stands in the key area, while that is to be seen."""
        return None if self.asking else self.query_one(KeyArea).hint(key.character or "")

    def show_pressed(self, key: events.Key, *, pressed: bool) -> None:
        """Where the key area leaves the key out, on the line of the last action."""
        if self.card_for(key) or self.asking:
            super().show_pressed(key, pressed=pressed)
        else:
            self.queue.show_pressed(key.character or "", pressed=pressed)

    def scanned(self, text: str) -> None:
        """A ticket's code opens it."""
        open_ticket(self, text)

    def on_key(self, event: events.Key) -> None:
        """While something is asked every key is an answer, wherever the focus is."""
        bottom = self.query_one(Bottom)
        if bottom.typing and event.key in ("up", "down"):
            self.queue.table.action_move(1 if event.key == "down" else -1)
        elif bottom.asking:
            if not bottom.press(event):
                return
        elif self.form.open:
            self.form.press(event)
        elif self._number.press(event):
            pass
        elif event.key == "escape" and not self.queue.shown.everybody:
            self.queue.show_only(Shown())
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Press.Pressed)
    def _touched(self, event: Press.Pressed) -> None:
        if self.query_one(Bottom).asking:
            return
        if isinstance(event.press, AlertLine) and event.press.alert:
            answer(self, event.press.alert)
        else:
            self.action_key((event.press.id or "").removeprefix("do-"))

    @on(KioskScreen.Command)
    def _command(self, event: KioskScreen.Command) -> None:
        """F1 shows all keys; F10 ends the use of this terminal, here as in the lobby."""
        self.query_one(Bottom).cancel()
        self.action_key("all_keys" if event.name == "help" else "lock")

    # The end

    def _lock_itself(self) -> None:
        """Lock because nobody is here, or the day is over."""
        if self.desk.leaving_for:
            return
        self.desk.left = Left.IDLE if self.service_day == self._day else Left.DAY_OVER
        self.beyond.take_down()
        self.leave(Mode.staff)

    def leave(self, mode: Mode) -> None:
        """Sign out, and go to another mode after what is still to do; names are covered at once."""
        self.form.close()
        self.query_one(Bottom).cancel()
        self.hide_names(True)
        if not self.desk.leaving_for:
            self.kiosk.signed_in = None
            self._last_job = self.desk.leave(mode)

    def _left(self) -> None:
        self.forget()
        if self.desk.leaving_for is Mode.staff:
            self.dismiss()
        elif self.desk.leaving_for:
            self.kiosk.open_mode(self.desk.leaving_for)

    def forget(self) -> None:
        """Let go of every name now: Textual's timers may keep the screen itself for a while."""
        self._snapshots.forget()
        self._put_off.clear()
        self.desk.done = None
        self.queue.forget()
        forget_painted()
