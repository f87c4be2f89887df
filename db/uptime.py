"""How long the machine has been on, which no setting of its clock changes."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Uptime(NamedTuple):
    """A moment since the machine was started: which start, and seconds since then."""

    boot: str
    seconds: float

    def told(self) -> str:
        """Write it down, as a journal does."""
        return f"{self.boot}:{self.seconds:.1f}"

    def ago(self, told: str) -> timedelta | None:
        """Say how long before this moment another was told; None if it was in another life."""
        boot, _, seconds = told.partition(":")
        try:
            ago = timedelta(seconds=self.seconds - float(seconds))
        except (ValueError, OverflowError):
            return None
        return ago if boot == self.boot and ago >= timedelta() else None


Tells = Callable[[], Uptime | None]


def machine_uptime() -> Uptime | None:
    """Tell this machine's uptime, time asleep included; None where the system does not."""
    try:
        return Uptime(_boot(), time.clock_gettime(time.CLOCK_BOOTTIME))
    except (OSError, ValueError, AttributeError):
        return None


@cache
def _boot() -> str:
    return BOOT_ID.read_text(encoding="ascii").strip()[:8]


def nobody_tells() -> Uptime | None:
    """Tell nothing: where the clock is one's own, the machine's uptime does not go with it."""
    return None


def truly(moment: datetime, now: Uptime | None, told: str | None) -> datetime | None:
    """Say when something told by uptime happened, by the clock that says `moment` now."""
    ago = now.ago(told) if now and told else None
    return None if ago is None else moment - ago
