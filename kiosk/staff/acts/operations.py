"""What every key of the queue screen needs: asking, writing to the store in order, saying so."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum

from textual.content import Content
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static

from db import (
    Account,
    CheckIn,
    CheckInStore,
    InvalidArrival,
    Reception,
    Status,
    StoreError,
)
from kiosk.staff.acts import sentences
from kiosk.staff.acts.choices import really_take_back
from kiosk.staff.acts.keys import KeyArea, possible
from kiosk.staff.acts.steps import (
    Cannot,
    Happened,
    Older,
    Step,
    Steps,
    TakenBack,
    Way,
    step_of,
)
from kiosk.staff.asking.entry import EntryBar
from kiosk.staff.asking.questions import Question, QuestionBar
from kiosk.staff.desk.header import reception_words
from kiosk.staff.desk.jobs import Job, LiveScreen
from kiosk.staff.desk.rows import View, service_text
from kiosk.staff.desk.table import QueueTable

OPERATIONS: dict[str, Callable[[CheckInStore, str, str, int], CheckIn]] = {
    "recall": CheckInStore.recall,
    "begin": CheckInStore.begin,
    "complete": CheckInStore.complete,
    "no_show": CheckInStore.no_show,
    "put_back": CheckInStore.return_to_queue,
    "park": CheckInStore.park,
}


class Left(StrEnum):
    """Why a terminal was locked; after the first, whoever was there still counts as present."""

    IDLE = "idle"
    DAY_OVER = "day over"
    LOCKED = "locked"


class OperationsScreen(LiveScreen):
    """The queue screen as far as any key needs it; its subclasses add what the keys do."""

    names_hidden: var[bool] = var(False, init=False)
    """Whether names and phones are covered."""

    def __init__(self, account: Account, room: str = "", rung: set[str] | None = None) -> None:
        """`room`: where they see people; empty at the desk, which is asked for a room each time."""
        super().__init__(rung)
        self.account = account
        self.room = room
        self._steps = Steps(account)
        self._done: CheckIn | None = None
        """What the last job made of a check-in: the next key may come before it is read again."""
        self.leaving_for: str | None = None
        """The mode that comes after this screen, once somebody asked to leave it."""
        self.left = Left.LOCKED

    # What stands on the screen

    @property
    def selected(self) -> CheckIn | None:
        """The check-in under the cursor, as it was when last read or done something to here."""
        seen = self.snapshot.find(self.query_one(QueueTable).selected) if self.snapshot else None
        done = self._done
        if seen and done and done.id == seen.id and done.revision > seen.revision:
            return done
        return seen

    @property
    def view(self) -> View:
        """How this terminal looks at the queue now."""
        return View(
            lang=self._,
            clinic=self.kiosk.clinic,
            now=self.kiosk.now(),
            settings=self.kiosk.settings,
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
        bar = self.query_one(QuestionBar)
        self._instead_of_keys(bar)
        bar.ask(question, lambda value: self._answered(bar, value, then))

    def ask_line(
        self,
        text: str,
        then: Callable[[str], None],
        *,
        enter: str,
        hint: str = "",
        value: str = "",
        changed: Callable[[str], None] | None = None,
        cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        """Have a line typed in place of the keys; `changed` hears of every character."""
        bar = self.query_one(EntryBar)
        self._instead_of_keys(bar)
        bar.ask(
            text,
            lambda value: self._answered(bar, value, then, cancelled),
            enter=enter,
            cancel=self._("cancel"),
            hint=hint,
            value=value,
            changed=changed,
        )

    def _instead_of_keys(self, bar: Widget) -> None:
        for one in (QuestionBar, EntryBar, KeyArea):
            self.query_one(one).display = False
        bar.display = True

    def _answered(
        self,
        bar: Widget,
        value: str | None,
        then: Callable[[str], None],
        cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        bar.display, self.query_one(KeyArea).display = False, True
        if self.focused is not (table := self.query_one(QueueTable)):
            self.set_focus(table)
        if value is None:
            cancelled()
        else:
            then(value)

    @property
    def asking(self) -> bool:
        """Whether something is asked, so that keys are answers."""
        return self.query_one(QuestionBar).asking or self.query_one(EntryBar).asking

    # Keys

    def action_key(self, action: str) -> None:
        """Do what a key stands for, whether it was pressed or touched."""
        check_in = self.selected
        if not possible(action, check_in):
            self.say(self._why_not(action, check_in), refused=True)
            return
        match action:
            case "undo":
                self.do(Job("undo", self._steps.take_back))
            case "lock":
                self.leave("staff")
            case _ if check_in:
                self.operate(action, check_in)

    def is_possible(self, action: str) -> bool:
        """Whether a key makes sense for whoever is selected."""
        return possible(action, self.selected)

    def _why_not(self, action: str, check_in: CheckIn | None) -> str:
        if check_in is None:
            return self._("Nobody is here yet")
        if action == "show_phone":
            return self._("{ticket} left no phone number", ticket=check_in.ticket)
        return sentences.not_possible(check_in.ticket, check_in.status, self._)

    def operate(self, action: str, seen: CheckIn, *, brings: bool = False) -> None:
        """Have the store do one of OPERATIONS to a check-in as it was seen."""
        operation, by = OPERATIONS[action], self.account.name
        if action == "put_back" and seen.status is Status.left:
            self._bring_back(seen)
            return

        def run(store: CheckInStore) -> CheckIn:
            return operation(store, seen.id, by, seen.revision)

        self.change(action, seen, run, brings=brings)

    def _bring_back(self, seen: CheckIn) -> None:
        by = self.account.name

        def step(_: CheckInStore, result: object) -> Step:
            assert isinstance(result, CheckIn)
            return Step((Happened("returned", result),), lambda store: store.leave(result.id, by))

        self.do(Job("put_back", lambda store: store.bring_back(seen.id, by, seen.revision), step))

    def bring(self, job: Job) -> None:
        """Have the store do what brings somebody: the cursor goes there, for the next key."""
        self.query_one(QueueTable).expect(job)
        self.do(job)

    def note(self, kind: str, **told: str) -> None:
        """Have it written down that whoever is signed in saw something."""
        audit = self.kiosk.accounts().audit
        by, device = self.account.name, self.kiosk.settings.device
        self.do(Job("note", lambda _: audit.note(kind, by, device, **told)))

    def brought(self, job: Job, check_in: CheckIn) -> bool:
        """Know somebody as they are now, and go there if the job brought them.

        Says whether those it brought are unseen yet.
        """
        self._done = check_in
        return self.query_one(QueueTable).bring(job, check_in.id)

    def change(self, action: str, seen: CheckIn, run: Way, *, brings: bool = False) -> None:
        """Have the store change one check-in, which `u` takes back; `brings`: the cursor goes."""

        def step(store: CheckInStore, result: object) -> Step | None:
            assert isinstance(result, CheckIn)
            return step_of(store, self.account.name, result)

        job = Job(action, run, step)
        (self.bring if brings else self.do)(job)

    def carry_out(self, job: Job) -> object:
        """Remember the steps, in order, in the thread that does one job after another."""
        result = super().carry_out(job)
        with suppress(StoreError):  # it is done, whether it can be taken back or not
            if step := job.step(self.kiosk.store(), result):
                self._steps.note(step)
        return result

    def _ask_to_take_back(self, older: Older) -> None:
        """Ask before what this session did not do: nobody takes back a colleague's by accident."""
        what = self._told((older.what,))
        time = self._.clock(older.at.astimezone(self.kiosk.clinic.zone))
        question = really_take_back(older.by, what, time, self._)
        job = Job("undo", lambda store: self._steps.take_back_older(store, older))
        self.ask(question, lambda _: self.do(job))

    def _told(self, what: Sequence[Happened]) -> str:
        return "; ".join(
            sentences.happened(one.kind, one.check_in, self._service(one.check_in), self._)
            for one in what
        )

    def _service(self, check_in: CheckIn) -> str:
        return service_text(check_in, self.view)

    # The store

    def on_live_screen_finished(self, event: LiveScreen.Finished) -> None:
        """Say what came of it."""
        self.finished(event.job, event.result)

    def finished(self, job: Job, result: object) -> None:
        """Say what came of a job."""
        who = self.account.name
        if job.action == "leave":
            self._left()
        elif isinstance(result, StoreError | InvalidArrival):
            zone = self.kiosk.clinic.zone
            self.say(sentences.refusal(result, self._, zone), refused=True)
        elif isinstance(result, CheckIn):
            self.brought(job, result)
            said = sentences.done(job.action, who, result, self._service(result), self._)
            self.say(said, undo=job.action not in ("go", "merge"))
        elif isinstance(result, TakenBack):
            self._took_back(job, result)
        elif isinstance(result, Cannot):
            what = self._told(result.what)
            self.say(self._("{what}: that cannot be taken back", what=what), refused=True)
        elif isinstance(result, Older):
            if not self.asking:
                self._ask_to_take_back(result)
        elif isinstance(result, Reception):
            state = reception_words(self._)[result.state]
            self.say(self._("{who}: reception is {state}", who=who, state=state))
        elif job.action == "go":
            self.say(self._("{who} is going", who=who))

    def _took_back(self, job: Job, taken: TakenBack) -> None:
        who, now = self.account.name, taken.now
        if isinstance(now, Reception):
            state = reception_words(self._)[now.state]
            self.say(self._("{who}: reception is {state}", who=who, state=state))
            return
        self.brought(job, now)
        if [one.kind for one in taken.what] == ["transferred"]:
            said = self._(
                "{who} moved {ticket} back to {service}",
                who=who,
                ticket=now.ticket,
                service=self._service(now),
            )
        else:
            said = self._("{who} took back: {what}", who=who, what=self._told(taken.what))
        self.say(said)

    # The end

    def leave(self, mode: str) -> None:
        """Sign out and go to the staff's or the lobby's first screen, after what is still to do.

        Whoever locks a staff terminal counts as present for as long as without a sign of life.
        """
        if self.leaving_for:
            return
        self.leaving_for = mode
        self.kiosk.signed_in = None
        name, room = self.account.name, self.room
        if mode == "staff":
            self.do(Job("leave", lambda store: store.mark_present(name, room)))
        else:
            self.do(Job("leave", lambda store: store.leave_desk(name)))

    def _left(self) -> None:
        self.forget()
        if self.leaving_for == "staff":
            self.dismiss()
        elif self.leaving_for:
            self.kiosk.open_mode(self.leaving_for)
