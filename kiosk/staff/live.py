"""Following the queue: a screen that is told whenever it changes, by whatever process."""

import asyncio

from textual import work
from textual.message import Message

from db import StoreError
from kiosk.staff.screen import StaffScreen
from kiosk.staff.snapshot import QueueReader, Snapshot

RETRY_SECONDS = 2.0
"""How long to wait before a store that could not be read is tried again."""


class LiveScreen(StaffScreen[None]):
    """A screen that receives Read with every change, and Unreadable while there is no reading."""

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

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: Snapshot | None = None
        """The queue when it was last read."""
        self._reader: QueueReader | None = None

    def forget(self) -> None:
        """Let go of every name now: Textual's timers may keep the screen itself for a while."""
        self.workers.cancel_group(self, "follow")
        self.snapshot = None
        if self._reader:
            self._reader.forget()

    @work(group="follow")
    async def follow(self) -> None:
        """Read the queue whenever something changed; where that fails, say so and try again."""
        while True:
            try:
                store = await asyncio.to_thread(self.kiosk.store)
                await asyncio.to_thread(store.prepare)
                self._reader = reader = QueueReader(store)
                async for _change in store.watch():
                    self.post_message(self.Read(await asyncio.to_thread(reader.read)))
            except StoreError as trouble:
                self.post_message(self.Unreadable(trouble))
            await asyncio.sleep(RETRY_SECONDS)
