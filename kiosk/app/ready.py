"""What can wait until something is to be seen, and what is loaded ahead of its first use."""

import asyncio
import gc
from typing import TYPE_CHECKING

from kiosk.app.tending import Tending
from kiosk.settings import Mode
from kiosk.textual_private.freed import fill_when_freed

if TYPE_CHECKING:
    from kiosk.app.app import KioskApp

READY_AFTER = 0.5
"""Seconds of rest after the start before anything is loaded ahead of its first use."""


def begin(kiosk: "KioskApp") -> None:
    """Begin with all that goes on while the app runs."""
    gc.enable()
    fill_when_freed()
    if kiosk.opened.open_store is None:
        return
    kiosk.queue_watch.start()
    if kiosk.start_mode != Mode.board:  # which has no keys to destroy
        Tending(kiosk, kiosk.store).start()
    if kiosk.start_mode == Mode.lobby:
        kiosk.run_worker(_make_ready(kiosk), group="queue", exit_on_error=False)


async def _make_ready(kiosk: "KioskApp") -> None:
    """Load, in a thread, what the first patient would wait for; Home is painted before."""
    await asyncio.sleep(READY_AFTER)
    await asyncio.to_thread(_load, kiosk)


def _load(kiosk: "KioskApp") -> None:
    from kiosk.lobby import ready

    ready.load(kiosk.clinic, kiosk.location)
    kiosk.store().prepare()
    kiosk.opened.waits().learn()
