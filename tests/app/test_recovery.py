"""Whatever breaks: staff come back to the sign-in, patients to Home, a board to itself."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from board_driver import A012, Board, Time, calling
from lobby_driver import Lobby
from lobby_tour import SCREENS
from staff_driver import Desk
from textual import events
from textual.screen import Screen

from kiosk.app.app import KioskApp
from kiosk.board.screen import BoardScreen
from kiosk.lobby.home import HomeScreen
from kiosk.queue.public import QueueState
from kiosk.staff.door.sign_in import SignInScreen
from kiosk.widgets.queue_watcher import follow_queue_state

NAME = "Quillfeather"
STAFF: dict[str, tuple[str, ...]] = {
    "SignInScreen": ("l",),
    "QueueScreen": (),
    "FiguresScreen": ("g",),
    "StaffHelpScreen": ("?",),
}
"""Keys from the queue."""


def fail(*_: object) -> None:
    raise RuntimeError(NAME)


async def fail_soon() -> None:
    fail()


MENDED = pytest.MonkeyPatch()


@pytest.fixture(autouse=True)
def mended() -> Iterator[None]:
    """Whatever was broken is whole again."""
    yield
    MENDED.undo()


def break_once(kind: type[Screen[Any]], method: str) -> None:
    """Have the next call of a method fail, of screens of exactly this kind."""

    def broken(self: Screen[Any], *args: object) -> object:
        MENDED.undo()
        raise RuntimeError(NAME)

    MENDED.setattr(kind, method, broken, raising=False)


INSIDE: dict[str, Callable[[Screen[Any]], object]] = {
    "timer": lambda screen: screen.set_timer(0.001, fail),
    "later": lambda screen: screen.call_later(fail),
    "next": lambda screen: screen.call_next(fail),
    "worker": lambda screen: screen.run_worker(fail_soon()),
    "thread": lambda screen: screen.run_worker(fail, thread=True),
    "the app's queue": lambda screen: screen.app.call_later(fail),
    "the app's timer": lambda screen: screen.app.set_timer(0.001, fail),
}
"""Ways to break while a screen is up."""


def break_watcher(screen: Screen[Any]) -> None:
    follow_queue_state(screen, fail, init=False)
    app = screen.app
    assert isinstance(app, KioskApp)
    app.queue_state = QueueState(waiting=app.queue_state.waiting + 7, known=True)


def break_key(screen: Screen[Any]) -> None:
    break_once(type(screen), "on_key")
    screen.app.post_message(events.Key("f24", None))


WHILE_UP = {**INSIDE, "watcher": break_watcher, "key": break_key}
ON_THE_WAY = {"compose": "compose", "mount": "on_mount"}


async def recovered(app: KioskApp, broken: Screen[Any] | None, door: type[Screen[Any]]) -> None:
    """Wait until new screens are up: the door of this mode, beneath a sentence for people."""
    async with asyncio.timeout(20):
        while True:
            stack = app.screen_stack
            is_new = type(stack[0]) is door and broken not in stack
            said = type(app.screen).__name__ == "FaultScreen" or door is BoardScreen
            if is_new and said and app._faults and not app._is_recovering and app._running:
                break
            await asyncio.sleep(0.005)
    app._faults.clear()


Go = Callable[[], Awaitable[None]]


async def break_everywhere(app: KioskApp, door: type[Screen[Any]], go: Go, home: Go) -> None:
    """Break the screen that `go` leads to in every way there is; `home` dismisses the sentence."""
    app.recovers = True
    await go()
    kind = type(app.screen)
    for how, break_it in WHILE_UP.items():
        broken = app.screen
        assert type(broken) is kind, how
        break_it(broken)
        await recovered(app, broken, door)
        await home()
        await go()
    for method in ON_THE_WAY.values():
        await leave(app, door)
        break_once(kind, method)
        if kind is door:
            app.open_mode(app.current_mode)
        else:
            await home()
            moving = asyncio.ensure_future(go())
            await asyncio.sleep(0)
        await recovered(app, None, door)
        if kind is not door:
            moving.cancel()
            await asyncio.gather(moving, return_exceptions=True)
        await home()
        await go()
        assert type(app.screen) is kind


async def leave(app: KioskApp, door: type[Screen[Any]]) -> None:
    before = app.screen
    app.open_mode(app.current_mode)
    async with asyncio.timeout(20):
        while type(app.screen) is not door or app.screen is before:
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    "name",
    [
        "urgent",
        *(
            pytest.param(name, marks=pytest.mark.wide)
            for name in (
                *(
                    "home",
                    "purpose",
                    "ticket",
                    "articles",
                    "reader",
                    "search",
                    "services",
                    "onward",
                ),
                *("code-of-an-article", "find-us", "address", "book", "my-ticket", "languages"),
                *("display", "help"),
            )
        ),
    ],
)
async def test_in_the_lobby_any_fault_ends_at_home(tmp_path: Path, name: str) -> None:
    lobby = Lobby(tmp_path)

    async def go() -> None:
        await lobby.press(*SCREENS[name])

    async def home() -> None:
        if lobby.screen == "FaultScreen":
            await lobby.press("5")
        assert lobby.screen == "HomeScreen"

    async with lobby.open():
        await break_everywhere(lobby.app, HomeScreen, go, home)


@pytest.mark.parametrize(
    "name",
    [
        "QueueScreen",
        *(
            pytest.param(name, marks=pytest.mark.wide)
            for name in ("SignInScreen", "FiguresScreen", "StaffHelpScreen")
        ),
    ],
)
async def test_at_the_desk_any_fault_ends_at_the_sign_in(tmp_path: Path, name: str) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    desk.arrive("Zoë")

    async def go() -> None:
        if name == "SignInScreen":
            return
        await desk.sign_in()
        await desk.press(*STAFF[name])
        await desk.until(lambda: desk.screen == name)

    async def home() -> None:
        if desk.screen == "FaultScreen":
            await desk.press("5")
        await desk.until(lambda: desk.screen == "SignInScreen")
        assert desk.app.signed_in is None

    async with desk.open():
        await break_everywhere(desk.app, SignInScreen, go, home)
        await leave(desk.app, SignInScreen)
        await desk.sign_in()
        await desk.press("n", "1")
        await desk.sees("Lin called A001 to Room 1")


async def test_what_a_key_of_another_page_breaks_ends_at_the_sign_in(desk: Desk) -> None:
    """Such a key comes back through the app's own queue."""
    desk.arrive("Zoë")
    async with desk.open():
        desk.app.recovers = True
        await desk.sign_in()
        await desk.press("?")
        queue = desk.app.screen_stack[1]
        break_once(type(queue), "action_key")
        await desk.pilot.press("p")
        await recovered(desk.app, queue, SignInScreen)


async def test_a_board_comes_back_as_itself(board: Board, time: Time) -> None:
    async def go() -> None:
        await board.settle()

    async with board.run_test(size=(80, 24)):
        await break_everywhere(board, BoardScreen, go, go)
        board.queue_state = calling(A012)
        await board.settle()
        assert board.size_of("A012")


async def test_a_batch_that_a_fault_has_cut_off_does_not_keep_the_glass_dark(
    tmp_path: Path,
) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        lobby.app.recovers = True
        await lobby.press("2")
        broken = lobby.app.screen
        later = lobby.app.call_next

        def lose(what: Any, *more: Any) -> None:
            if what != lose:
                later(what, *more)

        with pytest.MonkeyPatch.context() as lost:
            lost.setattr(lobby.app, "call_next", lose)
            lobby.app.pop_screen()
        await lobby.pilot.pause()
        assert lobby.app._batch_count
        lobby.app.call_later(fail)
        await recovered(lobby.app, broken, HomeScreen)
        await lobby.press("5", "3")
        assert lobby.screen == "ServicesScreen"


@pytest.mark.wide
async def test_a_broken_screen_of_the_staff_keeps_no_name(desk: Desk) -> None:
    desk.arrive(NAME)
    async with desk.open():
        desk.app.recovers = True
        await desk.sign_in()
        await desk.sees(NAME)
        broken = desk.app.screen
        broken.set_timer(0.001, fail)
        await recovered(desk.app, broken, SignInScreen)
        await desk.press("5")
        del broken
        assert await desk.still_holding(NAME) == []
