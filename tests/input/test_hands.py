"""Hands that shake: a held key acts once, and nothing is answered that could not be read."""

from pathlib import Path

import pytest
from lobby_driver import Lobby
from siblings import siblings
from staff_driver import Desk
from textual import events
from textual.strip import Strip

from db import Status
from kiosk.input.guard import HELD, Kind
from kiosk.settings import Settings
from kiosk.widgets.keyboard import Keyboard
from kiosk.widgets.press import Press

SAFETY, PURPOSE = "happening NOW", "What brings you"
READ = Settings().seen_after_grave


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    """A lobby with the defaults."""
    return Lobby(tmp_path, seen_after=Settings().seen_after, seen_after_grave=READ)


@pytest.fixture
def quick(tmp_path: Path) -> Lobby:
    """One where nothing has to be read."""
    return Lobby(tmp_path)


async def read(lobby: Lobby) -> None:
    """Take the time to read what is there, with no finger on any key."""
    await lobby.wait(HELD)


async def to(lobby: Lobby, *keys: str) -> None:
    """Press keys as slowly as everything can be read."""
    for key in keys:
        await read(lobby)
        await lobby.arrive_keys(key)


def ground(lobby: Lobby, card: Press) -> set[str]:
    """How the inside of a card was painted last."""
    x, y, width, height = card.region
    strips: list[Strip] = lobby.app.screen._compositor.render_strips()
    inner = [strip.crop(x + 2, x + width - 2) for strip in strips[y + 1 : y + height - 1]]
    return {str(s.style) for strip in inner for s in strip if s.text.strip()}


# A held key


async def test_a_key_held_on_home_opens_the_safety_question_and_no_more(lobby: Lobby) -> None:
    async with lobby.open():
        await read(lobby)
        await lobby.arrive_keys("1")
        for _ in range(60):
            lobby.passed += 0.04
            await lobby.arrive_keys("1")
        assert SAFETY in lobby.words
        await read(lobby)
        await lobby.arrive_keys("1")
        assert PURPOSE in lobby.words


async def test_a_key_held_on_a_choice_types_nothing_into_the_field_it_leads_to(
    quick: Lobby,
) -> None:
    async with quick.open():
        await quick.press("1", "1")
        await quick.arrive_keys("1")
        for _ in range(20):
            quick.passed += 0.05
            await quick.arrive_keys("1")
        assert "What time is your appointment?" in quick.text
        assert "__:__" in quick.text


async def test_a_terminal_that_tells_of_repeats_and_releases_is_believed(quick: Lobby) -> None:
    async with quick.open():
        await quick.arrive_keys("1", kind=Kind.PRESSED)
        await quick.arrive_keys("1", at=5.0, kind=Kind.REPEATED)
        assert SAFETY in quick.words
        await quick.arrive_keys("1", at=5.1, kind=Kind.RELEASED)
        assert SAFETY in quick.words
        await quick.arrive_keys("1", at=5.2, kind=Kind.PRESSED)
        assert PURPOSE in quick.words


async def test_fields_of_digits_and_deleting_take_a_key_as_often_as_it_comes(quick: Lobby) -> None:
    async with quick.open():
        await quick.press("6")
        for _ in range(3):
            quick.passed += 0.1
            await quick.arrive_keys("7")
        assert "777_" in quick.text
        for _ in range(2):
            quick.passed += 0.1
            await quick.arrive_keys("full_stop")
        assert "7_" in quick.text
        assert "77" not in quick.text


async def test_pages_turn_while_a_key_is_held_and_the_last_leads_nowhere(quick: Lobby) -> None:
    async with quick.open():
        await quick.press("2", "1")
        for _ in range(40):
            quick.passed += 0.05
            await quick.arrive_keys("enter")
        assert quick.screen == "ReaderScreen"
        assert "Read on" in quick.cards


@pytest.mark.parametrize("key", ["minus", "escape"])
async def test_back_is_taken_as_often_as_it_is_pressed(quick: Lobby, key: str) -> None:
    async with quick.open():
        await quick.press("1", "1", "9", "1")
        for _ in range(4):
            quick.passed += 0.2
            await quick.arrive_keys(key)
        assert quick.screen == "HomeScreen"


@pytest.mark.parametrize(("key", "empty"), [("a", "> Name"), ("/", "Ticket, name")])
async def test_a_key_that_opens_a_field_types_nothing_into_it_while_it_is_held(
    desk: Desk, key: str, empty: str
) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.arrive_keys(key)
        before = desk.text
        assert empty in before
        for _ in range(30):
            desk.passed += 0.04
            await desk.arrive_keys(key)
        assert desk.text == before


async def test_a_key_held_at_the_desk_ends_one_visit(desk: Desk) -> None:
    for _ in range(2):
        desk.arrive()
    async with desk.app.run_test(size=(80, 24)) as desk.pilot:
        await desk.sign_in(room="1")
        for one in desk.today():
            desk.store.call(one.id, "1", "Lin")
            desk.store.begin(one.id, "Lin")
        await desk.settle()
        for n in range(40):
            desk.passed += 0.04
            await desk.arrive_keys("d", "down" if n % 2 else "up")
        assert [c.status for c in desk.today()].count(Status.done) == 1
        await desk.arrive_keys("d", at=desk.passed + 2 * HELD)
        assert [c.status for c in desk.today()].count(Status.done) == 2


# What could not be read yet


async def test_what_came_up_cannot_be_chosen_before_it_could_be_read(lobby: Lobby) -> None:
    async with lobby.open():
        await to(lobby, "1")
        lobby.passed += READ - 0.01
        await lobby.arrive_keys("2")
        assert SAFETY in lobby.words
        assert not lobby.today()
        lobby.passed += 0.02
        await lobby.arrive_keys("1", kind=Kind.PRESSED)
        assert PURPOSE in lobby.words
        lobby.passed += lobby.app.settings.seen_after - 0.01
        await lobby.arrive_keys("9")
        assert PURPOSE in lobby.words
        lobby.passed += 0.02
        await lobby.arrive_keys("3")
        assert "Which one?" in lobby.words


async def test_consent_takes_longer_to_read(lobby: Lobby) -> None:
    async with lobby.open():
        await to(lobby, "1", "1", "9", "2", "3", "enter")
        assert "Is this right?" in lobby.words
        lobby.passed += lobby.app.settings.seen_after + 0.1
        await lobby.arrive_keys("1")
        assert not lobby.today()
        await to(lobby, "1")
        assert len(lobby.today()) == 1


async def test_a_key_counts_by_when_it_arrived_not_by_when_its_turn_comes(lobby: Lobby) -> None:
    async with lobby.open():
        await to(lobby, "1")
        early = lobby.passed + 0.1
        lobby.passed += 5.0
        await lobby.arrive_keys("2", at=early)
        assert SAFETY in lobby.words


async def test_it_counts_from_when_it_was_painted(lobby: Lobby) -> None:
    async with lobby.open():
        await read(lobby)
        with lobby.app.batch_update():
            lobby.app.post_message(events.Key("1", "1"))
            for _ in range(5):
                await lobby.pilot.pause()
            lobby.passed += 5.0
            lobby.app.post_message(events.Key("2", "2"))
            for _ in range(5):
                await lobby.pilot.pause()
        await lobby.settle()
        assert SAFETY in lobby.words
        assert not lobby.today()


async def test_digits_of_a_field_need_not_be_waited_for(lobby: Lobby) -> None:
    async with lobby.open():
        await to(lobby, "1", "1", "1")
        for digit in "0930":
            lobby.passed += 0.05
            await lobby.arrive_keys(digit)
        assert "09:3" in lobby.text


async def test_a_palm_answers_nothing_and_throws_nothing_away(lobby: Lobby) -> None:
    async with lobby.open():
        await to(lobby, "1")
        for x, y in ((60, 17), (20, 17), (5, 22), (25, 22)):
            lobby.passed += 0.03
            await lobby.touch_at(x, y)
        assert SAFETY in lobby.words
        assert not lobby.today()
        await read(lobby)
        await lobby.touch_at(20, 17)
        assert PURPOSE in lobby.words
        await lobby.touch_at(25, 22)  # Start over, which stood there before
        assert PURPOSE in lobby.words


async def test_a_finger_that_came_down_before_a_card_did_chooses_nothing(lobby: Lobby) -> None:
    async with lobby.open():
        await to(lobby, "1")
        down = events.MouseDown(None, 20, 17, 0, 0, 1, False, False, False, 20, 17)
        lobby.app.post_message(down)
        await lobby.settle()
        lobby.passed += 5.0
        up = events.MouseUp(None, 20, 17, 0, 0, 1, False, False, False, 20, 17)
        lobby.app.post_message(up)
        await lobby.settle()
        assert SAFETY in lobby.words


async def test_no_letter_is_typed_by_a_palm_on_the_keyboard_that_comes_up(lobby: Lobby) -> None:
    async with lobby.open():
        await to(lobby, "1", "1", "9", "2", "2")
        keyboard = lobby.app.screen.query_one(Keyboard)
        at = keyboard.region_of("Q")
        assert at
        x, y = keyboard.region.x + at.x + 1, keyboard.region.y + at.y + 1
        await lobby.touch_at(x, y)
        assert keyboard.screen.query_one("#name-field").value == ""
        await read(lobby)
        for _ in range(2):
            await lobby.touch_at(x, y)
        assert keyboard.screen.query_one("#name-field").value.lower() == "qq"


async def test_cards_of_another_page_have_to_be_read_too(lobby: Lobby) -> None:
    async with lobby.open():
        await to(lobby, "2", "9")
        await lobby.arrive_keys("1")
        assert lobby.screen == "ArticlesScreen"
        await to(lobby, "1")
        assert lobby.screen == "ReaderScreen"


async def test_coming_back_a_screen_has_to_be_seen_again(lobby: Lobby) -> None:
    async with lobby.open():
        await to(lobby, "2", "minus")
        await lobby.arrive_keys("3")
        assert lobby.screen == "HomeScreen"
        await to(lobby, "3")
        assert lobby.screen == "ServicesScreen"


async def test_what_a_window_too_small_hides_is_not_answered(quick: Lobby) -> None:
    async with quick.open():
        await quick.press("1")
        await quick.pilot.resize_terminal(70, 20)
        await quick.press("1", "2")
        await quick.pilot.resize_terminal(80, 24)
        await quick.settle()
        assert SAFETY in quick.words
        assert not quick.today()


@siblings(1, "theme", ["light", "dark", "contrast"])
async def test_cards_fill_in_when_they_may_be_chosen(tmp_path: Path, theme: str) -> None:
    lobby = Lobby(tmp_path, seen_after=0.4, seen_after_grave=0.7, theme=theme)
    async with lobby.open():
        for label in ("None of these", "What for"):
            await to(lobby, "1")
            if label == "What for":
                label = "Not sure"
            (card,) = [c for c in lobby.app.screen.query(Press) if c.label == label]
            hollow = ground(lobby, card)
            lobby.passed += READ
            lobby.app.hands._fill()
            await lobby.settle()
            assert hollow != ground(lobby, card)


async def test_no_card_of_a_session_that_is_over_is_kept_to_be_filled_in(
    tmp_path: Path,
) -> None:
    lobby = Lobby(tmp_path, seen_after=5, seen_after_grave=5)  # none is filled in meanwhile
    async with lobby.open():
        lobby.passed = 9
        await lobby.arrive_keys("1")
        cards = set(lobby.app.hands._hollow)
        assert cards
        lobby.app.end_session()
        await lobby.settle()
        assert not cards & lobby.app.hands._hollow


def test_the_times_to_read_are_these_unless_a_clinic_says_otherwise() -> None:
    assert (Settings().seen_after, Settings().seen_after_grave) == (0.4, 0.7)
