"""Whoever goes away is asked whether they are there; whoever answers goes on as before."""

from pathlib import Path

import pytest
from lobby_driver import Lobby

from kiosk.lobby.idle import GRACE

TO_NAME = ("1", "1", "9", "1")


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    return Lobby(tmp_path)


async def test_a_language_chosen_on_home_is_forgotten_when_nobody_goes_on(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("8")
        assert lobby.app.language_chosen
        await lobby.wait(61)
        assert not lobby.app.language_chosen


async def test_the_key_that_answers_whether_anyone_is_there_does_nothing_else(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        await lobby.press("1")
        await lobby.wait(61)
        assert lobby.screen == "StillThereScreen"
        assert "您还在吗" in lobby.text
        await lobby.press("1")
        assert lobby.screen == "CheckInScreen"
        assert "Step 1 of 5" in lobby.text
        await lobby.wait(59)
        assert lobby.screen == "CheckInScreen"


async def test_so_does_a_touch(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1")
        await lobby.wait(61)
        await lobby.pilot.click(offset=(15, 17))
        await lobby.settle()
        assert lobby.screen == "CheckInScreen"
        assert "Step 1 of 5" in lobby.text


@pytest.mark.parametrize("key", ["f1", "f10", "f12"])
async def test_even_keys_that_work_everywhere_only_answer(lobby: Lobby, key: str) -> None:
    async with lobby.open():
        await lobby.press("1")
        await lobby.wait(61)
        await lobby.press(key)
        assert lobby.screen == "CheckInScreen"


async def test_the_question_can_be_answered_as_often_as_wanted(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1")
        for _ in range(12):
            await lobby.wait(61)
            await lobby.wait(GRACE - 1)
            await lobby.press("space")
            assert lobby.screen == "CheckInScreen"


async def test_a_reader_is_left_alone_four_times_as_long(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("2", "1")
        await lobby.wait(239)
        assert lobby.screen == "ReaderScreen"
        await lobby.wait(2)
        assert lobby.screen == "StillThereScreen"


async def test_a_ticket_counts_down_and_more_time_begins_again(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "3", "enter", "1")
        await lobby.wait(30)
        assert "Closes in 15 seconds" in lobby.text
        await lobby.press("2")
        assert "Closes in 45 seconds" in lobby.text
