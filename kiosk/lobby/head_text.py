"""HeadText: the heading of a screen, a line beneath it, and who is being called."""

from textual.containers import Vertical

from kiosk.languages.wrap import wrap
from kiosk.queue.public import QueueState
from kiosk.widgets.called import CalledStrip
from kiosk.widgets.queue_watcher import follow_queue_state
from kiosk.widgets.words import Words


class HeadText(Vertical):
    """While somebody is called the step gives way where there is no room for all three."""

    _calling = False

    def on_mount(self) -> None:
        """Know when somebody is called, where that is said."""
        if self.query(CalledStrip):
            follow_queue_state(self, self._follow)

    def _follow(self, state: QueueState) -> None:
        self._calling = bool(state.called)
        self.fit()

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.fit()

    def fit(self) -> None:
        """Leave the step out while it would push out who is called."""
        words = [w for w in self.query(Words) if w.id in ("heading", "step") and w.text]
        rows = sum(len(wrap(w.text, max(1, self.size.width))) for w in words)
        for step in self.query("#step"):
            step.display = not self._calling or rows < self.size.height
