"""DemoApp: the app of the demonstration, with simulated patients and a key to leave by."""

import asyncio
from typing import Any

from textual import work
from textual.binding import Binding

from kiosk.app.app import KioskApp
from kiosk.demo.simulation import Simulation


class DemoApp(KioskApp):
    """The lobby over a throw-away folder; Ctrl+Q leaves, because it is nobody's kiosk."""

    BINDINGS = [Binding("ctrl+q", "leave", priority=True, show=False)]

    def __init__(self, *args: Any, simulation: Simulation, hint: str, **options: Any) -> None:
        """Take what KioskApp takes; `hint` is how to sign in, for the screen that asks."""
        super().__init__(*args, demo=True, **options)
        self.demo_hint = hint
        self._simulation = simulation

    async def on_mount(self) -> None:
        """Let the simulated patients come, besides what every kiosk does when it starts."""
        self.live()

    @work(group="simulation", exit_on_error=False)
    async def live(self) -> None:
        """One thing after another until the app ends and takes this worker with it."""
        while True:
            await asyncio.sleep(await asyncio.to_thread(self._simulation.step))

    def action_leave(self) -> None:
        """End the demonstration."""
        self.exit(0)
