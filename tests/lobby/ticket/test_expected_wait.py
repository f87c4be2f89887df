"""The expected wait stands on the ticket and with a ticket looked up, and nowhere else."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from lobby_driver import NOW, Lobby

from db import Arrival

VISITS = {"people": 20, "mean": 12.0, "spread": 0.3}


def give_a_past(lobby: Lobby) -> None:
    """Write the figures of six days on which room 1 was busy all day, 12 minutes a visit."""
    folder = lobby.folder / "data" / "downtown" / "figures"
    folder.mkdir(parents=True)
    for ago in range(1, 7):
        day = str((NOW - timedelta(days=ago)).date())
        service = {"arrivals": 20, "waits": [], "in_service": [], "visits": VISITS}
        room = {"people": 20, "pace": 1.0, "worked": [{"start": 480, "end": 1200}]}
        figures = {
            "day": day,
            "arrivals": 20,
            "by_hour": [],
            "waits": [],
            "by_service": {"cupping": service},
            "rooms": {"1": room},
        }
        (folder / f"{day}.json").write_text(json.dumps(figures))


@pytest.mark.parametrize(
    ("language", "place", "next_one"),
    [
        ("en", "3 ahead, about {}-{} minutes", "You are next: about {}-{} min"),
        ("zh-Hans", "前面 3 位，大约 {} 到 {} 分钟", "下一位就是您，大约 {} 到 {} 分钟"),
    ],
)
async def test_a_ticket_says_about_how_long_once_there_is_a_past(
    tmp_path: Path, language: str, place: str, next_one: str
) -> None:
    lobby = Lobby(tmp_path, language)
    give_a_past(lobby)
    for _ in range(4):
        lobby.store.check_in(Arrival(service="cupping"))
    lobby.store.call_next("1", "Lin")

    def told(ticket: str, sentence: str) -> str:
        check_in = lobby.store.find_ticket(ticket)
        assert check_in
        wait = lobby.app.expected_wait(check_in)
        assert wait
        return sentence.format(*wait.shown)

    async with lobby.open():
        assert "ahead" not in lobby.words  # a wait belongs to a ticket
        await lobby.press("1", "1", "2", "1", "1", "3", "enter", "1")
        assert lobby.screen == "TicketScreen"
        assert told("5", place) in lobby.words
        assert lobby.cut_off() == []
        await lobby.press("f10", "6", "2", "enter")
        assert told("2", next_one) in lobby.words
        assert lobby.cut_off() == []
