"""The question whether anyone is still there."""

from math import ceil

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from kiosk.widgets.screen import KioskScreen
from kiosk.widgets.words import Words

GRACE = 20.0
"""Seconds to answer: WCAG 2.2.1 asks for at least 20."""


class StillThereScreen(ModalScreen[None], KioskScreen[None]):
    """Asks whether anyone is there; the key or touch that answers does nothing else."""

    AUTO_FOCUS = None
    ANY_KEY = True

    def compose(self) -> ComposeResult:
        """The session's language and one more: the one who comes back may be another."""
        self._asked_at = self.kiosk.monotonic()
        self._grace = GRACE * self.kiosk.settings.patience
        with Vertical(id="still-there"):
            for lang in self.kiosk.pair:
                yield Words(lang("Are you still there?"), classes="question")
                yield Words(lang("Press any key or touch the screen"))
            yield Words(str(ceil(self._grace)), id="seconds")

    def on_mount(self) -> None:
        """Count down."""
        self.set_interval(1.0, self.tick)

    def tick(self) -> None:
        """Once a second: fewer seconds, and the end of the session after the last."""
        left = self._asked_at + self._grace - self.kiosk.monotonic()
        if left <= 0:
            self.kiosk.end_session()
        else:
            self.query_one("#seconds", Words).say(str(ceil(left)))

    def on_key(self, event: events.Key) -> None:
        """Any key is an answer, and nothing more."""
        event.stop()
        event.prevent_default()
        self.dismiss()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """So is any touch; the click that follows it falls on nothing."""
        event.stop()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The finger has left the glass: now the screen beneath may be used again."""
        event.stop()
        self.dismiss()
