"""I have a ticket: its place, back from the laboratory, leaving; whoever else acts meanwhile."""

from pathlib import Path

import pytest
from lobby_driver import Lobby

from db import Arrival, CheckIn, Status, StoreFull
from kiosk.widgets.words import Words


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    """A lobby with A001, A002 and A003 waiting."""
    lobby = Lobby(tmp_path)
    for name in ("Li Na", "Zoë", ""):
        lobby.store.check_in(Arrival(name=name, service="cupping"))
    return lobby


def ticket(lobby: Lobby, number: str) -> CheckIn:
    found = lobby.store.find_ticket(number)
    assert found
    return found


async def look_up(lobby: Lobby, number: str) -> None:
    await lobby.press("f10", "6", *number, "enter")


def said(lobby: Lobby) -> str:
    """What stands beside the number, which is painted in blocks; all of it is on the glass."""
    assert lobby.cut_off() == []
    return " ".join(
        w.text for w in lobby.app.screen.query("#my-standing Words").results(Words) if w.text
    )


async def test_a_number_finds_a_ticket_and_tells_nothing_of_a_person(lobby: Lobby) -> None:
    async with lobby.open():
        await look_up(lobby, "2")
        assert ticket_shown(lobby) == "A002"
        assert "1 person ahead of you" in said(lobby)
        assert "Zoë" not in lobby.text
        assert "upping" not in lobby.text
        await lobby.press("minus", "9", "enter")
        assert "No ticket of today has this number" in answer(lobby)
        await lobby.press("full_stop", "enter")
        assert "Please type the number first" in answer(lobby)
        await lobby.press("0", "1", "enter")
        assert "You are next." in said(lobby)


def answer(lobby: Lobby) -> str:
    """What stands beside the keypad."""
    assert lobby.cut_off() == []
    return lobby.app.screen.query_one("#answer", Words).text


def ticket_shown(lobby: Lobby) -> str:
    return str(lobby.app.screen.query_one("#my-number").text)


async def test_an_urgent_number_tells_nobody_that_it_is_and_cannot_be_taken_out_here(
    lobby: Lobby,
) -> None:
    lobby.store.check_in(Arrival(urgent=True))
    async with lobby.open():
        await look_up(lobby, "4")
        assert "You are next. Please go to the desk" in said(lobby)
        assert "rgent" not in lobby.text
        await lobby.press("2")
        await lobby.wait(2)
        await lobby.press("2")
        assert ticket(lobby, "4").status is Status.waiting


async def test_a_called_ticket_says_where_to_go_and_a_passed_one_is_still_good(
    lobby: Lobby,
) -> None:
    lobby.store.call_next(room="2", by="Lin")
    async with lobby.open():
        await look_up(lobby, "1")
        assert "Called at 10:42, Room 2. It is your turn. Please go there now." in said(lobby)
        lobby.passed += 200
        await lobby.wait(0)
        await lobby.press("x")
        assert "Called at 10:42, Room 2. Go to the desk; your number is still good." in said(lobby)
        lobby.store.no_show(ticket(lobby, "1").id, by="Lin")
        await look_up(lobby, "1")
        assert "Called at 10:42, Room 2. Go to the desk; your number is still good." in said(lobby)
        assert "I am back" not in lobby.cards
        assert "Leave the queue" not in lobby.cards
        await lobby.press("plus", "1")
        assert "10:42 已叫到您，2 号诊室。 请到前台，号码仍有效。" in said(lobby)


async def test_back_from_the_laboratory_is_next_in_line_with_one_key(lobby: Lobby) -> None:
    lobby.store.park(ticket(lobby, "3").id, by="Lin")
    async with lobby.open():
        await look_up(lobby, "3")
        assert "Your place is kept while you are away" in said(lobby)
        await lobby.press("1")
        assert "Welcome back. You are in the queue again. You are next." in said(lobby)
        assert [c.ticket for c in lobby.store.queue()] == ["A003", "A001", "A002"]
        await lobby.press("1", "enter")
        assert lobby.screen == "HomeScreen"
    assert lobby.store.history(ticket(lobby, "3").id)[-1].kind == "returned"


async def test_leaving_is_asked_about_once_and_can_be_taken_back_by_staff(lobby: Lobby) -> None:
    async with lobby.open():
        await look_up(lobby, "2")
        await lobby.press("2", "2")
        assert "Leave the queue?" in said(lobby), "a key held too long confirms nothing"
        await lobby.press("1")
        assert "1 person ahead of you" in said(lobby)
        assert ticket(lobby, "2").status is Status.waiting
        await lobby.press("2", "minus")
        assert lobby.screen == "MyPlaceScreen"
        await lobby.press("2")
        await lobby.wait(1)
        await lobby.tap("Yes, leave the queue")
        assert "Thank you for telling us. You have left the queue." in said(lobby)
        assert "go to the desk: they can put you back" in said(lobby)
        left = ticket(lobby, "2")
        assert left.status is Status.left
        await lobby.press("1", "2")
        lobby.store.undo("Lin", manager=True)
        assert [c.ticket for c in lobby.store.queue()] == ["A001", "A002", "A003"]
        await lobby.wait(1)
        assert "1 person ahead of you" in said(lobby)
        assert "Thank you" not in said(lobby)


@pytest.mark.parametrize("who", ["the staff first", "the staff between"])
async def test_what_the_staff_did_at_the_same_moment_is_told_and_nothing_is_overwritten(
    lobby: Lobby, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with lobby.open():
        await look_up(lobby, "1")
        await lobby.press("2")
        lobby.passed += 1
        real = lobby.app.store().leave

        def called_meanwhile(*args: object) -> CheckIn:
            lobby.store.call(ticket(lobby, "1").id, room="2", by="Lin")
            return real(*args)

        if who == "the staff between":
            monkeypatch.setattr(type(lobby.store), "leave", called_meanwhile)
        else:
            lobby.store.call(ticket(lobby, "1").id, room="2", by="Lin")
        await lobby.press("2")
        assert "Called at 10:42, Room 2." in said(lobby)
        assert ticket(lobby, "1").status is Status.called


async def test_what_cannot_be_saved_is_said_and_may_be_tried_again(
    lobby: Lobby, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFull

    lobby.store.park(ticket(lobby, "3").id, by="Lin")
    async with lobby.open():
        await look_up(lobby, "3")
        with monkeypatch.context() as patched:
            patched.setattr(type(lobby.store), "return_to_queue", full)
            await lobby.press("1")
        assert "This could not be saved. Please tell the desk." in said(lobby)
        await lobby.press("1")
        assert "Welcome back" in said(lobby)
