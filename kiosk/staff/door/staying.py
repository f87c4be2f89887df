"""Who only did not touch a terminal for a while, and counts as present though it is locked."""

from kiosk.staff.desk.screen import PRESENT_EVERY

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
