"""A lobby over a store that gets into trouble, with a clock that can be set."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lobby_driver import Lobby

from db import CheckInStore
from kiosk.widgets.words import Words

TO_AGREE = ("1", "1", "9", "1", "3", "enter")
"""From Home to the last question, without name and phone."""
DESK = "Please check in at the desk"
TODAY = date(2026, 11, 23)
TOMORROW = date(2026, 11, 24)
FIRST, SECOND = (TODAY, "A001"), (TODAY, "A002")


class Clinic(Lobby):
    """A lobby whose clock can be set, with little patience for a lock that is taken."""

    def __init__(self, tmp_path: Path) -> None:
        self.set_by = timedelta()
        """How wrong the clock is; the clock that counts idle seconds knows nothing of it."""
        super().__init__(tmp_path)
        self.data = tmp_path / "data"

    def now(self) -> Any:
        return super().now() + self.set_by

    def open_store(self) -> CheckInStore:
        return super().open_store(lock_timeout=0.02)

    @property
    def journal(self) -> Path:
        return self.data / "downtown" / "2026-11-23.jsonl"

    async def check_in(self) -> str:
        """Check somebody in from Home and say what stands on the last screen."""
        await self.type([*TO_AGREE, "1"])
        return self.words

    async def look_up(self, digits: str) -> str:
        """Ask where a ticket stands, from Home, and give the answer."""
        await self.type(["6", *digits, "enter"])
        (said,) = self.app.screen.query("#answer, #said").results(Words)
        return said.text

    async def home_says(self, text: str) -> None:
        """Wait until Home says it."""
        await self.press("f10")
        await self.until(lambda: text in self.words)

    def on_disk(self) -> list[tuple[date, str]]:
        """Days and tickets, by a handle that never saw anything before."""
        store = self.open_store()
        try:
            return [(one.day, one.ticket) for one in store.today()]
        finally:
            store.close()


async def the_rest_works(clinic: Clinic) -> None:
    """Go through what needs no store, and back to Home."""
    for keys, screen in [
        (["f10", "2", "1"], "ReaderScreen"),
        (["minus", "minus", "3"], "ServicesScreen"),
        (["minus", "4"], "LocationsScreen"),
        (["minus"], "HomeScreen"),
    ]:
        await clinic.type(keys)
        assert clinic.screen == screen
