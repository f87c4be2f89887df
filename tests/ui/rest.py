"""When an app has come to rest: every message worked off, all of it laid out and painted."""

import asyncio
import contextlib
from typing import Any

from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen

ROUNDS = 60
"""Rounds of messages and layouts in which a screen must come to rest."""
PATIENCE = 10.0
"""Seconds in which even a starved machine works off a queue."""
FRAME = 0.005
"""Seconds between looks at what only time ends: paints are held back after a change of modes."""


async def come_to_rest(app: App[Any]) -> None:
    """Work off every queue and paint, until nothing is left to do."""
    for _ in range(ROUNDS):
        screen = app.screen
        while app._batch_count:
            await asyncio.sleep(FRAME)
        pumps = (app, *screen.walk_children(with_self=True))
        await drain(*pumps)
        queued = any(pump._message_queue.qsize() for pump in pumps)
        if screen is app.screen and not queued and not _has_work(screen):
            return
        screen._on_timer_update()  # what the next frame's timer would do
    raise AssertionError(f"{app.screen!r} never comes to rest")


async def drain(*pumps: MessagePump) -> None:
    """Wait until these have worked off what is in their queues now, or are gone."""
    done = asyncio.Event()
    waiting = len(pumps)

    def drained() -> None:
        nonlocal waiting
        waiting -= 1
        if waiting <= 0:
            done.set()

    for pump in pumps:
        if not pump.call_later(drained):
            drained()
    # One that is being removed may take the question and never answer it.
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(done.wait(), PATIENCE)


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
