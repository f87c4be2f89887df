"""I have a ticket: where it stands in the queue, found by its number alone."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from db import CheckIn, Status, StoreError
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.keypad import DELETE, Entry, Keypad, typed_key, typed_press
from kiosk.widgets.queue_state import QueueState
from kiosk.widgets.words import Words

LONGEST = 5


class MyTicketScreen(LobbyScreen[None]):
    """Type 12 for A012. A number tells a place in the queue and nothing of a person."""

    def __init__(self) -> None:
        super().__init__()
        self._digits = ""
        self._asked = ""

    def heading(self) -> str:
        """What this is."""
        return self._("I have a ticket")

    def next_label(self) -> str:
        """What Enter does."""
        return self._("Look")

    def compose_body(self) -> ComposeResult:
        """The number, what is known of it, and the keypad."""
        with Horizontal(classes="with-keypad step-view"):
            with Vertical(classes="beside-keypad"):
                yield Words(self._("The number on your ticket?"), classes="question")
                yield Words(self._("12 finds A012"), classes="hint")
                yield Entry(self._digits)
                yield Words(self._answer(), id="answer", classes="answer")
            yield Keypad(delete=self._("Delete"))

    def on_mount(self) -> None:
        """Follow the queue while somebody looks."""
        super().on_mount()
        self.watch(self.app, "queue_state", self._follow)

    def _follow(self, _state: QueueState) -> None:
        if self.is_mounted and self.query("#answer"):
            self.query_one("#answer", Words).say(self._answer())

    async def typed(self, event: events.Key) -> bool:
        """A digit, or delete."""
        key = typed_key(event.key, event.character)
        if key is not None:
            self._take(key)
        return key is not None

    async def chosen(self, name: str) -> None:
        """A key of the keypad."""
        if (key := typed_press(name)) is not None:
            self._take(key)

    def _take(self, key: str) -> None:
        digits = self._digits[:-1] if key == DELETE else (self._digits + key)[:LONGEST]
        self._digits, self._asked = digits, ""
        self.query_one(Entry).shown = digits
        self.query_one("#answer", Words).say("")

    async def next(self) -> None:
        """Look it up."""
        self._asked = self._digits
        self.query_one("#answer", Words).say(
            self._answer() or self._("Please type the number first.")
        )

    def _answer(self) -> str:
        if not self._asked:
            return ""
        try:
            check_in = self.kiosk.store().find_ticket(self._asked)
            ahead = self.kiosk.store().ahead(check_in) if check_in else 0
        except StoreError:
            return self._("The queue cannot be read just now. Please ask at the desk.")
        if check_in is None:
            return self._(
                "No ticket of today has this number. Please check it, or ask at the desk."
            )
        return f"{check_in.ticket}\n\n{self._stands(check_in, ahead)}"

    def _stands(self, check_in: CheckIn, ahead: int) -> str:
        match check_in.status:
            case Status.waiting if ahead == 0:
                return self._("You are next.")
            case Status.waiting:
                return self._.plural("{n} person ahead of you", "{n} people ahead of you", ahead)
            case Status.called:
                at = check_in.called_at
                time = self._.clock(at.astimezone(self.kiosk.clinic.zone)) if at else ""
                return self._(
                    "Called at {time}, room {room}. Go there now; if it is taken, ask at the desk.",
                    time=time,
                    room=check_in.room or "",
                )
            case Status.no_show:
                return self._(
                    "It was called and passed. Go to the desk; your number is still good."
                )
            case Status.parked:
                return self._("You are away at an examination. Tell the desk when you are back.")
            case Status.in_service:
                return self._("You are being seen now.")
            case _:
                return self._("This visit is finished. For anything else please ask at the desk.")
