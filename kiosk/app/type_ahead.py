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

from kiosk.app.hands import Hands
from kiosk.input.guard import InputGuard, Kind, Row, Stroke, Verdict, patience
from kiosk.textual_private.half_width import half_width

MOST_WAITING = 256
"""Keys that may wait: more than any field holds, and an input method brings at once. What comes
beyond them nobody typed; that it was left out is told."""
HELD_WAITING = 64
"""Times that one key may wait without another between: nobody types it more often, it is held."""
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


class TypeAhead:
    """Keys on their way into an app, which wait for one another."""

    def __init__(
        self,
        app: App[int],
        hands: Hands,
        guard: InputGuard,
        monotonic: Callable[[], float],
        send: Callable[[events.Event], Awaitable[None]],
    ) -> None:
        """`send` passes a key on, as Textual does; `monotonic` is the clock of the guard."""
        self._kiosk = app
        self._hands = hands
        self._guard = guard
        self._monotonic = monotonic
        self._pass_on = send
        self._waiting: deque[Waiting] = deque()
        self._same = 0
        """How many at the end of those that wait are one key."""
        self._since: float | None = None
        """When the key was sent on that is not done with yet."""
        self._to_tell = False
        """Whether something was left out, and nobody told of it yet."""

    @property
    def busy(self) -> bool:
        """Whether a key is on its way, or waits."""
        return self._since is not None

    async def arrived(self, event: events.Key) -> None:
        """Send a key on, or keep it until the one before it is done with."""
        key = half_width(event)
        at = float(getattr(event, "arrived", self._monotonic()))  # when the terminal was read
        stroke = self._guard.arrived(key.key, key.character, at, kind(event))
        if stroke is None:
            return
        self._wait(Waiting(key, stroke))
        since = self._since
        if since is None or time.monotonic() - since > PATIENCE:
            await self._next_key()

    def _wait(self, one: Waiting) -> None:
        before = self._waiting[-1].key.key if self._waiting else None
        self._same = self._same + 1 if one.key.key == before else 1
        if self._same > HELD_WAITING:
            return
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(one)
        else:
            self._to_tell = True

    def left_out(self) -> None:
        """Hear that the terminal sent more than hands do; told once what waits is done with."""
        self._to_tell = True
        if not self.busy:
            self._tell()

    def _tell(self) -> None:
        if self._to_tell:
            self._to_tell = False
            self._hands.left_out()

    def forget(self) -> None:
        """Drop keys that wait, and stop waiting for the one before them."""
        self._waiting.clear()
        self._to_tell = False
        self._since = None
        self._guard.forget()

    async def _next_key(self) -> None:
        while self._waiting:
            self._since = time.monotonic()
            waiting = self._waiting[0]
            waiting.key = self._hands.as_meant(waiting.key)
            match self._hands.judge(waiting.key, waiting.stroke):
                case Verdict.WAITS if row := waiting.stroke.row:
                    if not waiting.shown:
                        waiting.shown = True
                        self._hands.show_pressed(waiting.key, pressed=True)
                    wait = patience(row, self._monotonic())
                    # No timer of Textual's: it drops one that a busy machine has made late.
                    loop = asyncio.get_running_loop()
                    loop.call_later(wait, self._kiosk.call_next, self._company_over(row))
                    return
                case Verdict.DROPPED:
                    self._waiting.popleft()
                    self._done_showing(waiting)
                    row = waiting.stroke.row
                    if row and row.is_scan and not row.told:
                        row.told = True
                        row.take_back()
                        self._hands.scanned(row)
                case _:
                    self._waiting.popleft()
                    self._done_showing(waiting)
                    await self._send(waiting.key)
                    return
        self._since = None
        self._tell()

    def _company_over(self, row: Row) -> Callable[[], Awaitable[None]]:
        """What happens when time is up: if nothing has joined the row, it is over."""
        so_far = len(row.text)

        async def over() -> None:
            from kiosk.textual_private.driver import has_more  # loaded with the terminal

            if len(row.text) == so_far and not has_more(self._kiosk):
                row.over = True
            if self._kiosk.screen_stack:  # else the app has ended meanwhile
                await self._next_key()

        return over

    def _done_showing(self, waiting: Waiting) -> None:
        if waiting.shown:
            self._hands.show_pressed(waiting.key, pressed=False)

    async def _send(self, key: events.Key) -> None:
        screen, target = self._kiosk.screen, self._kiosk.focused
        await self._pass_on(key)
        # A key with priority goes by no widget; what it asks for may be in the screen's queue.
        self._follow(target if target and key.is_forwarded else screen)

    def _follow(self, node: DOMNode) -> None:
        """Come after the key in the queue of each widget it passes on its way up."""
        kiosk, parent = self._kiosk, node.parent
        if node is not kiosk.screen and isinstance(parent, DOMNode) and parent is not kiosk:
            sent = node.call_later(self._follow, parent)
        else:
            sent = node.call_later(self._key_handled)
        if not sent:
            self._key_handled()

    def _key_handled(self) -> None:
        # By way of the app's queue, behind the end of a session that the key may have asked for,
        # and behind the key itself where no screen took it: then it is a binding of the app's.
        self._kiosk.call_later(self._key_passed)

    def _key_passed(self) -> None:
        # Once more, behind the screen that such a binding may have asked the app to open.
        self._kiosk.call_later(self._next_key)


def kind(key: events.Key) -> Kind:
    """What the terminal told of a key."""
    told = getattr(key, "kind", Kind.UNTOLD)
    return told if isinstance(told, Kind) else Kind.UNTOLD
