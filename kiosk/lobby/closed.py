"""A sentence in place of the check-in, while it is closed."""

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.lobby.screen import LobbyScreen
from kiosk.queue.reception import reception_sentence
from kiosk.widgets.words import Words


class ClosedScreen(LobbyScreen[None]):
    """Nobody takes anybody in now. Reading, finding and booking go on."""

    def heading(self) -> str:
        """What was wanted."""
        return self._("Check in")

    def next_label(self) -> str:
        """There is nothing more to do here."""
        return self._("Done")

    def compose_body(self) -> ComposeResult:
        """What it means, and what to do."""
        kiosk = self.kiosk
        sentence = reception_sentence(kiosk.queue_state, kiosk.location, kiosk.now(), self._)
        with Vertical(classes="message"):
            yield Words(sentence, classes="question")
            yield Words(
                self._("You can still read, find us and book an appointment here."), classes="hint"
            )
            yield Words(
                self._("In an emergency call {number}.", number=kiosk.clinic.emergency_number),
                classes="hint",
            )

    async def next(self) -> None:
        """Back to Home."""
        self.kiosk.end_session()
