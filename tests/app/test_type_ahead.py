"""Keys that somebody typed ahead go with what they were meant for."""

import asyncio
import itertools
from pathlib import Path

import pytest
from lobby_driver import Lobby
from staff_driver import Desk
from textual import events

from kiosk.app.type_ahead import HELD_WAITING, MOST_WAITING


async def waiting(lobby: Lobby, keys: int) -> None:
    while len(lobby.app.type_ahead._waiting) < keys:
        await asyncio.sleep(0)


async def test_keys_that_wait_are_forgotten_and_the_next_one_counts(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        lobby.send("3", "1", "1")
        await waiting(lobby, 2)
        assert lobby.app.type_ahead.busy
        lobby.app.type_ahead.forget()
        assert not lobby.app.type_ahead.busy
        await lobby.settle()
        assert lobby.screen == "ServicesScreen"
        await lobby.press("1")
        assert lobby.screen != "ServicesScreen"


@pytest.mark.parametrize(
    ("keys", "most"), [(("f23", "f24"), MOST_WAITING), (("f24",), HELD_WAITING)]
)
async def test_no_more_keys_wait_than_anybody_types(
    tmp_path: Path, keys: tuple[str, ...], most: int
) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        lobby.send("3", *itertools.islice(itertools.cycle(keys), most + 9))
        await waiting(lobby, most)
        for _ in range(20):
            await asyncio.sleep(0)
            assert len(lobby.app.type_ahead._waiting) <= most
        await lobby.settle()
        assert not lobby.app.type_ahead.busy
        left_out = "A scanned code was left out" in lobby.text
        assert left_out == (most == MOST_WAITING), "a held key loses nothing, and needs no word"


async def test_a_key_that_comes_back_from_a_screen_is_not_pressed_again(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        key = events.Key("３", "３")
        key._set_forwarded()
        lobby.app.post_message(key)
        await lobby.settle()
        assert lobby.screen == "HomeScreen"


async def test_a_key_goes_to_the_screen_that_the_one_before_it_opens(tmp_path: Path) -> None:
    """A key of the staff's queue is acted on by the app, where it arrives after the screen."""
    desk, gate = Desk(tmp_path), asyncio.Event()
    async with desk.open():
        await desk.sign_in()
        desk.send("g", "2")
        desk.app.call_later(gate.wait)  # the app is busy while the screen is done with the key
        for _ in range(100):
            await asyncio.sleep(0)
        gate.set()
        await desk.sees("Figures", "Tue 17 Nov - Mon 23 Nov")
