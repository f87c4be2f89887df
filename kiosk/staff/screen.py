"""The base of the staff's screens: their clock, and the way back to the lobby from a kiosk."""

from datetime import date, timedelta
from typing import TypeVar

from textual import events

from kiosk.input.guard import Meaning
from kiosk.settings import Mode
from kiosk.staff.meaning import in_an_answer
from kiosk.widgets.screen import KioskScreen, styles

Result = TypeVar("Result")


class StaffScreen(KioskScreen[Result]):
    """A screen of the staff mode; on a patients' kiosk it gives the lobby back when left alone."""

    CSS_PATH = styles("staff")
    RESTS = ("PinField", ".lead", "#title")

    def means(self, key: events.Key) -> Meaning:
        """What a key does: as long as a screen has no field, every character is an answer."""
        return in_an_answer(key)

    def on_mount(self) -> None:
        """Keep time."""
        self.set_interval(1.0, self._keep_time)

    def _keep_time(self) -> None:
        if self.children and self.is_attached:  # else it is on its way out
            self.tick()

    def tick(self) -> None:
        """Do what is due; called once a second."""

    @property
    def borrowed(self) -> bool:
        """Whether this terminal is the patients' kiosk, lent to staff by F12."""
        return self.kiosk.start_mode == Mode.lobby

    @property
    def abandoned(self) -> bool:
        """Whether the patients' kiosk has been left alone too long in the staff mode."""
        return self.borrowed and self._alone >= self.kiosk.settings.idle_seconds

    @property
    def left_alone(self) -> bool:
        """Whether nobody has touched this terminal for so long that it is locked."""
        return self._alone >= self.kiosk.settings.staff_idle_minutes * 60

    @property
    def _alone(self) -> float:
        return self.kiosk.monotonic() - self.kiosk.last_input

    @property
    def service_day(self) -> date:
        """The day of the queue as the clock has it: it begins with the setting day_starts."""
        hour, minute = map(int, self.kiosk.settings.day_starts.split(":"))
        return (self.kiosk.now() - timedelta(hours=hour, minutes=minute)).date()
