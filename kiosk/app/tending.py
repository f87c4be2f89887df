"""Tending: what each day brings is done in the store once an hour, though nobody checks in."""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App

from kiosk.log import log_fault

if TYPE_CHECKING:
    from db import CheckInStore

log = logging.getLogger("clinic.kiosk")

FIRST_AFTER = 60.0
"""Seconds after the start, when nobody waits for anything else."""
EVERY = 3600.0
"""Seconds from one time to the next."""


class Tending:
    """Has the store closed, purged and put right, in a thread of its own."""

    def __init__(self, timers: App[int], store: "Callable[[], CheckInStore]") -> None:
        self._timers = timers
        self._store = store
        self._noted = ""

    def start(self) -> None:
        """Begin a minute from now."""
        self._timers.set_timer(FIRST_AFTER, self._tend)
        self._timers.set_interval(EVERY, self._tend)

    def _tend(self) -> None:
        asyncio.get_running_loop().run_in_executor(None, self.run)

    def run(self) -> None:
        """Do it now; what goes wrong is in the log, once."""
        from db import StoreError

        try:
            self._store().days.tend()
            self._noted = ""
        except StoreError as trouble:
            if str(trouble) != self._noted:
                self._noted = str(trouble)
                log.warning("the store was not tended: %s", trouble)
        except Exception as fault:
            log_fault(fault, "the store was not tended")
