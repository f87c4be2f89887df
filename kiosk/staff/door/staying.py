"""Who only did not touch a terminal for a while, and counts as present though it is locked."""

from contextlib import suppress
from functools import partial

from db import StoreError
from kiosk.staff.desk.screen import PRESENT_EVERY
from kiosk.staff.screen import StaffScreen

STAYS = 3600.0
"""Seconds for which somebody counts as present after they last touched their terminal."""
PRESENT_FOR = 600.0
"""Seconds for which the store believes a sign of life."""


class Stays:
    """Somebody whose terminal locked itself."""

    def __init__(self, name: str, room: str, since: float) -> None:
        """`since`: when they last touched it, by the clock that idling is measured by."""
        self.name, self.room = name, room
        self._until, self._next = since + STAYS, 0.0

    def is_due(self, now: float) -> bool:
        """Whether to say once more that they are here."""
        if now < self._next or now > self._until - PRESENT_FOR:
            return False
        self._next = now + PRESENT_EVERY
        return True


class Staying:
    """Has the store know of whoever only did not touch this terminal, while its screen is up."""

    def __init__(self, screen: StaffScreen[None]) -> None:
        self._screen = screen
        self._who: Stays | None = None

    def begin(self, name: str, room: str) -> None:
        """Their terminal has just locked itself."""
        kiosk = self._screen.kiosk
        idle = kiosk.settings.staff_idle_minutes * 60
        self._who = Stays(name, room, kiosk.monotonic() - idle)

    def end(self) -> None:
        """Somebody is signed in here."""
        self._who = None

    def tick(self) -> None:
        """Once a minute, in a thread, that they are here."""
        if self._who and self._who.is_due(self._screen.kiosk.monotonic()):
            tell = partial(self._mark_present, self._who)
            self._screen.run_worker(tell, thread=True, group="present")

    def _mark_present(self, who: Stays) -> None:
        with suppress(StoreError):
            self._screen.kiosk.store().mark_present(who.name, who.room)
