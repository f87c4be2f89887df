"""Snapshots of the queue for a screen or a widget, which hears of every change."""

import asyncio
from typing import cast

from textual.message import Message
from textual.widget import Widget

from db import StoreError
from kiosk.staff.seen.snapshot import QueueReader, Snapshot
from kiosk.widgets.host import Kiosk

RETRY_SECONDS = 2.0
"""How long to wait before a store that could not be read is tried again."""


class Snapshots:
    """Sends Read with every change by any process, Unreadable while there is no reading."""

    class Read(Message):
        """The queue was read from the store."""

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
        self._names = names
        self._reader: QueueReader | None = None

    def follow(self) -> None:
        """Begin."""
        self._node.run_worker(self._follow(), group="follow")

    def forget(self) -> None:
        """End, and let go of every name now."""
        self._node.workers.cancel_group(self._node, "follow")
        if self._reader:
            self._reader.forget()

    async def _follow(self) -> None:
        """Read the queue whenever something changed; where that fails, say so and try again."""
        kiosk = cast(Kiosk, self._node.app)
        while True:
            try:
                store = await asyncio.to_thread(kiosk.store)
                await asyncio.to_thread(store.prepare)
                self._reader = reader = QueueReader(store, names=self._names)
                async for _change in store.watch():
                    self._node.post_message(self.Read(await asyncio.to_thread(reader.read)))
            except StoreError as trouble:
                self._node.post_message(self.Unreadable(trouble))
            await asyncio.sleep(RETRY_SECONDS)
