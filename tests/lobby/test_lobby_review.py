"""Hands quicker than the screen, minds that change, and a store that cannot help."""

from pathlib import Path

import pytest
from lobby_driver import CLINIC, Lobby
from siblings import siblings
from textual import events

from db import StoreUnavailable
from kiosk.app.app import KioskApp
from kiosk.settings import Settings
from kiosk.widgets.press import Press

TO_NAME = ("1", "1", "9", "2")
"""Keys from Home to the question for a name: check in, none of these, not sure, been before."""
TO_PHONE = (*TO_NAME, "3")


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    return Lobby(tmp_path)


def card(lobby: Lobby, label: str) -> Press:
    """The visible card that says `label`."""
    (found,) = [c for c in lobby.app.screen.query(Press) if c.visible and c.label == label]
    return found


async def test_a_tap_that_comes_twice_answers_one_question(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "1")
        surname = card(lobby, "张 Zhang")
        surname.press()
        surname.press()
        await lobby.settle()
        assert "How should we address you?" in lobby.text
        await lobby.press("2", "enter")
        assert "Ms Zhang 张" in lobby.cards


async def test_a_double_tap_does_not_answer_what_comes_up_under_the_finger(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1", "1", "9")
        await lobby.pilot.click(card(lobby, "No, I have been here before"), times=2)
        await lobby.settle()
        assert "What may we call you?" in lobby.text


async def test_a_key_of_the_keypad_can_be_tapped_as_fast_as_one_likes(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("6")
        await lobby.pilot.click(card(lobby, "1"), times=3)
        await lobby.settle()
        assert "111_" in lobby.text


async def test_enter_goes_on_after_help_was_touched(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_PHONE)
        await lobby.tap("Help")
        await lobby.press("enter", *"63455101", "enter")
        assert "Is this right?" in lobby.text
        assert "6345 5101" in lobby.cards


async def test_a_name_can_be_typed_on_after_help_was_touched(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "2", "Z", "o")
        await lobby.tap("Help")
        await lobby.press("enter", "e", "enter", "enter")
        assert "Zoe" in lobby.cards


async def test_whoever_takes_an_appointment_back_has_no_time_and_nobody_to_see(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        await lobby.press("1", "1", "1", *"1030", "enter", "1")
        assert "first visit" in lobby.text
        await lobby.press("minus", "minus", "minus", "9", "2", "3", "enter", "1")
        (check_in,) = lobby.today()
        assert not check_in.appointment
        assert check_in.appointment_time is None
        assert check_in.practitioner is None


@siblings(2, "begun", [("4", "1"), ("4", "1", "3"), ("3", "2"), ("3", "1"), ("5", "7")])
async def test_a_change_that_was_begun_and_left_changes_nothing(
    lobby: Lobby, begun: tuple[str, ...]
) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "2", *"Zoe", "enter", *"13800138000", "enter")
        agreed = lobby.cards
        await lobby.press(*begun)
        while "Is this right?" not in lobby.text:
            await lobby.press("escape")
        assert lobby.cards == agreed


async def test_what_is_agreed_to_shows_the_time_of_the_appointment_and_the_whole_name(
    lobby: Lobby,
) -> None:
    name = "Maximilian Alexander Falkenau"
    async with lobby.open():
        await lobby.press("1", "1", "1", *"1030", "enter", "1", "1", "2")
        await lobby.type(name)
        await lobby.press("enter", "enter")
        assert "Booked 10:30" in lobby.text
        assert all(word in lobby.text for word in name.split())
        assert lobby.cut_off() == []


async def test_for_whom_it_is_is_changed_by_one_key_and_back(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_PHONE, "enter", "4", "5", "minus")
        assert "No name For my child" in lobby.cards
        assert "I am the guardian" in lobby.cards


async def test_whoever_does_not_agree_leaves_nothing_behind_the_back_button(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_NAME, "2", *"Quill", "enter", *"13800138000", "enter", "2")
        assert "Nothing you typed was kept" in lobby.text
        await lobby.press("minus")
        assert "Step 1 of 5" in lobby.text
        await lobby.press("1", "9", "2", "2")
        assert "Please type your name" in lobby.text
        assert "Quill" not in lobby.text


@pytest.mark.parametrize("trouble", [StoreUnavailable("gone"), RuntimeError("a fault")])
async def test_an_emergency_is_told_what_to_do_although_the_store_fails(
    lobby: Lobby, trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise trouble

    async with lobby.open():
        monkeypatch.setattr(lobby.app.store(), "check_in", refuse)
        await lobby.press("1", "2")
        assert "Tell staff now. Do not wait for your number. Nobody here? Call 120." in lobby.words
        assert "没有人？请拨打 120。" in lobby.text
        assert "One moment" not in lobby.text
        assert lobby.cut_off() == []
        await lobby.press("enter")
        assert lobby.screen == "HomeScreen"


async def test_the_trouble_is_still_the_trouble_in_another_language(
    lobby: Lobby, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise StoreUnavailable("gone")

    async with lobby.open():
        monkeypatch.setattr(lobby.app.store(), "check_in", refuse)
        await lobby.press(*TO_PHONE, "enter", "1")
        assert "cannot save" in lobby.text
        await lobby.press("plus", "1")
        assert "暂时无法取号" in lobby.text


async def test_a_number_that_is_too_long_is_not_asked_for_more_digits(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press(*TO_PHONE, *"138001380000000", "enter")
        assert "Please check this number" in lobby.text
        assert "missing" not in lobby.words


async def test_somebody_who_scrolls_is_there(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("2", "1")
        lobby.passed = 239
        down = events.MouseScrollDown(None, 40, 10, 0, 0, 0, False, False, False)
        lobby.app.post_message(down)
        await lobby.settle()
        await lobby.wait(2)
        assert lobby.screen == "ReaderScreen"


async def test_the_place_in_the_queue_is_true_although_the_room_sees_no_change(
    lobby: Lobby,
) -> None:
    async with lobby.open():
        await lobby.press(*TO_PHONE, "enter", "1")
        await lobby.press("enter", *TO_PHONE, "enter", "1")
        assert "1 person ahead of you" in lobby.text
        _first, mine = lobby.today()
        lobby.store.set_priority(mine.id, 1, by="lin", expected_revision=mine.revision)
        await lobby.wait(1)
        assert "You are next." in lobby.text


async def test_sessions_that_end_at_the_same_moment_end_one_after_another(tmp_path: Path) -> None:
    async with Lobby(tmp_path, staff_on_kiosk=True).open() as lobby:
        await lobby.press("1", "1")
        for mode in ("staff", "lobby", "staff", "lobby"):
            lobby.app.open_mode(mode)
            lobby.app.end_session()
        await lobby.settle()
        assert lobby.screen == "HomeScreen"
        await lobby.press("1")
        assert "Step 1 of 5" in lobby.text


def test_a_language_the_clinic_does_not_have_is_its_first(tmp_path: Path) -> None:
    settings = Settings(language="sv", data_dir=tmp_path, keys_dir=tmp_path)
    assert KioskApp(settings, CLINIC).language.tag == "zh-Hans"
