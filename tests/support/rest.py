"""When an app has come to rest: every message worked off, all of it laid out and painted."""

import asyncio
import contextlib
from typing import Any

from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen

ROUNDS = 60
"""Rounds of messages and layouts in which a screen must come to rest."""
A_MOMENT = 0.001
"""Seconds between looks at what a timer or a disk will end."""
LOOK, LOOKS = 0.05, 400
"""Seconds after which it is looked whether one of them is gone, and how often."""
FRAME, FRAMES = 0.005, 4000
"""Seconds between looks at what only time ends, and how many: paints are held back for a while."""


async def come_to_rest(app: App[Any]) -> None:
    """Work off every queue and paint, until nothing is left to do."""
    quiet = None
    """The screen on which the round before left nothing to do."""
    for _ in range(ROUNDS):
        screen = app.screen
        for _ in range(FRAMES):
            if not app._batch_count:
                break
            await asyncio.sleep(FRAME)
        else:
            raise AssertionError("a batch never ends: nothing more would be painted")
        pumps = (app, *screen.walk_children(with_self=True))
        await drain(app, screen, *(pump for pump in pumps if not _waits(pump)))
        queued = any(pump._message_queue.qsize() for pump in pumps)
        if screen is app.screen and not queued and not _has_work(screen):
            if quiet is screen:
                return
            quiet = screen  # but whoever took the last message may still be busy with it
            continue
        quiet = None
        with app._context():  # of two apps it would be the other one's screen
            screen._on_timer_update()  # what the next frame's timer would do
    raise AssertionError(f"{app.screen!r} never comes to rest")


async def drain(*pumps: MessagePump) -> None:
    """Wait until these have worked off what is in their queues now, or are gone."""
    done = asyncio.Event()
    answered = [False] * len(pumps)  # not the pumps: a queue that is never read would keep them

    def drained(place: int) -> None:
        answered[place] = True
        if all(answered):
            done.set()

    for place, pump in enumerate(pumps):
        if not pump.call_later(drained, place):
            drained(place)
    for _ in range(LOOKS):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), LOOK)
        if all(a or p._closing or p._closed for a, p in zip(answered, pumps, strict=True)):
            return
    raise AssertionError("a queue is never worked off")


def _waits(pump: MessagePump) -> bool:
    """Whether it has come back for its next message, and there is none: nothing to wait for."""
    queue = pump._message_queue
    return not queue.qsize() and any(not waiter.done() for waiter in queue.ready_event._waiters)


def _has_work(screen: Screen[Any]) -> bool:
    """Whether a screen is still to be laid out or painted, or is to do something after that."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
