"""Following: what the app knows of the queue, as the store has it now."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from textual import work
from textual.reactive import var
from textual.timer import Timer

from kiosk.app.content_watch import Published
from kiosk.content.clinic import Clinic
from kiosk.content.hours import Opening, opening
from kiosk.log import log_fault
from kiosk.queue.public import QueueState, read_queue_state
from kiosk.settings import Settings

if TYPE_CHECKING:
    from db import CheckInStore

log = logging.getLogger("clinic.kiosk")

RETRY_SECONDS = 2.0
"""How long to wait before a store that could not be read is tried again."""
LONGEST_WAIT = 3600.0
"""Seconds until the opening hours are looked at again: the machine's clock may be set."""


class Following(Published, inherit_bindings=False):
    """An app that tells its screens how the queue stands, whoever changed it."""

    queue_state: var[QueueState] = var(QueueState(), init=False)
    """The public face of the queue, repainted by whoever watches it."""

    def __init__(self, settings: Settings, clinic: Clinic) -> None:
        super().__init__(settings, clinic)
        self._hours_timer: Timer | None = None

    def now(self) -> datetime:
        """The present moment in the clinic's time zone."""
        raise NotImplementedError

    def store(self) -> "CheckInStore":
        """The check-in store; raises StoreError while it cannot be opened."""
        raise NotImplementedError

    @work(group="queue", exit_on_error=False)
    async def follow_queue(self) -> None:
        """Keep `queue_state` true; while the store cannot be read, say so and try again."""
        await asyncio.to_thread(import_module, "db")  # 50 ms without a key
        from db import StoreError

        noted = ""  # once: a night of tries must leave room for what else was
        while True:
            try:
                store = await asyncio.to_thread(self.store)
                async for _change in store.watch():
                    self._tell_queue(store)
                    noted = ""
            except StoreError as trouble:
                if str(trouble) != noted:
                    noted = str(trouble)
                    log.warning(noted)
            except Exception as fault:
                if type(fault).__name__ != noted:
                    noted = type(fault).__name__
                    log_fault(fault, "the queue could not be followed")
            self.queue_state = QueueState()
            await asyncio.sleep(RETRY_SECONDS)

    def opening_now(self) -> Opening:
        """What the hours of this location say of now."""
        return opening(self.location.hours, self.clinic.region, self.now())

    def _tell_queue(self, store: "CheckInStore") -> None:
        """Read the queue, and once more when the location opens or closes."""
        now, hours = self.now(), self.opening_now()
        self.queue_state = read_queue_state(store, hours)
        if hours.changes:
            left = min((hours.changes - now).total_seconds(), LONGEST_WAIT)
            if self._hours_timer:
                self._hours_timer.stop()
            self._hours_timer = self.set_timer(left, partial(self.tell_queue_again, store))

    def tell_queue_again(self, store: "CheckInStore") -> None:
        """Read the queue though nothing has changed in it: the hours have, or may have."""
        from db import StoreError

        with suppress(StoreError):  # whoever follows the queue hears of it too
            self._tell_queue(store)
