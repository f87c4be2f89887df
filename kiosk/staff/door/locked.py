"""The staff's screen while nobody is signed in: it rings, and shows tickets and counts."""

from kiosk.staff.desk.jobs import LiveScreen
from kiosk.staff.desk.rows import View
from kiosk.staff.door.glance import Glance


class LockedScreen(LiveScreen):
    """Follows the queue without unsealing a name; its subclass composes a Glance."""

    NAMES = False

    def on_live_screen_read(self, event: LiveScreen.Read) -> None:
        """Something changed: ring where somebody is needed, show tickets and counts."""
        self.snapshot = event.snapshot
        self.ring(event.snapshot)
        self.show_glance()

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.call_after_refresh(self.show_glance)

    def show_glance(self) -> None:
        """Show the queue as it is at this moment, once it was read."""
        if self.snapshot is not None:
            kiosk = self.kiosk
            view = View(lang=self._, clinic=kiosk.clinic, now=kiosk.now(), settings=kiosk.settings)
            self.query_one(Glance).show(self.snapshot, view)
