"""Help: calls a member of staff, and never claims to be heard when it is not."""

from datetime import datetime, timedelta

from textual.app import ComposeResult
from textual.containers import Vertical

from db import CheckInStore, StoreError
from kiosk.content.phone_text import phone_text
from kiosk.lobby.screen import LobbyScreen
from kiosk.queue.public import QueueState
from kiosk.widgets.host import Committed
from kiosk.widgets.queue_watcher import follow_queue_state
from kiosk.widgets.words import Words

UNANSWERED_AFTER = 20.0
"""Seconds after which nobody has answered yet."""
STILL_RINGING = timedelta(minutes=2)
"""For so long a call of this kiosk that nobody answered is gone on with, not made once more."""


class HelpScreen(LobbyScreen[None]):
    """Calling; then who is coming, or where to go instead."""

    def __init__(self) -> None:
        super().__init__()
        self._call: str | None = None
        self._called_at: float | None = None
        self._failed = False

    def heading(self) -> str:
        """What this is."""
        return self._("Help")

    def next_label(self) -> str:
        """Back to where one was."""
        return self._("Done")

    def compose_body(self) -> ComposeResult:
        """How the call stands, and what can be done in any case."""
        emergency = self.kiosk.clinic.emergency_number
        with Vertical(classes="message"):
            yield Words(self._said(), id="said", classes="question")
            yield Words(
                self._(
                    "In an emergency, tell any member of staff or call {number}.", number=emergency
                ),
                classes="hint",
            )
            yield Words(
                self._("Or ring the desk: {phone}", phone=phone_text(self.kiosk.location, self._)),
                classes="hint",
            )

    def on_mount(self) -> None:
        """Call, if there is anybody to hear it."""
        super().on_mount()
        if self.kiosk.queue_state.staff_present:
            self._called_at = self.kiosk.monotonic()
            kiosk, device = self.kiosk, self.kiosk.settings.device
            # Whoever goes on at once has called all the same.
            kiosk.commit(
                lambda: ring(kiosk.store(), device, kiosk.now()), reply_to=self, holding=False
            )
        follow_queue_state(self, self._heard)
        self._say()

    def on_committed(self, event: Committed) -> None:
        """The call is on the staff's screens, or it could not be made."""
        self._failed = not isinstance(event.outcome, str)
        self._call = event.outcome if isinstance(event.outcome, str) else None
        self._say()

    def _heard(self, _state: QueueState) -> None:
        self._say()

    def tick(self) -> None:
        """Once a second: whether anybody has answered."""
        super().tick()
        self._say()

    def _say(self) -> None:
        if self.is_mounted and self.query("#said"):
            self.query_one("#said", Words).say(self._said())

    def _said(self) -> str:
        if self._called_at is None or self._failed:
            return self._("Please go to the desk, or tell any member of staff.")
        if who := self._coming():
            return self._("{name} is coming to you.", name=who)
        if self.kiosk.monotonic() - self._called_at >= UNANSWERED_AFTER:
            return self._("Nobody has answered yet. Please go to the desk.")
        return self._("Calling the staff. Please stay here.")

    def _coming(self) -> str | None:
        if self._call is None:
            return None
        try:
            calls = self.kiosk.store().help_calls()
        except StoreError:
            return None
        return next((call.acknowledged_by for call in calls if call.id == self._call), None)

    async def next(self) -> None:
        """Back to where one was."""
        self.dismiss()

    async def ask_help(self) -> None:
        """It is asked for already."""


def ring(store: CheckInStore, device: str, now: datetime) -> str:
    """The id of the call of this device that still rings, or else of a new one; durable."""
    for call in store.help_calls():
        rings = call.device == device and call.acknowledged_by is None
        if rings and now - call.at < STILL_RINGING:
            return call.id
    return store.call_for_help(device).id
