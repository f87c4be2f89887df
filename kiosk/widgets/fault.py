"""The sentence that stands over a new start after a fault."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from kiosk.i18n import mark
from kiosk.widgets.screen import KioskScreen
from kiosk.widgets.words import Words

STANDS_FOR = 20.0
"""Seconds until the sentence goes by itself: long enough to read it twice."""

FOR_PATIENTS = (
    mark("Please check in at the desk"),
    mark("Something went wrong here. What was not finished was not kept."),
)
FOR_STAFF = (
    mark("This screen had to start again"),
    mark("Everything that was saved is there. Please sign in again."),
)


class FaultScreen(ModalScreen[None], KioskScreen[None]):
    """Says, in both first languages, what an error means for the person; any key or touch ends it.

    It names no cause: nobody who reads it could do anything about one.
    """

    AUTO_FOCUS = None
    ANY_KEY = True

    def __init__(self, sentences: tuple[str, str]) -> None:
        super().__init__()
        self._sentences = sentences

    def compose(self) -> ComposeResult:
        """What to do, and what it means, twice."""
        with Vertical(id="fault"):
            for lang in self.kiosk.pair:
                for text, style in zip(self._sentences, ("question", "hint"), strict=True):
                    yield Words(lang(text), classes=style)

    def on_mount(self) -> None:
        """Go by itself in the end."""
        self.set_timer(STANDS_FOR, self.dismiss)

    def on_key(self, event: events.Key) -> None:
        """Any key; it does nothing else."""
        event.stop()
        event.prevent_default()
        self.dismiss()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The touch that ends it falls on nothing."""
        event.stop()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Any touch, once the finger has left the glass."""
        event.stop()
        self.dismiss()
