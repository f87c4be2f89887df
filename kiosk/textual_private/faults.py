"""What becomes of an error in a screen: a sentence for the patient, a line for staff, a new start.

Textual ends the program and prints local variables, which may be a patient's words.
"""

import asyncio
import time
import traceback
from collections import deque

from rich.text import Text
from textual.app import App
from textual.message import Message

from kiosk.log import log_fault

AT_MOST = 5
"""Faults in A_WHILE after which something is wrong for good: the program ends and is restarted."""
A_WHILE = 60.0
"""Seconds."""
NEW_START = 5.0
"""Seconds that taking the screens down and putting new ones up may take."""


class FaultTolerant(App[int], inherit_bindings=False):
    """An app that lets a broken screen go and shows a sound one."""

    recovers = False
    """Whether to go on after a fault; tests want to hear of it instead."""

    def __init__(self) -> None:
        super().__init__()
        self._faults: deque[float] = deque(maxlen=AT_MOST)
        self._is_recovering = False

    async def start_anew(self) -> None:
        """Put sound screens in place of all there are."""
        raise NotImplementedError

    async def _dispatch_message(self, message: Message) -> None:
        """Textual's, but a fault in a handler of the app's own does not stop the app's queue."""
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            self._handle_exception(error)

    def give_up(self, error: Exception) -> None:
        """End the program: without what has failed, such as the reader of keys, nothing goes on."""
        self.recovers = False
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """Textual's way to report an error in any widget, timer or worker."""
        log_fault(error, "an error in a screen")
        if self._is_recovering:
            return  # the broken screen stumbles once more on its way out
        self._faults.append(time.monotonic())
        too_many = len(self._faults) == AT_MOST and self._faults[-1] - self._faults[0] < A_WHILE
        if self.recovers and self._running and not too_many:
            self._is_recovering = True
            self.call_later(self._recover)
        else:
            super()._handle_exception(error)

    async def _recover(self) -> None:
        try:
            async with asyncio.timeout(NEW_START):
                await self.start_anew()
            self._is_recovering = False
        except Exception as error:
            self._is_recovering = self.recovers = False
            self._handle_exception(error)

    def _fatal_error(self) -> None:
        """End, and say where it happened in place of Textual's own panel."""
        fault = self._exception
        where = traceback.format_list(traceback.extract_tb(fault.__traceback__)) if fault else []
        self._exit_renderables.append(Text("".join([*where, type(fault).__name__])))
        self._close_messages_no_wait()
