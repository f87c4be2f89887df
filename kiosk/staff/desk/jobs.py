"""The store behind a screen: one worker follows it, another writes to it, job after job."""

import asyncio
from collections.abc import Callable

import msgspec
from textual import work
from textual.message import Message

from db import CheckInStore, InvalidArrival, StoreError
from kiosk.staff.acts.steps import Step, Way
from kiosk.staff.desk.alerts import alerts
from kiosk.staff.desk.snapshot import QueueReader, Snapshot
from kiosk.staff.screen import StaffScreen

RETRY_SECONDS = 2.0
"""How long to wait before a store that could not be read is tried again."""


class Job(msgspec.Struct, frozen=True):
    """Something the store is to do. `action` names the sentence that tells of it."""

    action: str
    run: Way
    step: Callable[[CheckInStore, object], Step | None] = lambda *_: None
    """From what came of it to the step that was, if it was one; called in the job's thread."""


class LiveScreen(StaffScreen[None]):
    """Receives Read with every change by any process, Unreadable while there is no reading.

    What it is to `do` waits its turn in a thread, never a key; each job ends with Finished.
    """

    NAMES = True
    """Whether names are unsealed."""

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

    def __init__(self, rung: set[str] | None = None) -> None:
        """`rung`: what has rung the bell of this terminal already."""
        super().__init__()
        self.rung = set() if rung is None else rung
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self.snapshot: Snapshot | None = None
        """The queue when it was last read."""
        self._reader: QueueReader | None = None

    def ring(self, snapshot: Snapshot) -> bool:
        """Ring the bell, once for whatever nobody answers yet; whether it rang."""
        new = {alert.what for alert in alerts(snapshot) if not alert.going} - self.rung
        if new:
            self.rung |= new
            self.app.bell()
        return bool(new)

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
                self._reader = reader = QueueReader(store, names=self.NAMES)
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
                result = await asyncio.to_thread(self.carry_out, job)
            except (StoreError, InvalidArrival) as refused:
                result = refused.with_traceback(None)  # its frames may hold a name
            self.post_message(self.Finished(job, result))

    def carry_out(self, job: Job) -> object:
        """Do a job, in its thread; raises StoreError and InvalidArrival."""
        return job.run(self.kiosk.store())
