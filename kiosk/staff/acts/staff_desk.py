"""StaffDesk: one person's work at one terminal, from one sign-in to the next lock; no widget."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum

from db import Account, CheckIn, CheckInStore, InvalidArrival, StoreError
from kiosk.settings import Mode
from kiosk.staff.acts.jobs import Job
from kiosk.staff.acts.said_today import SaidHere
from kiosk.staff.acts.steps import Steps


class Left(StrEnum):
    """Why a terminal was locked; after the first, whoever was there still counts as present."""

    IDLE = "idle"
    DAY_OVER = "day over"
    LOCKED = "locked"


class StaffDesk:
    """Who works here and where, what the store is still to do for them, and the ways back."""

    def __init__(self, account: Account, room: str = "") -> None:
        """`room`: where they see people; empty at the desk, which is asked for a room each time."""
        self.account = account
        self.room = room
        self.room_before = ""
        """Where somebody was called last."""
        self.steps = Steps(account)
        self.said = SaidHere()
        self.done: CheckIn | None = None
        """What the last job made of a check-in: the next key may come before it is read again."""
        self.leaving_for: Mode | None = None
        """The mode that comes after this desk, once somebody asked to leave it."""
        self.left = Left.LOCKED
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()

    @property
    def idle(self) -> bool:
        """Whether nothing waits to be done."""
        return self._jobs.empty()

    def do(self, job: Job) -> None:
        """Have the store do something after all that was asked of it before."""
        self._jobs.put_nowait(job)

    def leave(self, mode: Mode) -> Job:
        """Go, after what is still to do; gives the last job.

        Whoever locks a staff terminal counts as present for as long as without a sign of life.
        """
        self.leaving_for = mode
        name, room = self.account.name, self.room
        if mode is Mode.staff:
            last = Job(lambda store: store.mark_present(name, room))
        else:
            last = Job(lambda store: store.leave_desk(name))
        self.do(last)
        return last

    async def work_through(
        self, store: Callable[[], CheckInStore], finished: Callable[[Job, object], object]
    ) -> None:
        """Do one job after another, each in a thread; `finished` hears what came of each."""
        while True:
            job = await self._jobs.get()
            try:
                result = await asyncio.to_thread(self._carry_out, job, store)
            except (StoreError, InvalidArrival) as refused:
                result = refused.with_traceback(None)  # its frames may hold a name
            finished(job, result)

    def _carry_out(self, job: Job, store: Callable[[], CheckInStore]) -> object:
        """Do a job, and remember the step in the order of the jobs."""
        result = job.run(store())
        with suppress(StoreError):  # it is done, whether it can be taken back or not
            if step := job.step(store(), result):
                self.steps.note(step)
        return result

    def as_done(self, seen: CheckIn | None) -> CheckIn | None:
        """Somebody as the last job made them, where that is newer than how they were seen."""
        done = self.done
        if seen and done and done.id == seen.id and done.revision > seen.revision:
            return done
        return seen
