"""A sentence over a screen that any key or touch ends, and does nothing else."""

from textual import events
from textual.screen import ModalScreen

from kiosk.input.guard import Meaning
from kiosk.widgets.screen import KioskScreen


class AnyKeyScreen(ModalScreen[None], KioskScreen[None]):
    """Waits for anybody; what answers it does not reach what lies beneath."""

    AUTO_FOCUS = None
    ANY_KEY = True

    def means(self, key: events.Key) -> Meaning:
        """Any key does the same: a held one does it once, and none before it could be read."""
        return Meaning.OPENS

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
