"""A keypad without NumLock sends arrows and no digits; with them everything can be reached."""

from itertools import cycle
from pathlib import Path

from lobby_driver import Lobby

from kiosk.widgets.keyboard import Keyboard
from kiosk.widgets.press import Press, Tile

ONWARD = ("down", "pagedown", "right")
BESIDE = ("home", "up", "pageup", "left", "end", "insert")
"""What the other keys of such a keypad send: they move the focus, or do nothing."""


def choices(lobby: Lobby) -> list[str]:
    """The labels from the one that Home leads to on, in the order of the walk."""
    chain = lobby.app.screen.focus_chain
    focused = lobby.app.screen.focused
    assert focused is not None
    return [p.label for p in chain[chain.index(focused) :] if isinstance(p, Press)]


async def test_a_whole_check_in_without_a_single_digit(tmp_path: Path) -> None:
    onward = cycle(ONWARD)
    async with Lobby(tmp_path).open() as lobby:
        for label in (
            *("Check in", "None of these", "Not sure", "Yes, the first visit"),
            *("Surname and title", "李 Li", "Ms Li", "No phone, go on"),
            "I agree to this use of my health information",
        ):
            before = lobby.screen, lobby.today()
            lobby.send(*BESIDE, "home")
            await lobby.settle()
            assert (lobby.screen, lobby.today()) == before
            at = choices(lobby).index(label)
            lobby.send(*(next(onward) for _ in range(at)), "enter")
            await lobby.settle()
        assert lobby.screen == "TicketScreen"
        (check_in,) = lobby.today()
        person = lobby.store.person(check_in)
        assert person is not None
        assert person.name.startswith("Ms ")


async def test_the_keys_of_the_search_are_walked_over_by_arrows_and_by_a_keypad(
    tmp_path: Path,
) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("2", "8", "8")
        assert "8 4 6 2" in lobby.words
        assert lobby.cut_off() == []
        await lobby.type("25" + "2265")
        await lobby.press("full_stop", "6", "2")
        assert "q_" in lobby.text
        await lobby.press(*["up"] * 3, "right", "enter")
        assert "qr_" in lobby.text
        await lobby.press("full_stop", "up")
        assert isinstance(lobby.app.screen.focused, Tile)
        await lobby.press("enter")
        assert lobby.screen == "ReaderScreen"
        await lobby.press("minus", "down", *["down"] * 4)
        assert getattr(lobby.app.screen.focused, "id", "") == "back"
        await lobby.press("up", "8", "8")
        assert not lobby.app.screen.query_one(Keyboard).display
