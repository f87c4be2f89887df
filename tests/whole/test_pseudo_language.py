"""A language of longer words: nothing is cut on any screen of patients, staff and board."""

from pathlib import Path

import pytest
from board_driver import Board, Time, calling
from contrast import faint
from lobby_driver import CLINIC, Lobby
from lobby_tour import visit
from pseudo import TAG, speak, unsaid
from staff_driver import Desk
from staff_tour import tour

from db import Arrival
from kiosk.board.screen import PATIENCE
from kiosk.queue.public import Called, QueueState

pytestmark = pytest.mark.wide


async def test_the_lobby_holds_a_language_with_longer_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lobby = Lobby(tmp_path, TAG, speak(monkeypatch, CLINIC), theme="contrast")
    lobby.store.check_in(Arrival(service="cupping"))
    lobby.store.call_next(room="2", by="Lin")

    def look() -> list[str]:
        app = lobby.app
        return [*lobby.cut_off(), *unsaid(app.screen, lobby.lines), *faint(app)]

    async with lobby.open():
        assert await lobby.wrong_at(visit(lobby), look) == {}
        lobby.app.end_session()
        await lobby.settle()
        await lobby.press("1")
        await lobby.wait(61)
        assert look() == [], "still there"


async def test_the_staff_screens_hold_a_language_with_longer_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("staff_driver.CLINIC", speak(monkeypatch, CLINIC))
    desk = Desk(tmp_path, TAG)
    async with desk.open():

        def look() -> list[str]:
            return [*desk.cut_off(), *unsaid(desk.app.screen, desk.lines)]

        assert await desk.wrong_at(tour(desk), look) == {}


async def test_the_board_holds_a_language_with_longer_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = speak(monkeypatch, CLINIC)
    monkeypatch.setattr("board_driver.load_clinic", lambda _folder: clinic)
    time = Time()
    board = Board(tmp_path, time)
    board.language = board.first_language = board.languages[-1]
    board.languages = board.languages[-1:]
    call = Called("A012", "2", time.clock(), TAG)
    async with board.run_test(size=(80, 24)) as pilot:
        for size in ((80, 24), (40, 12)):
            await pilot.resize_terminal(*size)
            while board.screen.size != size:
                await pilot.pause()
            for state in (QueueState(known=True), calling(call), QueueState()):
                board.queue_state = state
                await board.settle()
                time.passed += PATIENCE
                board.screen.tick()
                await board.settle()
                assert unsaid(board.screen, board.painted()) == [], "\n".join(board.painted())
                assert board.size_of("A012") >= 2 or state != calling(call)
