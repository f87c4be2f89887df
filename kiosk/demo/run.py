"""`demo`: the lobby over a throw-away folder where simulated patients arrive and are called."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from kiosk.content.clinic import Clinic
from kiosk.settings import Room, Settings

if TYPE_CHECKING:
    from kiosk.demo.app import DemoApp

ACCOUNT = "Demo"
PIN = "246810"
SEED = 760
"""Every demonstration begins with the same people."""
BEFORE = timedelta(minutes=45)
"""How much of a morning has passed when the demonstration opens."""
BETWEEN = timedelta(minutes=2)
"""Time between two things that happened in it."""


def run(settings: Settings, clinic: Clinic) -> int:
    """Open the lobby in a temporary folder and remove it at the end; 0, or 1 after a crash.

    F12 leads to the staff's screens: account "Demo", PIN 246810. Ctrl+Q ends the demonstration.
    """
    from kiosk.app.start import prepare_terminal, run_until_signalled

    prepare_terminal()
    with TemporaryDirectory(prefix="clinic-kiosk-demo-") as folder:
        return run_until_signalled(demo_app(settings, clinic, Path(folder)))


def demo_app(
    settings: Settings,
    clinic: Clinic,
    folder: Path,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> "DemoApp":
    """The app over `folder`, with an account and a morning's patients; `clock` is aware."""
    from db import HashCost, Role, open_accounts
    from kiosk.app.start import open_clinic_store
    from kiosk.demo.app import DemoApp
    from kiosk.demo.simulation import STAFF, Simulation

    settings = demo_settings(settings, folder)
    # A PIN that stands in the README is not worth a hash that takes a while.
    accounts = open_accounts(
        settings.data_dir, keys_dir=settings.keys_dir, cost=HashCost(passes=1, memory=8)
    )
    accounts.add(ACCOUNT, Role.manager, PIN)
    # A terminal of its own, as if reception sat at another machine.
    morning = _Morning(clock)
    desk = open_clinic_store(
        msgspec.structs.replace(settings, device="reception"), clinic, clock=morning
    )
    day = desk.day
    morning.go_back(BEFORE)
    if desk.day != day:  # this early there is no morning to look back on
        morning.go_back(timedelta())
    random = Random(SEED)  # noqa: S311 - chooses names, guards nothing
    rooms = [room.name for room in settings.rooms]
    simulation = Simulation(desk, clinic, random, rooms=rooms, clock=morning)
    simulation.begin(lambda: morning.go_on(BETWEEN))
    morning.go_back(timedelta())
    simulation.book()
    desk.mark_present(STAFF)
    return DemoApp(
        settings,
        clinic,
        simulation=simulation,
        hint=f"{ACCOUNT}, PIN {PIN}",
        open_store=lambda: open_clinic_store(settings, clinic, clock=clock),
        open_accounts=lambda: accounts,
        clock=clock,
    )


def demo_settings(settings: Settings, folder: Path) -> Settings:
    """The same kiosk with its data and keys in `folder`, three rooms, and F12 for staff."""
    return msgspec.structs.replace(
        settings,
        data_dir=folder / "data",
        keys_dir=folder / "keys",
        rooms=(Room("1"), Room("2"), Room("3")),
        staff_on_kiosk=True,
        device="demo",
    )


class _Morning:
    """A clock that can stand behind another one and be let go on."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._behind = timedelta()

    def __call__(self) -> datetime:
        return self._clock() - self._behind

    def go_back(self, time: timedelta) -> None:
        self._behind = time

    def go_on(self, time: timedelta) -> None:
        self._behind = max(timedelta(), self._behind - time)
