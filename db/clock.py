"""Whether the machine's clock is known to be right."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

TIMESYNCD = Path("/run/systemd/timesync/synchronized")
"""Made by systemd-timesyncd when it has set the clock for the first time since the start."""

CHRONY = Path("/run/chrony")
"""Where chronyd keeps its socket while it runs."""

PATIENCE = 2.0
"""Seconds for which chrony's answer is waited for."""

AGAIN_AFTER = 10.0
"""Seconds for which an answer is believed without asking again."""

EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
"""Before anything of this was made: no clock that is right can say so."""

STA_UNSYNC = 0x40  # linux/timex.h
TIME_ERROR = 5


class ClockIs(StrEnum):
    """What is known of the machine's clock."""

    right = "right"
    wrong = "wrong"
    unknown = "unknown"


Known = Callable[[], ClockIs]


class MachineClock:
    """What the programs that set this machine's clock, or else the kernel, say of it."""

    def __init__(self) -> None:
        self._asked = -AGAIN_AFTER
        self._answer = ClockIs.unknown

    def __call__(self) -> ClockIs:
        """Say whether the clock is right; asks at most every ten seconds."""
        now = time.monotonic()
        if now - self._asked >= AGAIN_AFTER:
            self._answer = self._ask()
            self._asked = now
        return self._answer

    def _ask(self) -> ClockIs:
        if datetime.now(UTC) < EARLIEST:
            return ClockIs.wrong
        for answer in (_timesyncd(), _chrony(), _kernel()):
            if answer is not ClockIs.unknown:
                return answer
        return ClockIs.unknown


def never_known() -> ClockIs:
    """Know nothing: of a clock that is not the machine's own."""
    return ClockIs.unknown


def _timesyncd() -> ClockIs:
    try:
        return ClockIs.right if TIMESYNCD.exists() else ClockIs.unknown
    except OSError:
        return ClockIs.unknown


def _chrony() -> ClockIs:
    if not CHRONY.is_dir():
        return ClockIs.unknown
    import subprocess  # hardly ever

    command = ["chronyc", "-n", "-c", "tracking"]
    try:
        told = subprocess.run(  # noqa: S603 - a fixed command
            command, capture_output=True, text=True, timeout=PATIENCE, check=True
        ).stdout
        return _of_tracking(told)
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return ClockIs.unknown


def _of_tracking(told: str) -> ClockIs:
    """Read chrony's report: by commas, the fifth field is how far the clock is off, in seconds.

    The last one says "Not synchronised" until it has a source. chrony(1), `tracking`.
    """
    fields = told.strip().split(",")
    if fields[-1] == "Not synchronised":
        return ClockIs.unknown
    return ClockIs.right if abs(float(fields[4])) < 60 else ClockIs.wrong


def _kernel() -> ClockIs:
    """Ask the kernel whether anybody keeps the clock right; EPERM, and any other no, is unknown."""
    import ctypes  # a store that is only read needs none

    class Timex(ctypes.Structure):
        """The beginning of adjtimex(2)'s structure, and room for the rest."""

        _fields_ = (
            ("modes", ctypes.c_uint),
            ("offset", ctypes.c_long),
            ("freq", ctypes.c_long),
            ("maxerror", ctypes.c_long),
            ("esterror", ctypes.c_long),
            ("status", ctypes.c_int),
            ("more", ctypes.c_byte * 256),
        )

    timex = Timex()
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(timex))
    except (OSError, AttributeError):
        return ClockIs.unknown
    if state in (-1, TIME_ERROR) or timex.status & STA_UNSYNC:
        return ClockIs.unknown
    return ClockIs.right
