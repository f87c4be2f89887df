"""The question whether anyone is still there."""

from math import ceil

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.widgets.any_key import AnyKeyScreen
from kiosk.widgets.words import Words

GRACE = 20.0
"""Seconds to answer: WCAG 2.2.1 asks for at least 20."""


class StillThereScreen(AnyKeyScreen):
    """Asks whether anyone is there; the key or touch that answers does nothing else."""

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
