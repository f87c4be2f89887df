"""TypeAhead: keys are handled one wholly before the next, however fast they come.

Textual sends a key to whatever screen is up when the key arrives. Somebody who types ahead would
answer the question on the screen before, and "None of these" would become "Yes". Nor is every key a
press: what is next goes by the guard, with the time it arrived at and what it means by now.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

import msgspec
from textual import events
from textual.app import App
from textual.dom import DOMNode

from kiosk.input.guard import InputGuard, Kind, Row, Stroke, Verdict, patience
from kiosk.textual_private.half_width import half_width

MOST_WAITING = 64
"""Keys that may wait; what comes beyond them was not typed by anybody."""
PATIENCE = 10.0
"""Seconds after which a key counts as handled although nobody said so: keys must never be dead.

Long, because on a machine that is starved of time the next key would answer the old question.
"""


class Waiting(msgspec.Struct):
    """A key whose turn has not come, and how it came."""

    key: events.Key
    stroke: Stroke
    shown: bool = False
    """Whether the screen has painted already that it was pressed."""


class TypeAhead(App[int], inherit_bindings=False):
    """An app whose keys wait for one another."""

    def __init__(self) -> None:
        super().__init__()
        self.guard = InputGuard()
        self._keys_waiting: deque[Waiting] = deque()
        self._key_since: float | None = None

    def judge(self, key: events.Key, stroke: Stroke) -> Verdict:
        """What becomes of the key that is next, as things stand now."""
        return Verdict.COUNTS

    def as_meant(self, key: events.Key) -> events.Key:
        """The key that is meant by the one that is next, as things stand now."""
        return key

    def show_pressed(self, key: events.Key, *, pressed: bool) -> None:
        """Paint that a key was pressed, or that it has been dealt with, while it waits."""

    def scanned(self, row: Row) -> None:
        """Keys that no hand typed were left out."""

    async def on_event(self, event: events.Event) -> None:
        """Send a key on, or keep it until the one before it is done with."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        key = half_width(event)
        stroke = self.guard.arrived(key.key, key.character, self.arrival_of(event), kind(event))
        if stroke is None:
            return
        if len(self._keys_waiting) < MOST_WAITING:
            self._keys_waiting.append(Waiting(key, stroke))
        since = self._key_since
        if since is None or time.monotonic() - since > PATIENCE:
            await self._next_key()

    def now_for_keys(self) -> float:
        """The present moment on the clock that the guard goes by."""
        return time.monotonic()

    def arrival_of(self, event: events.Event) -> float:
        """When an event arrived, on the clock that the guard goes by."""
        return float(getattr(event, "arrived", event.time))

    def forget_keys(self) -> None:
        """Drop keys that wait, and stop waiting for the one before them."""
        self._keys_waiting.clear()
        self._key_since = None
        self.guard.forget()

    async def _next_key(self) -> None:
        while self._keys_waiting:
            self._key_since = time.monotonic()
            waiting = self._keys_waiting[0]
            waiting.key = self.as_meant(waiting.key)
            match self.judge(waiting.key, waiting.stroke):
                case Verdict.WAITS if row := waiting.stroke.row:
                    if not waiting.shown:
                        waiting.shown = True
                        self.show_pressed(waiting.key, pressed=True)
                    wait = patience(row, self.now_for_keys())
                    # No timer of Textual's: it drops one that a busy machine has made late.
                    loop = asyncio.get_running_loop()
                    loop.call_later(wait, self.call_next, self._company_over(row))
                    return
                case Verdict.DROPPED:
                    self._keys_waiting.popleft()
                    self._done_showing(waiting)
                    row = waiting.stroke.row
                    if row and row.is_scan and not row.told:
                        row.told = True
                        row.take_back()
                        self.scanned(row)
                case _:
                    self._keys_waiting.popleft()
                    self._done_showing(waiting)
                    await self._send(waiting.key)
                    return
        self._key_since = None

    def _company_over(self, row: Row) -> Callable[[], Awaitable[None]]:
        """What happens when time is up: if nothing has joined the row, it is over."""
        so_far = len(row.text)

        async def over() -> None:
            from kiosk.textual_private.driver import has_more  # loaded with the terminal

            if len(row.text) == so_far and not has_more(self):
                row.over = True
            if self.screen_stack:  # else the app has ended meanwhile
                await self._next_key()

        return over

    def _done_showing(self, waiting: Waiting) -> None:
        if waiting.shown:
            self.show_pressed(waiting.key, pressed=False)

    async def _send(self, key: events.Key) -> None:
        screen, target = self.screen, self.focused
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


def kind(key: events.Key) -> Kind:
    """What the terminal told of a key."""
    told = getattr(key, "kind", Kind.UNTOLD)
    return told if isinstance(told, Kind) else Kind.UNTOLD
