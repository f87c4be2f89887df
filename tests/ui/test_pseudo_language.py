"""A language of longer words: nothing is cut on any screen of patients, staff and board."""

from pathlib import Path

import pytest
from board_driver import Board, Time, calling
from lobby_driver import CLINIC, Lobby
from pseudo import TAG, speak, unsaid
from test_lobby_screens import SCREENS

from db import Arrival
from kiosk.widgets.queue_state import Called

Faults = dict[str, tuple[list[str], str]]


def look(wrong: Faults, name: str, lobby: Lobby) -> None:
    """Note what of the screen that is up is not whole."""
    if faults := lobby.cut_off() + unsaid(lobby.app.screen, lobby.lines):
        wrong[name] = (faults, lobby.text)


async def test_the_lobby_holds_a_language_with_longer_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lobby = Lobby(tmp_path, TAG, speak(monkeypatch, CLINIC))
    lobby.store.check_in(Arrival(service="cupping"))
    lobby.store.call_next(room="2", by="Lin")
    wrong: Faults = {}
    been: tuple[str, ...] = ()
    async with lobby.open():
        for keys, name in sorted((keys, name) for name, keys in SCREENS.items()):
            if keys[: len(been)] != been:  # else it lies on the way from the last one
                await lobby.press("f10")
                if lobby.screen != "HomeScreen":  # a ticket ends with Enter
                    await lobby.press("enter")
                been = ()
            await lobby.type(keys[len(been) :])
            been = keys
            look(wrong, name, lobby)
        lobby.app.end_session()
        await lobby.settle()
        await lobby.press("7")
        look(wrong, "languages", lobby)
        await lobby.press("minus", "1")
        await lobby.wait(61)
        look(wrong, "still-there", lobby)
    assert wrong == {}


async def test_the_board_holds_a_language_with_longer_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = speak(monkeypatch, CLINIC)
    monkeypatch.setattr("board_driver.load_clinic", lambda _folder: clinic)
    time = Time()
    board = Board(tmp_path, time)
    board.language = board.first_language = board.languages[-1]
    board.languages = board.languages[-1:]
    async with board.run_test(size=(80, 24)):
        await board.settle()
        resting = unsaid(board.screen, board.painted())
        board.queue_state = calling(Called("A012", "2", time.clock(), TAG))
        await board.settle()
        busy = unsaid(board.screen, board.painted())
        text = "\n".join(board.painted())
    assert (resting, busy) == ([], []), text
