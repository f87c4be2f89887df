"""Drives the staff mode as a person does, over a store and accounts of its own."""

import asyncio
import contextlib
import re
import unicodedata
from pathlib import Path

from fingers import AT_ONCE, Fingers
from lobby_driver import CLINIC, ENDLESS, PATIENCE, Lobby
from rest import A_MOMENT, come_to_rest, drain
from rich.cells import cell_len
from textual.worker import WorkerCancelled

from db import Account, Accounts, Arrival, CheckIn, Person, Role, Status, open_accounts
from db.accounts.pins import HashCost
from kiosk.app.app import KioskApp
from kiosk.content.clinic import Clinic
from kiosk.settings import Room, Settings
from kiosk.staff.acts.jobs import Job
from kiosk.staff.desk.key_area import KeyHint
from kiosk.staff.desk.screen import QueueScreen
from kiosk.staff.door.sign_in import SignInScreen
from kiosk.staff.seen.snapshot import Snapshot

PIN = "135790"


class Desk(Lobby):
    """A staff terminal; Lin and Mei may sign in with PIN."""

    def __init__(
        self,
        tmp_path: Path,
        language: str = "en",
        *,
        mode: str = "staff",
        clinic: Clinic = CLINIC,
        rooms: tuple[Room, ...] = (Room("1"), Room("2"), Room("3")),
        **settings: object,
    ) -> None:
        self.clinic = clinic
        self.passed, self.fingers, self.held = 0.0, Fingers(), False
        self.folder = tmp_path
        self.store = self.open_store()
        self.accounts = self.open_accounts()
        self.app = KioskApp(
            Settings(
                language=language,
                data_dir=tmp_path / "data",
                keys_dir=tmp_path / "keys",
                device="desk",
                rooms=rooms,
                **AT_ONCE | settings,
            ),
            clinic,
            mode=mode,
            open_store=self.open_store,
            open_accounts=self.open_accounts,
            clock=self.now,
            monotonic=lambda: self.passed,
        )

    def open_accounts(self) -> Accounts:
        """The accounts, with hashes that cost nothing."""
        return open_accounts(
            self.folder / "data",
            self.folder / "keys",
            clock=self.now,
            cost=HashCost(passes=1, memory=8),
        )

    def hire(self, *names: str) -> None:
        """Make accounts for reception."""
        for name in names or ("Lin", "Mei"):
            self.accounts.add(name, Role.reception, PIN)

    def arrive(self, name: str = "", phone: str = "", service: str = "cupping", **more) -> CheckIn:
        """Somebody checks in, at another terminal."""
        arrival = Arrival(
            name=name, phone=phone, service=service, **{"language": "zh-Hans", **more}
        )
        return self.store.check_in(arrival, allow_same_phone=True)

    async def settle(self) -> None:
        """Let what was set going come to rest, as far as it ever does."""
        await drain(self.app, self.app.screen)
        while self.app.type_ahead.busy:
            await asyncio.sleep(A_MOMENT)
            await drain(self.app, self.app.screen)
        for worker in [w for w in self.app.workers if w.group not in ENDLESS]:
            with contextlib.suppress(WorkerCancelled):  # one that looks again ends the one before
                await worker.wait()
        await come_to_rest(self.app)
        screen = self.app.screen
        if isinstance(screen, QueueScreen) and screen.desk.leaving_for:
            with contextlib.suppress(AssertionError):  # a store that is busy keeps them for longer
                await self.until(lambda: self.app.screen is not screen)
            await come_to_rest(self.app)
        elif isinstance(screen, QueueScreen):
            done, loop = asyncio.Event(), asyncio.get_running_loop()
            # Jobs are done one after another: when this one is, all are that were asked for.
            screen.desk.do(Job(lambda _: loop.call_soon_threadsafe(done.set)))
            await asyncio.wait_for(done.wait(), PATIENCE)
            queue = screen.queue
            await self.until(lambda: queue.snapshot is None or self._is_read(queue.snapshot))
            await come_to_rest(self.app)

    def _is_read(self, snapshot: Snapshot) -> bool:
        return [c.revision for c in snapshot.today] == [c.revision for c in self.store.today()]

    async def sign_in(self, name: str = "Lin", room: str = "", role: Role = Role.reception) -> None:
        """Open the queue as if the PIN had been typed; test_staff_sign_in.py types it."""
        door = self.app.screen
        assert isinstance(door, SignInScreen)
        self.app.call_later(door.open_queue, Account(name, role), room)
        await self.until(lambda: isinstance(self.app.screen, QueueScreen))
        screen = self.app.screen
        assert isinstance(screen, QueueScreen)
        await self.until(lambda: screen.queue.snapshot is not None)
        await self.settle()

    async def click_key(self, action: str) -> None:
        """Click a key in the key area."""
        hint = next(h for h in self.app.screen.query(KeyHint) if h.id == f"do-{action}")
        await self.pilot.click(hint)
        await self.settle()

    async def touch(self, words: str) -> None:
        """Touch the screen where these words stand."""
        line = next(line for line in self.lines if words in line)
        before = cell_len(line[: line.index(words)])
        await self.pilot.click(offset=(before, self.lines.index(line)))
        await self.settle()

    def line(self, ticket: str) -> str:
        """The line of the table with this ticket."""
        found = re.search(rf"^ *[>!*]? +{ticket} .*$", self.text, re.MULTILINE)
        assert found, f"no line of {ticket} in\n{self.text}"
        return found[0]

    def line_of(self, words: str) -> str:
        """The line of the screen with these words."""
        return next(line for line in self.lines if words in line)

    @property
    def tickets(self) -> list[str]:
        """The tickets of the table, from the top."""
        return re.findall(r"^[>!* ] (A\d{3}) ", self.text, re.MULTILINE)

    @property
    def selected(self) -> str:
        """The ticket under the cursor."""
        found = re.search(r"^> (A\d{3}) ", self.text, re.MULTILINE)
        return found[1] if found else ""

    def now_is(self, check_in: CheckIn) -> CheckIn:
        """The check-in as it is on disk."""
        found = self.store.get(check_in.id)
        assert found is not None
        return found


def full_width(key: str) -> str:
    """A key as a Chinese input method sends it."""
    wide = chr(ord(key) + 0xFEE0)
    assert unicodedata.normalize("NFKC", wide) == key
    assert cell_len(wide) == 2
    return wide


__all__ = ["PIN", "Desk", "Person", "full_width"]


def bring_to(desk: Desk, status: Status) -> CheckIn:
    """Somebody who stands where a test needs them."""
    one = desk.arrive("Zoë")
    if status is not Status.waiting:
        one = desk.store.call(one.id, "2", "Mei")
    if status is Status.in_service:
        one = desk.store.begin(one.id, "Mei")
    if status is Status.parked:
        one = desk.store.park(one.id, "Mei")
    return one
