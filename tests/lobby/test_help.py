"""Help and the urgent ticket: nothing claims to be heard when nobody hears it."""

from pathlib import Path

import pytest
from lobby_driver import Lobby

from db import StoreFull


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    """A lobby with Lin at the staff's screen."""
    lobby = Lobby(tmp_path)
    lobby.store.mark_present("Lin")
    return lobby


async def test_help_does_not_claim_to_be_heard_when_nobody_is_there(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("slash")
        assert "Please go to the desk" in lobby.text
        assert lobby.store.help_calls() == []


async def test_help_says_who_comes_or_that_nobody_has_answered(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("f1")
        assert "Calling the staff" in lobby.text
        (call,) = lobby.store.help_calls()
        assert call.device == "kiosk-1"
        await lobby.wait(21)
        assert "Nobody has answered yet. Please go to the desk." in lobby.words
        assert "120" in lobby.text
        lobby.store.acknowledge(call.id, "Lin")
        await lobby.wait(1)
        assert "Lin is coming to you" in lobby.text
        await lobby.press("enter")
        assert lobby.screen == "HomeScreen"


async def test_whoever_presses_help_again_and_again_has_called_once(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("slash", "enter", "slash", "enter", "slash")
        assert len(lobby.store.help_calls()) == 1
        await lobby.press("enter")
        await lobby.wait(121)
        await lobby.press("slash")
        assert len(lobby.store.help_calls()) == 2


async def test_a_call_is_made_although_one_goes_on_at_once(lobby: Lobby) -> None:
    async with lobby.open():
        lobby.send("slash", "enter", "2")
        await lobby.settle()
        assert lobby.screen == "ArticlesScreen"
        assert len(lobby.store.help_calls()) == 1


async def test_a_call_that_cannot_be_made_sends_to_the_desk(
    lobby: Lobby, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFull

    async with lobby.open():
        monkeypatch.setattr(type(lobby.store), "call_for_help", full)
        await lobby.press("slash")
        assert "Please go to the desk" in lobby.text


def advice(lobby: Lobby) -> str:
    """What stands beneath an urgent ticket's number, whole on the glass."""
    assert lobby.cut_off() == []
    words = lobby.app.screen.query("#place, #advice")
    return " ".join(w.text for w in words if w.text)


async def test_an_urgent_ticket_is_on_the_staffs_screen_only_while_somebody_is_there(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        await lobby.press("1", "2")
        assert advice(lobby) == "It is on the staff's screen. Please tell somebody too."
        lobby.passed += 11 * 60  # nobody has been heard of for as long
        lobby.store.set_reception_state("open", "Lin")
        told = "Nobody is at the staff's screen just now. Go to the desk"
        await lobby.until(lambda: told in advice(lobby))
        assert "Nobody there? Call 120." in advice(lobby)


async def test_an_urgent_ticket_says_when_staff_have_seen_it(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1", "2")
        (urgent,) = lobby.today()
        lobby.store.answer_urgent(urgent.id, by="Mei")
        await lobby.wait(1)
        assert advice(lobby) == "Mei is coming to you."
        lobby.store.call(urgent.id, room="2", by="Lin")
        await lobby.wait(1)
        assert "Staff have seen it. Please go to Room 2." in advice(lobby)
        await lobby.press("1")
        lobby.store.void(urgent.id, by="Lin", reason="a slip")
        await lobby.press("plus", "1")
        assert "没关系" in advice(lobby)
        assert "误按" not in lobby.cards, "the slip has been told already"
