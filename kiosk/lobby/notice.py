"""A sentence in place of the check-in, while reception takes nobody."""

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.phone_text import phone_text
from kiosk.widgets.words import Words


class NoCheckInScreen(LobbyScreen[None]):
    """Reception is full for today or closed; `state` says which. Reading and booking go on."""

    def __init__(self, state: str) -> None:
        super().__init__()
        self._state = state

    def heading(self) -> str:
        """What was wanted."""
        return self._("Check in")

    def next_label(self) -> str:
        """There is nothing more to do here."""
        return self._("Done")

    def compose_body(self) -> ComposeResult:
        """What it means, and what to do."""
        phone = phone_text(self.kiosk.location, self._, extensions=True)
        with Vertical(classes="message"):
            if self._state == "full":
                yield Words(self._("No more walk-in numbers today"), classes="question")
                yield Words(self._("Please ask at the desk."), classes="hint")
            else:
                yield Words(self._("Check-in is closed"), classes="question")
                yield Words(self._("Please phone us: {phone}", phone=phone), classes="hint")

    async def next(self) -> None:
        """Back to Home."""
        self.kiosk.end_session()
