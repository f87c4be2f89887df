"""What becomes of an error in a screen: a sentence for the patient, a line for staff, a new start.

Textual ends the program and prints local variables, which may be a patient's words.
"""

import asyncio
import time
import traceback
from collections import deque

from rich.text import Text
from textual._context import active_message_pump
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

from kiosk.log import log_fault

MADE_FOR = "8.2"
"""The Textual whose private names are used; pyproject.toml allows no other major version."""
AT_MOST = 5
"""Faults in A_WHILE after which something is wrong for good: the program ends and is restarted."""
A_WHILE = 60.0
"""Seconds."""
NEW_START = 1.5
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

    def _handle_exception(self, error: Exception) -> None:
        """Textual's way to report an error in any widget, timer or worker."""
        log_fault(error, "an error in a screen")
        if self._is_recovering:
            return  # the broken screen stumbles once more on its way out
        self._faults.append(time.monotonic())
        too_many = len(self._faults) == AT_MOST and self._faults[-1] - self._faults[0] < A_WHILE
        # Textual stops the one that failed, a worker apart; without the app itself nothing goes on.
        is_ours = active_message_pump.get() is self and not isinstance(error, WorkerFailed)
        if self.recovers and self._running and not (too_many or is_ours):
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


def check_textual(app: App[int]) -> str | None:
    """A sentence if this Textual lacks one of the private names we use; None if all is well."""
    from rich.segment import Segment
    from textual._compositor import Compositor
    from textual._styles_cache import StylesCache
    from textual._xterm_parser import XTermParser
    from textual.drivers.linux_driver import LinuxDriver

    names: dict[object, str] = {
        app: "_handle_exception _fatal_error _exception _exit_renderables _clipboard _running "
        "_close_messages_no_wait _batch_count",
        Screen: "_compositor_refresh",
        Widget: "_size_updated",
        Compositor(): "_dirty_regions _get_renders render_partial_update visible_widgets",
        LinuxDriver: "_enable_bracketed_paste _query_in_band_window_resize _get_terminal_size "
        "run_input_thread",
        Segment: "_split_cells",
        StylesCache: "get_inner_outer",
        XTermParser: "_sequence_to_key_events _parse_extended_key feed tick",
    }
    missing = [
        name for owner, listed in names.items() for name in listed.split()
        if not hasattr(owner, name)
    ]  # fmt: skip
    if not missing:
        return None
    from importlib.metadata import version

    return (
        f"The kiosk was made for Textual {MADE_FOR}; version {version('textual')} lacks "
        f"{', '.join(missing)}. Install {MADE_FOR}."
    )
