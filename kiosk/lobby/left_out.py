"""The sentence that a scan was left out, over the top line of a patients' screen."""

from kiosk.widgets.words import Words

SCAN_SHOWN = 6.0
"""Seconds for which it is said that a scan was left out."""


class LeftOut(Words):
    """That a scan was left out; it goes by itself."""

    def on_mount(self) -> None:
        """Go after a while."""
        self.set_timer(SCAN_SHOWN, self.remove)
