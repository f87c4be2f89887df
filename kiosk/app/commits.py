"""Committing: what is written comes to its end and is answered, whatever becomes of the screen."""

import asyncio
from collections.abc import Callable

from textual.app import App
from textual.message import Message
from textual.screen import Screen

from kiosk.log import log_fault
from kiosk.widgets.host import Committed

BUSY_TRIES = 3
"""How often a commit waits for the store's lock, each time as long as the lock's time-out."""


class Committing(App[int], inherit_bindings=False):
    """An app whose screens have things done with the store, in a thread that outlives them."""

    last_input: float
    monotonic: Callable[[], float]
    """Seconds of a clock that is never set."""

    class Answered(Message):
        """What came of something that was committed, and the screen that waits for it."""

        def __init__(self, outcome: object, reply_to: Screen[None], *, holding: bool) -> None:
            super().__init__()
            self.outcome = outcome
            self.reply_to = reply_to
            self.holding = holding

    def __init__(self) -> None:
        super().__init__()
        self.committing = False
        """Whether everything waits until the store has answered."""
        self.commits_under_way = 0

    def commit(
        self, work: Callable[[], object], *, reply_to: Screen[None], holding: bool = True
    ) -> None:
        """Do something with the store that must come to its end, and send Committed to a screen.

        It runs in a thread of the app's own, because a session may end meanwhile. With `holding`
        nothing else happens until it is done. Where the store is busy `work` is called again.
        """
        self.committing = self.committing or holding
        self.commits_under_way += 1
        # By way of the app's queue: a worker remembers the context it was started in, and with it
        # a screen of the session.
        self.call_later(self._commit, work, reply_to, holding)

    def _commit(self, work: Callable[[], object], reply_to: Screen[None], holding: bool) -> None:
        def run() -> None:
            from db import StoreBusy, StoreCorrupt, StoreError, StoreFull, StoreUnavailable

            outcome: object
            for _attempt in range(BUSY_TRIES):
                try:
                    outcome = work()
                except StoreBusy as busy:
                    outcome = busy
                    continue
                except (StoreError, ValueError) as refusal:
                    outcome = refusal
                except Exception as fault:
                    # Whatever it is, nobody must wait for ever.
                    log_fault(fault, "a commit failed")
                    outcome = fault
                break
            if isinstance(outcome, StoreBusy | StoreFull | StoreUnavailable | StoreCorrupt):
                log_fault(outcome, "the store refused")
            self.post_message(self.Answered(outcome, reply_to, holding=holding))

        # Not a Worker, which can be cancelled before its thread starts, and lives on for a while
        # with everything it was given.
        asyncio.get_running_loop().run_in_executor(None, run)

    def on_committing_answered(self, event: Answered) -> None:
        """The store has answered: the keys are free again."""
        self.commits_under_way -= 1
        if event.holding:
            self.committing = False
            self.last_input = self.monotonic()
        event.reply_to.post_message(Committed(event.outcome))
