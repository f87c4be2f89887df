"""The store behind a screen: one worker follows it, another writes to it, job after job."""

import asyncio
from collections.abc import Callable

import msgspec
from textual import work
from textual.message import Message

from db import CheckInStore, StoreError
from kiosk.staff.screen import StaffScreen
from kiosk.staff.snapshot import QueueReader, Snapshot

RETRY_SECONDS = 2.0
"""How long to wait before a store that could not be read is tried again."""


class Job(msgspec.Struct, frozen=True):
    """Something the store is to do. `action` names the sentence that tells of it."""

    action: str
    run: Callable[[CheckInStore], object]
    room: str = ""


class LiveScreen(StaffScreen[None]):
    """Receives Read with every change by any process, Unreadable while there is no reading.

    What it is to `do` waits its turn in a thread, never a key; each job ends with Finished.
    """

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

    class Finished(Message):
        """The store has done a job, or refused it."""

        def __init__(self, job: Job, result: object) -> None:
            super().__init__()
            self.job = job
            self.result = result

    def __init__(self) -> None:
        super().__init__()
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
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

    def do(self, job: Job) -> None:
        """Have the store do something after all that was asked of it before."""
        self._jobs.put_nowait(job)

    @work(group="jobs")
    async def work_through(self) -> None:
        """Do one job after another, each in a thread."""
        while True:
            job = await self._jobs.get()
            try:
                result = await asyncio.to_thread(self._carry_out, job)
            except StoreError as refused:
                result = refused
            self.post_message(self.Finished(job, result))

    def _carry_out(self, job: Job) -> object:
        return job.run(self.kiosk.store())
