"""The one follower of the store, and who hears of it."""

import asyncio
import weakref
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from board_driver import Board, Time
from textual.widget import Widget

from db import Arrival, Change, CheckInStore, StoreError, StoreUnavailable, open_store
from kiosk.content.hours import Opening
from kiosk.queue.public import QueueState
from kiosk.widgets.queue_watcher import follow_moment

RETRY = 0.02


@pytest.fixture
def store(tmp_path: Path) -> CheckInStore:
    return open_store(
        tmp_path / "data",
        "downtown",
        keys_dir=tmp_path / "keys",
        time_zone="Asia/Shanghai",
        clock=Time().clock,
    )


@pytest.fixture
def board(tmp_path: Path, store: CheckInStore, monkeypatch: pytest.MonkeyPatch) -> Board:
    monkeypatch.setattr("kiosk.app.queue_watch.RETRY_SECONDS", RETRY)
    monkeypatch.setattr("db.watch.LOOK_AGAIN", RETRY)
    return Board(tmp_path, Time(), open_store=lambda: store)


async def until(told: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not told():
            await asyncio.sleep(0.005)


class Follower:
    """What a node that follows the queue has heard."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self.heard: list[str] = []
        follow_moment(board.screen, self.hear)

    def hear(self) -> None:
        board = self._board
        if board.moment is not None:
            self.heard.append(f"{len(board.moment.check_ins)} came")
        else:
            self.heard.append(type(board.queue_trouble).__name__)


def breaking(store: CheckInStore, *errors: Exception) -> Callable[[], AsyncIterator[Change]]:
    """A way to follow the store that raises these, one a time, and then is the store's own."""
    watch, left = store.watch, list(errors)

    async def watched() -> AsyncIterator[Change]:
        if left:
            raise left.pop(0)
        async for change in watch():
            yield change

    return watched


async def test_how_today_stands_is_told_and_its_public_face_with_it(
    board: Board, store: CheckInStore
) -> None:
    store.check_in(Arrival())
    async with board.run_test(size=(80, 24)):
        assert board.moment is None
        assert board.queue_trouble is None
        await until(lambda: board.moment is not None)
        assert board.moment == store.moment()
        follower = Follower(board)
        store.check_in(Arrival())
        await until(lambda: follower.heard == ["2 came"])
        assert board.queue_state.waiting == 2
        assert board.queue_trouble is None


async def test_a_node_that_is_busy_hears_once_of_all_that_came_meanwhile(
    board: Board, store: CheckInStore
) -> None:
    async with board.run_test(size=(80, 24)):
        await until(lambda: board.moment is not None)
        follower = Follower(board)
        for _ in range(3):
            store.check_in(Arrival())
            board.moment = store.moment()
        await board.settle()
        assert follower.heard == ["3 came"]


async def test_trouble_is_told_and_what_was_known_with_it_is_gone(
    board: Board, store: CheckInStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    away, strange = StoreUnavailable("It is away."), RuntimeError("a fault")
    monkeypatch.setattr(store, "watch", breaking(store, away, StoreError("It is odd."), strange))
    async with board.run_test(size=(80, 24)):
        await until(lambda: board.queue_trouble is away)
        assert away.__traceback__ is None, "its frames would be held until all is well"
        follower = Follower(board)
        await until(lambda: board.moment is not None)
        await board.settle()
        assert follower.heard == ["StoreError", "RuntimeError", "0 came"]
        assert board.queue_trouble is None
        assert board.queue_state.known


async def test_in_trouble_nothing_is_said_of_the_queue_and_hours_change_nothing(
    board: Board, store: CheckInStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def watched() -> AsyncIterator[Change]:
        yield Change(store.day, 0)
        await asyncio.sleep(RETRY)
        raise StoreUnavailable("It is away.")

    monkeypatch.setattr(store, "watch", watched)
    monkeypatch.setattr("kiosk.app.queue_watch.RETRY_SECONDS", 100)
    async with board.run_test(size=(80, 24)):
        await until(lambda: board.queue_state.known)
        await until(lambda: board.queue_trouble is not None)
        assert board.moment is None
        assert board.queue_state == QueueState()
        board.queue_watch.look_at_hours()
        assert board.queue_state == QueueState()


async def test_the_same_trouble_is_told_once(
    board: Board, store: CheckInStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights = [StoreUnavailable("It is away.") for _ in range(5)]
    monkeypatch.setattr(store, "watch", breaking(store, *nights))
    async with board.run_test(size=(80, 24)):
        await until(lambda: board.queue_trouble is nights[0])
        assert not board.queue_state.known
        follower = Follower(board)
        await until(lambda: board.moment is not None)
        await board.settle()
        assert follower.heard == ["0 came"]


async def test_a_moment_is_seen_anew_when_the_hours_are_others(
    board: Board, store: CheckInStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.mark_present("Lin")
    async with board.run_test(size=(80, 24)):
        await until(lambda: board.moment is not None)
        assert board.queue_state.reception == "open"
        later = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
        closed = Opening(open=False, changes=later)
        monkeypatch.setattr(board, "opening_now", lambda: closed)
        board.queue_watch.look_at_hours()
        assert board.queue_state.reception == "closed"


async def test_whoever_followed_and_has_gone_is_not_held(board: Board, store: CheckInStore) -> None:
    async with board.run_test(size=(80, 24)):
        await until(lambda: board.moment is not None)
        one = Widget()
        await board.screen.mount(one)
        follow_moment(one, one.refresh)
        await one.remove()
        gone = weakref.ref(one)
        del one
        board.queue_watch.let_go()
        await board.settle()
        watchers = getattr(board, "__watchers")
        assert all(node is not gone() for told in watchers.values() for node, _ in told)
