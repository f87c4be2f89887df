"""The one follower of the store: how today stands, told to every screen, whoever changed it."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App
from textual.reactive import Reactive
from textual.timer import Timer

from kiosk.content.hours import Opening
from kiosk.log import log_fault
from kiosk.queue.public import QueueState, public_state

if TYPE_CHECKING:
    from db import CheckInStore, Moment

log = logging.getLogger("clinic.kiosk")

RETRY_SECONDS = 2.0
"""How long to wait before a store that could not be read is tried again."""
LONGEST_WAIT = 3600.0
"""Seconds until the opening hours are looked at again: the machine's clock may be set."""


class Told(Protocol):
    """The app, as far as it is told of the queue; what it is told is reactive."""

    moment: "Moment | None"
    queue_trouble: Exception | None
    queue_state: QueueState

    def now(self) -> datetime:
        """The present moment in the clinic's time zone."""
        ...

    def opening_now(self) -> Opening:
        """What the hours of this location say of now."""
        ...


class QueueWatch:
    """Keeps true what an app and its screens know of the queue."""

    def __init__(self, app: App[int], told: Told, store: "Callable[[], CheckInStore]") -> None:
        """`told` is the app too; `store` gives the store, or raises StoreError."""
        self._kiosk = app
        self._told = told
        self._store = store
        self._hours_timer: Timer | None = None

    def start(self) -> None:
        """Begin to follow; a worker of the app's own does until the program ends."""
        self._kiosk.run_worker(self._follow(), group="queue", exit_on_error=False)

    async def _follow(self) -> None:
        """Tell how today stands; while the store cannot be read, say so and try again."""
        from db import StoreError

        while True:
            try:
                store = await asyncio.to_thread(self._store)
                async for _change in store.watch():
                    # In a thread: a disk that is slow must keep no key waiting.
                    self._tell(await asyncio.to_thread(store.moment))
            except StoreError as trouble:
                if self._is_news(trouble):
                    log.warning(str(trouble))
                    self._tell_trouble(trouble)
            except Exception as fault:
                if self._is_news(fault):
                    log_fault(fault, "the queue could not be followed")
                    self._tell_trouble(fault)
            await asyncio.sleep(RETRY_SECONDS)

    def _tell(self, moment: "Moment") -> None:
        told = self._told
        told.queue_trouble, told.moment = None, moment
        self.look_at_hours()

    def _is_news(self, trouble: Exception) -> bool:
        """Whether it was not said before: a night of tries must leave room for what else was."""
        before = self._told.queue_trouble
        return (type(trouble), str(trouble)) != (type(before), str(before))

    def _tell_trouble(self, trouble: Exception) -> None:
        told = self._told
        told.queue_trouble, told.moment = trouble.with_traceback(None), None
        told.queue_state = QueueState()

    def look_at_hours(self) -> None:
        """Tell the queue's public face anew, and once more when the location opens or closes."""
        told = self._told
        if told.moment is None:
            return
        now, hours = told.now(), told.opening_now()
        told.queue_state = public_state(told.moment, hours)
        if hours.next_look:
            left = min((hours.next_look - now).total_seconds(), LONGEST_WAIT)
            if self._hours_timer:
                self._hours_timer.stop()
            self._hours_timer = self._kiosk.set_timer(left, self.look_at_hours)

    def let_go(self) -> None:
        """Hold nobody who followed the queue and has gone: on a quiet day that may be long."""
        kind: Any = type(self._kiosk)
        reactives: list[Reactive[Any]] = [kind.moment, kind.queue_trouble, kind.queue_state]
        for one in reactives:
            self._kiosk.mutate_reactive(one)
