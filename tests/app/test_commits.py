"""What is being put on disk comes to its end, and nothing ends the session before."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import Queue

import pytest
from lobby_driver import Lobby
from siblings import siblings
from textual.screen import Screen

from db import Arrival, CheckIn, StoreBusy, StoreError, StoreFull
from kiosk.app.commits import Commits
from kiosk.widgets.host import Committed

TO_NAME = ("1", "1", "9", "1")


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    return Lobby(tmp_path)


class Refusing:
    """A store's check_in that refuses, or that waits until it is let go."""

    def __init__(self, lobby: Lobby, refusal: Exception | None = None) -> None:
        self.may_go = threading.Event()
        self.refusal = refusal
        self.store = lobby.app.store()
        self.real = self.store.check_in
        self.store.check_in = self.check_in

    def check_in(self, arrival: Arrival, **options: object) -> CheckIn:
        if self.refusal:
            raise self.refusal
        assert self.may_go.wait(10)
        return self.real(arrival, **options)


@siblings(1, "refusal", [StoreFull(), RuntimeError("a fault")])
async def test_a_check_in_that_cannot_be_kept_sends_to_the_desk(
    lobby: Lobby, refusal: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async with lobby.open():
        broken = Refusing(lobby, refusal)
        await lobby.press(*TO_NAME, "3", "enter", "1")
        assert "Please check in at the desk" in lobby.text
        assert [vars(record)["fault"] for record in caplog.records] == [type(refusal).__name__]
        await lobby.press("enter", "2", "1")
        assert lobby.screen == "ReaderScreen"
        await lobby.press("f10")
        broken.store.check_in = broken.real
        await lobby.press(*TO_NAME, "3", "enter", "1")
        assert lobby.screen == "TicketScreen"


async def test_no_key_and_no_time_ends_a_session_before_the_store_has_answered(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        slow = Refusing(lobby)
        lobby.held = True
        await lobby.press(*TO_NAME, "3", "enter")
        lobby.send("1")
        await lobby.settle()
        assert "One moment please" in lobby.text
        lobby.send("escape", "asterisk", "f10", "minus", "1")
        lobby.passed += 200
        lobby.app.screen.tick()
        await lobby.pilot.pause()
        assert lobby.screen == "CheckInScreen"
        slow.may_go.set()
        lobby.held = False
        await lobby.settle()
        assert lobby.app.last_input == lobby.passed, "whoever waited has all their time again"
        assert lobby.screen == "TicketScreen"
        assert [c.ticket for c in lobby.today()] == ["A001"]


async def test_nothing_else_ends_a_session_before_the_store_has_answered(lobby: Lobby) -> None:
    """Not even what was on its way to the app before the store was asked."""
    async with lobby.open():
        slow = Refusing(lobby)
        lobby.held = True
        await lobby.press(*TO_NAME, "3", "enter")
        lobby.send("1")
        await lobby.settle()
        lobby.app.end_session()
        await lobby.settle()
        assert "One moment please" in lobby.text
        slow.may_go.set()
        lobby.held = False
        await lobby.settle()
        assert lobby.screen == "TicketScreen"


async def test_what_is_asked_of_the_store_beside_it_does_not_free_the_keys(lobby: Lobby) -> None:
    async with lobby.open():
        slow = Refusing(lobby)
        lobby.held = True
        await lobby.press(*TO_NAME, "3", "enter")
        lobby.send("1")
        await lobby.settle()
        assert lobby.app.commits.under_way == 1
        lobby.app.commit(lambda: None, reply_to=Screen(), holding=False)
        assert lobby.app.commits.under_way == 2
        while lobby.app.commits.under_way == 2:
            await asyncio.sleep(0.005)
        assert lobby.app.committing
        slow.may_go.set()
        lobby.held = False
        await lobby.settle()
        assert not lobby.app.committing
        assert lobby.screen == "TicketScreen"


class App:
    """An app whose queue is worked off when a test says so."""

    def __init__(self) -> None:
        self.queue: Queue[Callable[[], object]] = Queue()

    def call_later(self, act: Callable[..., object], *given: object) -> None:
        self.queue.put(partial(act, *given))

    async def do_next(self) -> None:
        (await asyncio.to_thread(self.queue.get, timeout=10))()


class Asks:
    """A screen that hears what came of it."""

    def __init__(self) -> None:
        self.outcomes: list[object] = []

    def post_message(self, message: Committed) -> None:
        self.outcomes.append(message.outcome)


class Work:
    """Fails so often, in this way, before it is done."""

    def __init__(self, times: int, refusal: Exception) -> None:
        self.left = times
        self.refusal = refusal
        self.begun = 0

    def __call__(self) -> object:
        self.begun += 1
        self.left -= 1
        if self.left >= 0:
            raise self.refusal
        return "done"


@pytest.mark.parametrize(
    ("refusal", "times", "outcome", "begun"),
    [
        (StoreBusy(), 2, "done", 3),
        (StoreBusy(), 9, StoreBusy, 3),
        (StoreFull(), 1, StoreFull, 1),
        (StoreError("No."), 1, StoreError, 1),
        (ValueError(), 1, ValueError, 1),
        (RuntimeError(), 1, RuntimeError, 1),
    ],
)
async def test_a_busy_store_is_asked_again_and_whatever_comes_is_told_by_way_of_the_apps_queue(
    refusal: Exception, times: int, outcome: object, begun: int
) -> None:
    app, asks, freed = App(), Asks(), []
    commits = Commits(app, freed=lambda: freed.append("free"))
    work = Work(times, refusal)
    commits.commit(work, reply_to=asks)
    assert (work.begun, commits.holding, commits.under_way) == (0, True, 1)
    await app.do_next()
    answered = app.do_next()
    assert (asks.outcomes, freed) == ([], [])
    await answered
    (came,) = asks.outcomes
    assert came == outcome or type(came) is outcome
    assert work.begun == begun
    assert (freed, commits.holding, commits.under_way) == (["free"], False, 0)
