"""Runs the kiosk with a clock that a file can shift: `shifted_clock.py FILE python run_kiosk.py …`.

FILE holds seconds to add to the machine's time; only the machine's own clock cannot be moved.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kiosk.app import app, start
from kiosk.cli import main

OFFSET = Path(sys.argv[1])


def shifted() -> datetime:
    """The time as the shifted clock tells it."""
    try:
        offset = float(OFFSET.read_text() or 0)
    except (OSError, ValueError):
        offset = 0.0
    return datetime.now(UTC) + timedelta(seconds=offset)


assert start.open_clinic_store.__kwdefaults__ is not None
start.open_clinic_store.__kwdefaults__["clock"] = shifted
# A clock for every process that is started, where only a test could hand one in.
app.KioskApp.now = lambda self: shifted().astimezone(self.clinic.zone)  # type: ignore[method-assign]  # for the whole run

sys.exit(main(sys.argv[4:]))
