"""A line that shows how far a long command is: at a terminal only, and only when it takes long."""

import sys
import time
from collections.abc import Callable

PATIENCE = 1.0
"""Seconds before anything is shown."""
WIDTH = 30


class Progress:
    """Told how much is done, it draws a bar on standard error; `clear` it before printing."""

    def __init__(
        self, *, beside_rows: bool = False, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """`beside_rows`: rows go to standard output, and show by themselves how far it is."""
        self._shown = sys.stderr.isatty() and not (beside_rows and sys.stdout.isatty())
        self._monotonic = monotonic
        self._began = monotonic()
        self._drawn = False

    def __call__(self, done: int, of: int) -> None:
        """Note that `done` parts `of` so many are done."""
        if self._shown and self._monotonic() - self._began >= PATIENCE:
            bar = "#" * (done * WIDTH // max(of, 1))
            self._draw(f"[{bar:<{WIDTH}}] {done}/{of}")
            self._drawn = True

    def clear(self) -> None:
        """Take the bar away, so that what is printed next has the line to itself."""
        if self._drawn:
            self._draw("")
            self._drawn = False

    def _draw(self, text: str) -> None:
        terminal = getattr(sys.stderr, "stream", sys.stderr)  # what steers it is ours
        print(f"\r\x1b[K{text}", end="", file=terminal, flush=True)
