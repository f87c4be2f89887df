"""The base of the staff's screens: their clock, and the way back to the lobby from a kiosk."""

from typing import TypeVar

from kiosk.widgets.screen import KioskScreen

Result = TypeVar("Result")


class StaffScreen(KioskScreen[Result]):
    """A screen of the staff mode; on a patients' kiosk it gives the lobby back when left alone."""

    CSS_PATH = "../styles/staff.tcss"
    RESTS = ("PinField", ".lead", "#title")

    def on_mount(self) -> None:
        """Keep time."""
        self.set_interval(1.0, self.tick)

    def tick(self) -> None:
        """Do what is due; called once a second."""

    @property
    def borrowed(self) -> bool:
        """Whether this terminal is the patients' kiosk, lent to staff by F12."""
        return self.kiosk.start_mode == "lobby"

    @property
    def abandoned(self) -> bool:
        """Whether the patients' kiosk has been left alone too long in the staff mode."""
        alone = self.kiosk.monotonic() - self.kiosk.last_input
        return self.borrowed and alone >= self.kiosk.settings.idle_seconds
