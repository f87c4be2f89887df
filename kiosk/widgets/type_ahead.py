"""TypeAhead: keys are handled one wholly before the next, however fast they come.

Textual sends a key to whatever screen is up when the key arrives. Somebody who types ahead would
answer the question on the screen before, and "None of these" would become "Yes".
"""

import time
from collections import deque

from textual import events
from textual.app import App
from textual.dom import DOMNode

MOST_WAITING = 64
"""Keys that may wait; what comes beyond them was not typed by anybody."""
PATIENCE = 10.0
"""Seconds after which a key counts as handled although nobody said so: keys must never be dead.

Long, because on a machine that is starved of time the next key would answer the old question.
"""


class TypeAhead(App[int], inherit_bindings=False):
    """An app whose keys wait for one another."""

    def __init__(self) -> None:
        super().__init__()
        self._keys_waiting: deque[events.Key] = deque()
        self._key_since: float | None = None

    async def on_event(self, event: events.Event) -> None:
        """Send a key on, or keep it until the one before it is done with."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        if len(self._keys_waiting) < MOST_WAITING:
            self._keys_waiting.append(event)
        since = self._key_since
        if since is None or time.monotonic() - since > PATIENCE:
            await self._next_key()

    def forget_keys(self) -> None:
        """Drop keys that wait, and stop waiting for the one before them."""
        self._keys_waiting.clear()
        self._key_since = None

    async def _next_key(self) -> None:
        if not self._keys_waiting:
            self._key_since = None
            return
        self._key_since = time.monotonic()
        key, screen, target = self._keys_waiting.popleft(), self.screen, self.focused
        await super().on_event(key)
        # A key with priority goes by no widget; what it asks for may be in the screen's queue.
        self._follow(target if target and key.is_forwarded else screen)

    def _follow(self, node: DOMNode) -> None:
        """Come after the key in the queue of each widget it passes on its way up."""
        parent = node.parent
        if node is not self.screen and isinstance(parent, DOMNode) and parent is not self:
            sent = node.call_later(self._follow, parent)
        else:
            sent = node.call_later(self._key_handled)
        if not sent:
            self._key_handled()

    def _key_handled(self) -> None:
        # By way of the app's queue, behind the end of a session that the key may have asked for.
        self.call_later(self._next_key)
