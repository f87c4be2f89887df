"""Every screen in every language, theme and size: whole, translated, and plain to see.

Not among the quick tests: `make test-wide`.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import board_tour
import pytest
import staff_tour
from board_driver import Board, Time
from contrast import EVERY_THEME, blinking, faint
from lobby_driver import Lobby
from lobby_situations import situations
from lobby_tour import SCREENS, unannounced, untranslated, visit
from painter import colours
from pseudo import unsaid
from staff_driver import Desk
from textual.app import App
from textual.color import Color
from vocabulary import EVERY_LANGUAGE

from db import Arrival

SIZES = [(80, 24), (120, 36)]
BOARD_SIZES = [(40, 12), *SIZES]

pytestmark = [pytest.mark.wide, pytest.mark.parametrize("language", EVERY_LANGUAGE)]


async def in_every_theme(app: App[Any], settle: Callable[[], Awaitable[None]]) -> list[str]:
    """What stands out too little on the screen that is up, in each theme, beginning with its own.

    That a theme is there is told by its paper, which no other theme has.
    """
    wrong = ["blinks"] * blinking(app)
    for theme in (app.theme, *(name for name in EVERY_THEME if name != app.theme)):
        app.theme = theme
        await settle()
        wrong += [f"{theme}: {word}" for word in faint(app)]
        strips = app.screen._compositor.render_strips()
        grounds = {colours(style)[1] for strip in strips for _text, style, _control in strip}
        if paper(app) not in grounds and not app.screen.is_modal:
            wrong.append(f"{theme} is not to be seen")
    return wrong


def paper(app: App[Any]) -> tuple[int, int, int]:
    """The ground of the present theme."""
    return Color.parse(app.current_theme.variables["paper"]).rgb


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("larger", [False, True])
async def test_the_screens_of_the_lobby(
    tmp_path: Path, language: str, larger: bool, size: tuple[int, int]
) -> None:
    lobby = Lobby(tmp_path, language)
    lobby.store.check_in(Arrival(service="cupping"))
    lobby.store.call_next(room="2", by="Lin")
    texts = []

    async def look() -> list[str]:
        texts.append(lobby.text)
        return await _look(lobby)

    async with lobby.open(size):
        assert await lobby.wrong_at(visit(lobby, larger=larger), look) == {}
    assert len(set(texts)) == len(SCREENS), "every way leads somewhere else"


@pytest.mark.parametrize("larger", [False, True])
async def test_what_the_lobby_says_at_rarer_times(
    tmp_path: Path, language: str, larger: bool
) -> None:
    lobby = Lobby(tmp_path, language)

    async def look() -> list[str]:
        return await _look(lobby)

    async with lobby.open():
        assert await lobby.wrong_at(situations(lobby, larger=larger), look) == {}


async def _look(lobby: Lobby) -> list[str]:
    faults = [*lobby.cut_off(), *unsaid(lobby.app.screen, lobby.lines)]
    faults += [*untranslated(lobby), *unannounced(lobby)]
    return faults + await in_every_theme(lobby.app, lobby.settle)


@pytest.mark.parametrize("size", SIZES)
async def test_the_screens_of_the_staff(
    tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    desk = Desk(tmp_path, language)

    async def look() -> list[str]:
        faults = [*desk.cut_off(), *unsaid(desk.app.screen, desk.lines)]
        faults += staff_tour.untranslated(desk)
        return faults + await in_every_theme(desk.app, desk.settle)

    async with desk.open(size):
        assert await desk.wrong_at(staff_tour.tour(desk), look) == {}


@pytest.mark.parametrize("size", BOARD_SIZES)
async def test_the_board(
    tmp_path: Path, time: Time, programs: Path, language: str, size: tuple[int, int]
) -> None:
    board, wrong = Board(tmp_path, time), {}
    async with board.run_test(size=size):
        async for name in board_tour.tour(board, time, language):
            faults = [*unsaid(board.screen, board.painted()), *board_tour.untranslated(board)]
            if faults := faults + await in_every_theme(board, board.settle):
                wrong[name] = (faults, "\n".join(board.painted()))
    assert wrong == {}
