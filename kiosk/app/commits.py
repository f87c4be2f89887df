"""Commits: what is written comes to its end and is answered, whatever becomes of the screen."""

import asyncio
from collections.abc import Callable

from textual.app import App
from textual.screen import Screen

from kiosk.log import log_fault
from kiosk.widgets.host import Committed

BUSY_TRIES = 3
"""How often a commit waits for the store's lock, each time as long as the lock's time-out."""


class Commits:
    """What screens have done with the store, in a thread that outlives them."""

    def __init__(self, app: App[int], freed: Callable[[], None]) -> None:
        """`freed` is called when the keys are free again that waited for the store."""
        self._kiosk = app
        self._freed = freed
        self.holding = False
        """Whether everything waits until the store has answered."""
        self.under_way = 0

    def commit(
        self, work: Callable[[], object], *, reply_to: Screen[None], holding: bool = True
    ) -> None:
        """Do something with the store that must come to its end, and send Committed to a screen.

        It runs in a thread of the app's own, because a session may end meanwhile. With `holding`
        nothing else happens until it is done. Where the store is busy `work` is called again.
        """
        self.holding = self.holding or holding
        self.under_way += 1
        # By way of the app's queue: a worker remembers the context it was started in, and with it
        # a screen of the session.
        self._kiosk.call_later(self._commit, work, reply_to, holding)

    def _commit(self, work: Callable[[], object], reply_to: Screen[None], holding: bool) -> None:
        def run() -> None:
            outcome = _outcome(work)
            self._kiosk.call_later(self._answered, outcome, reply_to, holding)

        # Not a Worker, which can be cancelled before its thread starts, and lives on for a while
        # with everything it was given.
        asyncio.get_running_loop().run_in_executor(None, run)

    def _answered(self, outcome: object, reply_to: Screen[None], holding: bool) -> None:
        """The store has answered: the keys are free again."""
        self.under_way -= 1
        if holding:
            self.holding = False
            self._freed()
        reply_to.post_message(Committed(outcome))


def _outcome(work: Callable[[], object]) -> object:
    """What `work` gives, or why it failed."""
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
    return outcome
