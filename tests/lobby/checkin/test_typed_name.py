"""A patient types a name: any script is kept as it is, and what does not show is not."""

from lobby_driver import Lobby
from textual import events

from kiosk.intake.names import LONGEST
from kiosk.languages.wrap import wrap
from kiosk.lobby.checkin.phone import PhoneView

TO_TYPE = ("1", "1", "9", "1", "2")
"""Keys from Home to the line for a name: check in, none of these, not sure, first visit, type."""
NAMES = ["[/b]", "[@click=app.quit]x[/]", "O'Neill", "王小明", "محمد", "😀", "a-b.c/d*e", "Ng 吴"]


async def test_any_name_is_shown_as_it_was_typed_and_kept(lobby: Lobby) -> None:
    async with lobby.open():
        for nth, name in enumerate(NAMES):
            await lobby.press(*TO_TYPE)
            await lobby.type(name)
            await lobby.press("enter", "enter")
            assert name in lobby.cards
            assert wrap(name, 14)[0] in lobby.text
            await lobby.press("1")
            assert len(lobby.today()) == nth + 1
            assert lobby.store.person(lobby.today()[-1]).name == name
            await lobby.press("enter")


async def test_a_name_of_ten_thousand_characters_is_refused_with_a_sentence(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_TYPE)
        lobby.app.post_message(events.Paste("王" * 10_000))
        await lobby.settle()
        assert f"at most {LONGEST}" in lobby.words
        assert "characters here." in lobby.words
        await lobby.press("enter", "enter", "1")
        (check_in,) = lobby.today()
        assert lobby.store.person(check_in).name == "王" * LONGEST


async def test_an_escape_sequence_in_a_name_loses_what_does_not_show(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_TYPE)
        lobby.app.post_message(events.Paste("\x1b[31mLi\x07\u202e\x9b2J Na\n"))
        await lobby.settle()
        await lobby.press("enter", "enter", "1")
        (check_in,) = lobby.today()
        assert lobby.store.person(check_in).name == "[31mLi2J Na"


async def test_an_empty_name_is_asked_for_again(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_TYPE, "enter")
        assert "Please type a name, or go back" in lobby.words
        await lobby.press("minus")
        assert "Surname and title" in lobby.cards


async def test_keys_of_the_frame_are_text_once_a_name_is_begun(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_TYPE)
        await lobby.type("a-b")
        await lobby.press("enter")
        assert lobby.app.screen.query(PhoneView)


async def test_a_name_longer_than_its_card_says_that_it_goes_on(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_TYPE)
        await lobby.type("王" * 40)
        await lobby.press("enter", "enter")
        assert lobby.cut_off() == []
        assert "王王王.." in lobby.words
