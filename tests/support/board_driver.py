"""A board over clocks that stand still, and what it says, painted and heard."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from rest import come_to_rest

from kiosk.app.app import KioskApp
from kiosk.content.texts import load_clinic
from kiosk.queue.public import Called, QueueState
from kiosk.settings import CHECKOUT, Settings
from kiosk.typesetting.digits import letters
from kiosk.widgets.screen import styles

NOW = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)  # 10:42 in Shanghai, a Monday


class Time:
    """A clock and a stopwatch that stand still until they are moved."""

    def __init__(self) -> None:
        self.passed = 0.0

    def clock(self) -> datetime:
        return NOW + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return 1000 + self.passed


class Board(KioskApp):
    """The app in board mode, with its bell counted."""

    CSS_PATH = styles("base")  # the class stands in another folder than KioskApp

    def __init__(
        self, tmp_path: Path, time: Time, quiet_hours: str | None = None, **options: object
    ) -> None:
        settings = Settings(
            language="en",
            data_dir=tmp_path / "data",
            keys_dir=tmp_path / "keys",
            quiet_hours=quiet_hours,
        )
        super().__init__(
            settings,
            load_clinic(CHECKOUT / "content"),
            mode="board",
            clock=time.clock,
            monotonic=time.monotonic,
            **options,
        )
        self.rung = 0

    def bell(self) -> None:
        self.rung += 1

    async def settle(self) -> None:
        """Let every message be worked off and every layout that follows from it be painted."""
        await come_to_rest(self)

    def painted(self) -> list[str]:
        """The screen's lines, as they are on the glass."""
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def says(self, text: str) -> bool:
        return any(text in line for line in self.painted())

    def size_of(self, text: str) -> int:
        """The size at which `text` stands on the screen in block letters; 0 if it does not."""
        lines = self.painted()
        for size in range(9, 0, -1):
            for lowered in (False, True):
                rows = [row.rstrip() for row in letters(text, size, lowered=lowered)]
                for top in range(len(lines) - len(rows) + 1):
                    if all(row in lines[top + i] for i, row in enumerate(rows)):
                        return size
        return 0

    def has_new_call(self) -> bool:
        return self.screen.query_one("#call").has_class("-new")


def call(ticket: str, room: str, minute: int = 0) -> Called:
    return Called(ticket, room, NOW + timedelta(minutes=minute))


EARLIER = (call("A011", "1", 4), call("A009", "3", 3), call("A008", "2", 2), call("A007", "1", 1))


def calling(*calls: Called, waiting: int = 5) -> QueueState:
    """A queue in which these are being called, the latest first, after the EARLIER ones."""
    return QueueState(waiting=waiting, called=calls, recent=(*calls, *EARLIER), known=True)


A012 = call("A012", "2", 5)
