"""Where one ticket stands, and what its owner may say without the desk: back again, or leaving."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical

from db import (
    CheckIn,
    CheckInStore,
    IllegalTransition,
    StaleCheckIn,
    Status,
    StoreError,
    UnknownCheckIn,
)
from kiosk.input.guard import Meaning
from kiosk.languages.language import mark
from kiosk.lobby.screen import LobbyScreen
from kiosk.queue.public import QueueState
from kiosk.queue.standing import Standing, standing
from kiosk.widgets.big_text import BigText
from kiosk.widgets.host import Committed
from kiosk.widgets.press import Tile
from kiosk.widgets.queue_watcher import follow_queue_state
from kiosk.widgets.words import Words

PATIENT = ""
"""Who did it, in the journal: nobody of the staff. Any of them may undo it."""
MAY_LEAVE = (Status.waiting, Status.called, Status.parked)
TO_READ = 1.0
"""Seconds before the key that asked to leave, pressed a little too long, may also confirm it."""

Operation = Callable[[CheckInStore, str, str, int], CheckIn]


class MyPlaceScreen(LobbyScreen[None]):
    """A ticket in large digits, its place, and at most two choices.

    Anybody can type any number: nothing here tells whose it is or what for, and leaving is asked
    about once and can be undone by staff.
    """

    IDLE = 0.75

    def __init__(self, check_in: CheckIn) -> None:
        super().__init__()
        self._seen = check_in
        self._readable = True
        self._leaving_since: float | None = None
        """When the question whether to leave was asked; None while it is not."""
        self._leaving = check_in
        """The ticket as it stood when that was asked."""
        self._result, self._result_of = "", 0
        """What came of the last choice, and the revision of the check-in it belongs to."""
        self._went_well = True

    def heading(self) -> str:
        """What this is."""
        return self._("I have a ticket")

    def next_label(self) -> str:
        """There is nothing more to do here."""
        return self._("Done")

    def compose_body(self) -> ComposeResult:
        """The number and its place; beneath them what may be done."""
        with Horizontal(id="my-place"):
            # In the larger size the number stands above the words, and has five rows in twelve.
            leaving = 7 * self.app.size.height // 12 if self.kiosk.larger else None
            yield BigText(self._seen.ticket, id="my-number", leaving=leaving)
            with Vertical(id="my-standing"):
                yield Words("", id="result", classes="problem")
                yield Words("", id="said", classes="question")
                yield Words("", id="do", classes="hint")
        with Grid(classes="choices two big", id="my-choices"):
            yield Tile(
                self._("I am back"),
                self._("Back in the queue, next in line"),
                key="1",
                id="back-again",
                classes="main",
            )
            yield Tile(
                self._("Leave the queue"),
                self._("I do not want to wait any more"),
                key="2",
                id="leave",
            )
            yield Tile(self._("No, keep my place"), key="1", id="stay")
            yield Tile(self._("Yes, leave the queue"), key="2", id="leave-now")

    def on_mount(self) -> None:
        """Follow the queue while somebody looks."""
        super().on_mount()
        follow_queue_state(self, self._follow)

    def _follow(self, _state: QueueState) -> None:
        self._show()

    def tick(self) -> None:
        """Once a second: a priority or an examination changes it unseen by the room."""
        super().tick()
        self._show()

    async def relanguage(self) -> None:
        """The same in another language."""
        await super().relanguage()
        self._show()

    def _show(self) -> None:
        if not self.query("#said"):  # between two compositions
            return
        now = self._stands()
        self.query_one("#said", Words).say(now.said)
        self.query_one("#do", Words).say(now.do)
        result = self.query_one("#result", Words)
        fits = self._readable and self._result_of == self._seen.revision
        result.say(self._(self._result) if self._result and fits else "")
        result.set_class(self._went_well, "fine")
        asking = self._leaving_since is not None
        may_leave = self._readable and self._seen.status in MAY_LEAVE and not self._seen.urgent
        for name, there in {
            "back-again": self._readable and self._seen.status is Status.parked and not asking,
            "leave": may_leave and not asking,
            "stay": may_leave and asking,
            "leave-now": may_leave and asking,
        }.items():
            self.query_one(f"#{name}", Tile).display = there

    def _stands(self) -> Standing:
        _ = self._
        try:
            store = self.kiosk.store()
            seen = store.get(self._seen.id)
            ahead = store.ahead(seen) if seen else 0
        except StoreError:
            self._readable = False
            return Standing(_("The queue cannot be read just now."), _("Please ask at the desk."))
        self._readable = seen is not None
        if seen is None:  # a new day has begun
            return Standing(_("This number is not used any more."), _("Please ask at the desk."))
        if seen.status not in MAY_LEAVE:
            self._leaving_since = None
        self._seen = seen
        if self._leaving_since is not None:
            return Standing(
                _("Leave the queue?"),
                _("We will not call your number any more. Only the desk can put you back."),
            )
        wait = self.kiosk.expected_wait(seen)
        return standing(seen, ahead, wait, self.kiosk.now(), _)

    async def chosen(self, name: str) -> None:
        """Back again, or leaving, which is asked about once."""
        match name:
            case "back-again":
                self._commit(CheckInStore.return_to_queue, self._seen)
            case "leave":
                self._leaving_since, self._leaving = self.kiosk.monotonic(), self._seen
                self.kiosk.appears()
            case "stay":
                self._leaving_since = None
                self.kiosk.appears()
            case "leave-now" if self._has_read():
                # What has become of it since has not been on the glass.
                self._commit(CheckInStore.leave, self._leaving)
        self._show()

    def _has_read(self) -> bool:
        since = self._leaving_since
        return since is not None and self.kiosk.monotonic() - since >= TO_READ

    def _commit(self, operation: Operation, seen: CheckIn) -> None:
        kiosk = self.kiosk
        kiosk.commit(
            lambda: operation(kiosk.store(), seen.id, PATIENT, seen.revision), reply_to=self
        )

    def on_committed(self, event: Committed) -> None:
        """Say what came of it; where somebody was quicker, how it stands now."""
        self._leaving_since = None
        match event.outcome:
            case CheckIn(status=Status.waiting):
                self._result = mark("Welcome back. You are in the queue again.")
            case CheckIn():
                self._result = mark("Thank you for telling us.")
            case StaleCheckIn() | IllegalTransition() | UnknownCheckIn():
                self._result = mark("The staff changed this a moment ago. It stands like this now:")
            case _:
                self._result = mark("This could not be saved. Please tell the desk.")
        self._went_well = isinstance(event.outcome, CheckIn)
        self._show()
        self._result_of = self._seen.revision
        self._show()

    def choice_means(self, name: str) -> Meaning:
        """Each changes what becomes of a ticket."""
        return Meaning.ANSWERS

    async def back(self) -> None:
        """From the question whether to leave, to the ticket; from there, to the number."""
        if self._leaving_since is None:
            await super().back()
        else:
            self._leaving_since = None
            self._show()

    async def next(self) -> None:
        """Done."""
        self.kiosk.end_session()
