"""Where confirmed appointments order the queue: how many people are ahead follows the clock."""

from datetime import timedelta
from pathlib import Path

import pytest
from lobby_driver import DUE_FIRST, NOW, Lobby

from db import Arrival


def somebody_due_in(lobby: Lobby, seconds: int) -> None:
    booked = lobby.store.check_in(Arrival(service="cupping"))
    lobby.store.confirm(booked.id, "Mei", NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("keys", "screen"),
    [
        (("1", "1", "2", "1", "1", "3", "enter", "1"), "TicketScreen"),
        (("6", "1", "enter"), "MyPlaceScreen"),
    ],
)
async def test_who_becomes_due_is_ahead_of_a_ticket_that_somebody_looks_at(
    tmp_path: Path, keys: tuple[str, ...], screen: str
) -> None:
    lobby = Lobby(tmp_path, clinic=DUE_FIRST)
    if screen == "MyPlaceScreen":
        lobby.store.check_in(Arrival(service="cupping"))
    async with lobby.open():
        await lobby.press(*keys)
        assert lobby.screen == screen
        somebody_due_in(lobby, seconds=15)
        await lobby.wait(10)
        assert "You are next." in lobby.words
        await lobby.wait(10)
        assert "1 person ahead of you" in lobby.words
