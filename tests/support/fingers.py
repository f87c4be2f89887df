"""Keys as fingers press them: let go at once, a moment apart, and nothing follows unasked."""

from collections.abc import Mapping

from textual import events
from textual.keys import _character_to_key

from kiosk.input.guard import Kind

BETWEEN = 0.1
"""Seconds between two keys, by the time they arrive."""
LONG_AGO = -1e6
"""When the first of them arrived: nobody waits for what may follow it."""
AT_ONCE: Mapping[str, object] = {"seen_after": 0.0, "seen_after_grave": 0.0}
"""Settings for whoever needs no time to read."""

CHARACTERS = {"minus": "-", "asterisk": "*", "slash": "/", "full_stop": ".", "plus": "+"}
CHARACTERS |= {"space": " ", "enter": "\r"}


class Fingers:
    """Keys, one after another."""

    def __init__(self) -> None:
        self._pressed = 0

    def press(self, key: str) -> events.Key:
        """The next key, by its name or as a character."""
        event = key_event(key)
        event.kind = Kind.PRESSED
        event.arrived = LONG_AGO + self._pressed * BETWEEN
        self._pressed += 1
        return event


def key_event(key: str) -> events.Key:
    """A key as Textual tells it, of which nothing else is known."""
    character = key if len(key) == 1 else CHARACTERS.get(key)
    return events.Key(_character_to_key(key) if len(key) == 1 else key, character)
