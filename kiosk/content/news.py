"""Content edited while the kiosk runs: what is new in it, looked for away from the screen."""

import logging
import time
from pathlib import Path

from kiosk.content.clinic import Clinic, ContentError
from kiosk.content.texts import Stamp, load_clinic, stamp

log = logging.getLogger("clinic.content")


JUST_NOW = 5.0
"""Seconds before the start in which a file may have been saved after it was read."""


def report(clinic: Clinic) -> None:
    """Note in the log what was left out when the content was read."""
    for problem in clinic.problems:
        log.warning("content: %s", problem)


class ContentNews:
    """A content folder and the clinic last read from it, which never becomes worse.

    `location` is the setting, which must go on naming one of the clinic's.
    """

    def __init__(self, folder: Path, clinic: Clinic, location: str | None) -> None:
        self.clinic = clinic
        self._folder = folder
        self._location = location
        self._stamp: list[Stamp] | None = None
        self._since = time.time() - JUST_NOW

    def look(self) -> bool:
        """Read the folder if a file in it has changed; whether that gave another `clinic`.

        Takes a fifth of a millisecond when nothing was saved. A clinic.toml or a location that
        cannot be used changes nothing, and the log says why; nor does another time zone or region,
        which the store was opened with: that takes a restart.
        """
        before, now = self._stamp, stamp(self._folder)
        self._stamp = now
        if now == before or (before is None and not self._saved_since_the_start(now)):
            return False
        try:
            clinic = load_clinic(self._folder)
            clinic.location(self._location)
        except (ContentError, OSError) as trouble:
            log.warning("content kept as it was: %s", trouble)
            return False
        if (clinic.time_zone, clinic.region) != (self.clinic.time_zone, self.clinic.region):
            log.warning("content kept as it was: a new time zone or region takes a restart")
            return False
        if clinic == self.clinic:
            return False
        report(clinic)
        self.clinic = clinic
        return True

    def _saved_since_the_start(self, stamps: list[Stamp]) -> bool:
        return any(one.saved_at > self._since for one in stamps)
