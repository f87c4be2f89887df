"""Every word of board, keyboards and dialogs stands out in every theme, and nothing blinks.

Screens that are visited are looked at in test_lobby_screens.py and test_staff_screens.py.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from board_driver import A012, Board, Time, calling
from contrast import EVERY_THEME, blinking, faint
from lobby_driver import Lobby
from textual.app import App

from kiosk.app.fault import FOR_PATIENTS, FaultScreen
from kiosk.board.screen import EMPHASIS, PATIENCE
from kiosk.queue.public import QueueState

QUICK = ("light",)
"""The theme in which keyboards and dialogs are opened with every run, the others in wide ones."""
IN_EVERY_THEME = pytest.mark.parametrize("theme", EVERY_THEME)


def unreadable(app: App[Any]) -> Iterator[str]:
    yield from faint(app)
    if blinking(app):
        yield "blinks"


@IN_EVERY_THEME
async def test_every_word_of_the_board_stands_out(tmp_path: Path, theme: str) -> None:
    time = Time()
    board = Board(tmp_path, time)
    async with board.run_test(size=(80, 24)) as pilot:
        board.theme = theme
        for size in ((80, 24), (40, 12), (30, 8)):
            await pilot.resize_terminal(*size)
            while board.screen.size != size:
                await pilot.pause()
            for state, later, said in (
                (QueueState(known=True), 0.0, "Mon 23 Nov"),
                (calling(A012), 0.0, "Now calling"),
                (calling(A012), EMPHASIS + 1, "Now calling"),
                (QueueState(), PATIENCE + 1, "No news"),
            ):
                board.queue_state = state
                await board.settle()
                time.passed += later
                board.screen.tick()
                await board.settle()
                assert size[0] < 80 or board.says(said)
                assert list(unreadable(board)) == [], (size, said)


@pytest.mark.parametrize(
    "theme", [t if t in QUICK else pytest.param(t, marks=pytest.mark.wide) for t in EVERY_THEME]
)
async def test_every_word_of_keyboards_and_dialogs_stands_out(tmp_path: Path, theme: str) -> None:
    async with Lobby(tmp_path, "zh-Hans", theme=theme).open() as lobby:
        await lobby.press(*"11912")
        await lobby.type("l")  # what is offered, and a key that the arrows stand on
        for keys in ((), ("down",), ("down", "down", "down", "enter")):
            await lobby.press(*keys)
            assert list(unreadable(lobby.app)) == [], lobby.text
        await lobby.wait(61)
        assert lobby.screen == "StillThereScreen"
        assert list(unreadable(lobby.app)) == [], lobby.text
        await lobby.press("5")
        lobby.app.push_screen(FaultScreen(FOR_PATIENTS))
        await lobby.settle()
        assert list(unreadable(lobby.app)) == [], lobby.text
