"""I have a ticket: the question for its number."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from db import StoreError
from kiosk.input.guard import Meaning
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.keypad import DELETE, Entry, Keypad, typed_key, typed_press, typing
from kiosk.widgets.words import Words

LONGEST = 5


class MyTicketScreen(LobbyScreen[None]):
    """Type 12 for A012. Here digits are text; what one may do with a ticket comes after it."""

    TAKES_SCANS = True

    def __init__(self) -> None:
        super().__init__()
        self._digits = ""
        self._found = False
        """Whether they found a ticket: then a digit begins another number."""

    def heading(self) -> str:
        """What this is."""
        return self._("I have a ticket")

    def next_label(self) -> str:
        """What Enter does."""
        return self._("Look up")

    def compose_body(self) -> ComposeResult:
        """The number, what is wrong with it, and the keypad."""
        with Horizontal(classes="with-keypad step-view"):
            with Vertical(classes="beside-keypad"):
                yield Words(self._("The number on your ticket?"), classes="question")
                yield Words(self._("12 finds A012"), classes="hint")
                yield Entry(self._digits, longest=LONGEST)
                yield Words("", id="answer", classes="problem answer")
            yield Keypad(delete=self._("Delete"))

    def means_typing(self, key: events.Key) -> Meaning | None:
        """Digits are a field."""
        return typing(typed_key(key.key, key.character))

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
        before = "" if self._found and key != DELETE else self._digits
        self._digits, self._found = (
            self._digits[:-1] if key == DELETE else (before + key)[:LONGEST],
            False,
        )
        self.query_one(Entry).shown = self._digits
        self._say("")

    def _say(self, text: str) -> None:
        self.query_one("#answer", Words).say(text)

    async def next(self) -> None:
        """Look it up: where it stands is a screen of its own."""
        if not self._digits:
            self._say(self._("Please type the number first."))
            return
        try:
            check_in = self.kiosk.store().find_ticket(self._digits)
        except StoreError:
            self._say(self._("The queue cannot be read just now. Please ask at the desk."))
            return
        if check_in is None:
            self._say(
                self._("No ticket of today has this number. Please check it, or ask at the desk.")
            )
            return
        self._say("")
        self._found = True
        self.enter("my-place", check_in)
