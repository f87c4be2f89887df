"""Snapshots of the queue for a screen or a widget: one of each moment that the app tells of."""

import asyncio
from typing import cast

from textual.message import Message
from textual.widget import Widget

from db import Moment, StoreError
from kiosk.staff.seen.snapshot import Snapshot, snapshot_of
from kiosk.staff.seen.unsealed import Unsealed
from kiosk.widgets.host import Kiosk
from kiosk.widgets.queue_watcher import follow_moment

RETRY_SECONDS = 2.0
"""How often it is said that the queue cannot be read, and a name tried again."""


class Snapshots:
    """Sends Read with every change by any process, Unreadable while there is no reading."""

    class Read(Message):
        """The queue is another."""

        def __init__(self, snapshot: Snapshot) -> None:
            super().__init__()
            self.snapshot = snapshot

    class Unreadable(Message):
        """The queue could not be read."""

        def __init__(self, trouble: StoreError) -> None:
            super().__init__()
            self.trouble = trouble

    def __init__(self, node: Widget, *, names: bool) -> None:
        """`names`: whether names are unsealed."""
        self._node = node
        self._unsealed = Unsealed() if names else None
        self._news = asyncio.Event()
        self._hears = False

    @property
    def _kiosk(self) -> Kiosk:
        return cast(Kiosk, self._node.app)

    def follow(self) -> None:
        """Begin."""
        if not self._hears:
            self._hears = True
            follow_moment(self._node, self._news.set)
        self._node.run_worker(self._follow(), group="follow")

    def forget(self) -> None:
        """End, and let go of every name now."""
        self._node.workers.cancel_group(self._node, "follow")
        if self._unsealed:
            self._unsealed.forget()

    async def _follow(self) -> None:
        """Tell how the queue stands now, and again with every news of it."""
        ready = False
        while True:
            self._news.clear()
            moment, trouble = self._kiosk.moment, self._kiosk.queue_trouble
            try:
                if not ready:
                    await asyncio.to_thread(self._make_ready)
                    ready = True
                if moment:
                    snapshot = await asyncio.to_thread(self._snapshot, moment)
                    self._node.post_message(self.Read(snapshot))
            except StoreError as refused:
                trouble = refused
            if trouble:
                told = trouble if isinstance(trouble, StoreError) else StoreError()
                self._node.post_message(self.Unreadable(told))
            try:
                async with asyncio.timeout(RETRY_SECONDS if trouble else None):
                    await self._news.wait()
            except TimeoutError:
                pass

    def _make_ready(self) -> None:
        """Load what the first phone number would wait for."""
        self._kiosk.store().prepare()

    def _snapshot(self, moment: Moment) -> Snapshot:
        """What is known of a moment here; raises StoreError."""
        if self._unsealed is None:
            return snapshot_of(moment, {})
        store, unsealed = self._kiosk.store(), self._unsealed
        people = unsealed.people(store, moment.check_ins)
        return snapshot_of(moment, people, unsealed.booked(store, moment.bookings))
