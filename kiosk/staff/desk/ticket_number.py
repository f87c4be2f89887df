"""A ticket's number typed on the queue itself: each digit goes to whoever has what stands there."""

from textual import events

from kiosk.languages import typed
from kiosk.staff.desk.queue_view import QueueView
from kiosk.staff.seen.shown import Shown

PAUSE = 1.5
"""Seconds after which the next digit begins another number."""
LONGEST = 6
"""Digits of a ticket at most."""


class TicketNumber:
    """The number as far as it was typed; any other key is about whom it found, and ends it."""

    def __init__(self, queue: QueueView) -> None:
        self._queue = queue
        self._digits = ""
        self._typed_at = 0.0
        self._before = Shown()
        """What was shown when its first digit came."""
        self._found = False

    def press(self, key: events.Key) -> bool:
        """Take a digit, or a key that edits the number; False is any other key, which ends it."""
        self.tick()
        if digit := typed.digit(key.character):
            if not self._digits:
                self._before = Shown() if self._queue.shown.typed else self._queue.shown
            self._look_for((self._digits + digit)[:LONGEST])
        elif not self._digits:
            return False
        elif key.key == "backspace":
            self._look_for(self._digits[:-1])
        elif key.key == "escape":
            self._digits = ""
            self._queue.show_number("")
            self._queue.show_only(self._before)
        else:
            self.end()
            return False
        return True

    def tick(self) -> None:
        """A pause ends the number."""
        if self._digits and self._queue.kiosk.monotonic() - self._typed_at >= PAUSE:
            self.end()

    def end(self) -> None:
        """The next digit begins another number; nobody has this one, that is said."""
        digits, self._digits = self._digits, ""
        if digits:
            self._queue.show_number("")
            if not self._found:
                lang = self._queue.kiosk.language
                self._queue.say(lang("Nobody has the number {digits}", digits=digits), refused=True)

    def _look_for(self, digits: str) -> None:
        self._digits, self._typed_at = digits, self._queue.kiosk.monotonic()
        self._queue.show_number(digits)
        self._found = bool(digits) and self._queue.go_to_number(digits, self._before)
