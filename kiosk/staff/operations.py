"""What the keys of the queue screen do: they ask, write to the store in order, and say so."""

from collections.abc import Callable

from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from db import (
    Account,
    CheckIn,
    CheckInStore,
    Reception,
    ReceptionState,
    Role,
    StoreError,
)
from kiosk.staff import sentences
from kiosk.staff.alerts import Alert, alerts
from kiosk.staff.choices import back_when, which_room, which_service, which_state
from kiosk.staff.header import reception_words
from kiosk.staff.keys import KeyArea, possible
from kiosk.staff.live import Job, LiveScreen
from kiosk.staff.questions import Question, QuestionBar
from kiosk.staff.rows import View, service_text
from kiosk.staff.table import QueueTable

OPERATIONS: dict[str, Callable[[CheckInStore, str, str, int], CheckIn]] = {
    "recall": CheckInStore.recall,
    "begin": CheckInStore.begin,
    "complete": CheckInStore.complete,
    "no_show": CheckInStore.no_show,
    "put_back": CheckInStore.return_to_queue,
    "park": CheckInStore.park,
}


class OperationsScreen(LiveScreen):
    """The queue screen as far as its keys change the queue; QueueScreen composes and shows it."""

    names_hidden: var[bool] = var(False, init=False)
    """Whether names and phones are covered."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.account = account
        self._last_room = ""
        self._leaving_for: str | None = None

    # What stands on the screen

    @property
    def selected(self) -> CheckIn | None:
        """The check-in under the cursor, as it was when last read."""
        return self.snapshot.find(self.query_one(QueueTable).selected) if self.snapshot else None

    @property
    def view(self) -> View:
        """How this terminal looks at the queue now."""
        return View(
            lang=self._,
            clinic=self.kiosk.clinic,
            now=self.kiosk.now(),
            alarm_minutes=self.kiosk.settings.wait_alarm_minutes,
            names_hidden=self.names_hidden,
        )

    def say(self, text: str, *, refused: bool = False, undo: bool = False) -> None:
        """Put a sentence on the line of the last action, with the time and the way back."""
        time = self._.clock(self.kiosk.now())
        tone = "bold $terracotta" if refused else "bold"
        self.query_one("#last KeyHint").display = undo
        self.query_one("#said", Static).update(
            Content.assemble((f"{time} ", "$quiet"), (text, tone))
        )

    def ask(self, question: Question, then: Callable[[str], None]) -> None:
        """Ask in place of the keys, which rest meanwhile."""
        bar, keys = self.query_one(QuestionBar), self.query_one(KeyArea)

        def answered(value: str | None) -> None:
            bar.display, keys.display = False, True
            self.query_one(QueueTable).focus()
            if value is not None:
                then(value)

        bar.display, keys.display = True, False
        bar.focus()
        bar.ask(question, answered)

    # Keys

    def action_key(self, action: str) -> None:
        """Do what a key stands for, whether it was pressed or touched."""
        check_in = self.selected
        if not possible(action, check_in):
            self.say(self._why_not(action, check_in), refused=True)
            return
        match action:
            case "call_next":
                self.call(None)
            case "call_this":
                self.call(check_in)
            case "transfer" if check_in:
                self._transfer(check_in)
            case "priority" if check_in:
                self._set_priority(check_in)
            case "undo":
                manager = self.account.role is Role.manager
                self.do(Job("undo", lambda store: store.undo(self.account.name, manager)))
            case "reception":
                self._ask_reception()
            case "go":
                self._go()
            case "lock":
                self.leave("staff")
            case _ if check_in:
                self._operate(action, check_in)

    def _why_not(self, action: str, check_in: CheckIn | None) -> str:
        if check_in is None:
            return self._("Nobody is here yet")
        if action == "show_phone":
            return self._("{ticket} left no phone number", ticket=check_in.ticket)
        return sentences.not_possible(check_in.ticket, check_in.status, self._)

    def _operate(self, action: str, seen: CheckIn) -> None:
        operation, by = OPERATIONS[action], self.account.name
        self.do(Job(action, lambda store: operation(store, seen.id, by, seen.revision)))

    def _set_priority(self, seen: CheckIn) -> None:
        value, by = 0 if seen.priority > 0 else 1, self.account.name
        self.do(
            Job("priority", lambda store: store.set_priority(seen.id, value, by, seen.revision))
        )

    def call(self, seen: CheckIn | None) -> None:
        """Call somebody, or whoever is next, to a room that is asked for if there are several."""
        rooms = [room.name for room in self.kiosk.settings.rooms]
        if len(rooms) == 1:
            self._call_to(rooms[0], seen)
            return
        question = which_room(rooms, seen, self._last_room, self._)
        self.ask(question, lambda room: self._call_to(room, seen))

    def _call_to(self, name: str, seen: CheckIn | None) -> None:
        room = next(room for room in self.kiosk.settings.rooms if room.name == name)
        by, self._last_room = self.account.name, name
        if seen is None:
            services = room.services
            job = Job("call", lambda store: store.call_next(name, by, services=services), name)
        else:
            job = Job("call", lambda store: store.call(seen.id, name, by, seen.revision), name)
        self.do(job)

    def _transfer(self, seen: CheckIn) -> None:
        by = self.account.name
        services = [s for s in self.kiosk.clinic.services if s.slug != seen.service]

        def move(slug: str) -> None:
            self.do(Job("transfer", lambda store: store.transfer(seen.id, slug, by, seen.revision)))

        self.ask(which_service(services, seen.ticket, self._), move)

    def _ask_reception(self) -> None:
        """Ask whether reception takes people, and when it is back if it is away."""

        def chosen(state: str) -> None:
            if state == ReceptionState.away:
                self.ask(back_when(self.kiosk.now(), self._), lambda at: self._set(state, at))
            else:
                self._set(state, "")

        self.ask(which_state(self._), chosen)

    def _set(self, state: str, until: str) -> None:
        new, by, back = ReceptionState(state), self.account.name, until or None
        self.do(Job("reception", lambda store: store.set_reception_state(new, by, back)))

    def _go(self) -> None:
        """Answer the first alert that nobody has answered."""
        waiting = [a for a in alerts(self.snapshot) if not a.going] if self.snapshot else []
        if waiting:
            self.answer(waiting[0])
        else:
            self.say(self._("Nobody calls for help"), refused=True)

    def answer(self, alert: Alert) -> None:
        """Go to somebody: a call for help is acknowledged, an urgent ticket is called."""
        if alert.going or self._leaving_for:
            return
        if alert.help_call:
            call, by = alert.help_call, self.account.name
            self.do(Job("go", lambda store: store.acknowledge(call, by)))
        elif self.snapshot and (check_in := self.snapshot.find(alert.check_in)):
            self.call(check_in)

    # The store

    def on_live_screen_finished(self, event: LiveScreen.Finished) -> None:
        """Say what came of it."""
        job, result = event.job, event.result
        if job.action == "leave":
            self._left()
        elif isinstance(result, StoreError):
            zone = self.kiosk.clinic.zone
            self.say(sentences.refusal(result, self._, zone), refused=True)
        elif isinstance(result, CheckIn):
            service = service_text(result, self.view)
            said = sentences.done(job.action, self.account.name, result, service, self._)
            self.say(said, undo=job.action != "undo")
        elif isinstance(result, Reception):
            state = reception_words(self._)[result.state]
            self.say(self._("{who}: reception is {state}", who=self.account.name, state=state))
        elif job.action == "go":
            self.say(self._("{who} is going", who=self.account.name))
        elif job.action == "call":
            self.say(self._("Nobody is waiting for Room {room}", room=job.room), refused=True)

    # The end

    def leave(self, mode: str) -> None:
        """Sign out and go to the staff's or the lobby's first screen, after what is still to do."""
        if self._leaving_for:
            return
        self._leaving_for = mode
        self.kiosk.signed_in = None
        self.do(Job("leave", lambda store: store.leave_desk(self.account.name)))

    def _left(self) -> None:
        self.forget()
        if self._leaving_for == "staff":
            self.dismiss()
        elif self._leaving_for:
            self.kiosk.open_mode(self._leaving_for)
