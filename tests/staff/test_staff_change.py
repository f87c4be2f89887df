"""What one change of the queue costs a staff terminal, counted: looks, not milliseconds."""

from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from rest import come_to_rest
from staff_driver import Desk

import db.watch
from db import CheckIn
from db.journal import Journal
from kiosk.staff.seen.snapshot import Snapshot, snapshot_of

CHANGES = 5
GLANCES, READINGS = 2, 4
"""Half of what a change cost when terminal and screen each followed the store: 4, and 8 or 9."""


class Counted:
    """How often the folders were glanced at, and the journal of a day was read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.glances = self.readings = self.snapshots = 0
        self._elsewhere = False
        followed, refresh = db.watch.changes, Journal.refresh

        def changes(
            folders: Iterable[Path], look: Callable[[], object]
        ) -> AsyncGenerator[None, None]:
            def glance() -> object:
                self.glances += 1
                return look()

            return followed(folders, glance)

        def read(journal: Journal, *, repair: bool = False) -> None:
            self.readings += not self._elsewhere
            refresh(journal, repair=repair)

        def snapshot(*known: Any) -> Snapshot:
            self.snapshots += 1
            return snapshot_of(*known)

        monkeypatch.setattr("kiosk.staff.snapshots.snapshot_of", snapshot)
        monkeypatch.setattr(db.watch, "changes", changes)
        monkeypatch.setattr(db.watch, "LOOK_AGAIN", 60.0)  # no look without news
        monkeypatch.setattr(Journal, "refresh", read)

    def begin(self) -> None:
        """Count from now on."""
        self.glances = self.readings = self.snapshots = 0

    def elsewhere(self, change: Callable[[], CheckIn]) -> CheckIn:
        """Have another store change the queue: what that reads does not count."""
        self._elsewhere = True
        changed = change()
        self._elsewhere = False
        return changed


@pytest.mark.parametrize("signed_in", [True, False])
async def test_a_change_costs_half_of_what_it_cost_two_followers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, signed_in: bool
) -> None:
    counted = Counted(monkeypatch)
    async with desk.open():
        if signed_in:
            await desk.sign_in()
            await desk.until(lambda: desk.app.screen.queue.snapshot.moment.present == ["Lin"])
        await desk.until(lambda: counted.snapshots > 0)  # the first one, which no change costs
        await come_to_rest(desk.app)
        counted.begin()
        for _ in range(CHANGES):
            one = counted.elsewhere(lambda: desk.arrive("Zoë"))
            await desk.sees(one.ticket)
            await come_to_rest(desk.app)
        assert counted.glances <= CHANGES * GLANCES
        assert counted.readings <= CHANGES * READINGS
        assert counted.readings >= CHANGES
        assert counted.snapshots == CHANGES, "the screen beneath makes none"
