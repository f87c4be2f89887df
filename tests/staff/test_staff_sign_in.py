"""Signing in at the staff terminal: who may, who may not, and that no PIN is left behind."""

import gc
import threading
from pathlib import Path

import pytest
from lobby_driver import anywhere
from rich.text import Text
from staff_driver import PIN, Desk
from textual.strip import Strip

from db import Account, Person

WRONG = "111222"
NAME = "Xylophonia"


def _remembers(name: str) -> list[str]:
    """What in this process still holds the name: a person, a cell, a widget, a painted line."""
    gc.collect()
    found = []
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            people = [one for one in list(thing.values()) if isinstance(one, Person)]
            found += [repr(one) for one in people if one.name == name]
        elif isinstance(thing, Text | Strip):
            text = thing.plain if isinstance(thing, Text) else thing.text
            found += [repr(thing)] if name in text else []
    return found + anywhere(name)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
async def test_a_name_and_its_pin_open_the_queue(tmp_path: Path, language: str) -> None:
    desk = Desk(tmp_path, language)
    desk.hire()
    async with desk.open():
        assert "Lin" in desk.text
        assert desk.cut_off() == []
        await desk.press("1", *PIN)
        assert PIN not in desk.text
        assert desk.text.count(" * ") == len(PIN)
        assert desk.cut_off() == []
        await desk.press("enter")
        assert desk.screen == "QueueScreen"
        assert desk.app.signed_in is not None
        assert desk.app.signed_in.name == "Lin"
        await desk.until(lambda: desk.store.present() == ["Lin"])


async def test_fingers_are_enough(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    async with desk.open():
        await desk.tap("Mei")
        for key in (*PIN[:-1], "9", "Delete", PIN[-1]):
            await desk.tap(key)
        await desk.tap("Sign in")
        assert desk.screen == "QueueScreen"


async def test_where_one_account_alone_may_sign_in_no_other_is_offered(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    desk.app.only_account = "Mei"
    async with desk.open():
        assert "Lin" not in desk.text
        await desk.press("1", *PIN, "enter")
        assert desk.app.signed_in is not None
        assert desk.app.signed_in.name == "Mei"


async def test_where_that_one_account_is_gone_nobody_can_sign_in(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire("Lin")
    desk.app.only_account = "Mei"
    async with desk.open():
        assert "This account does not exist any more. Please ask a manager." in desk.text
        await desk.press("1", *PIN, "enter")
        assert desk.screen == "SignInScreen"


async def test_full_width_digits_and_the_delete_keys_work_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    async with desk.open():
        await desk.press("1", "9", "full_stop", "8", "backspace", "７", "。")
        assert " * " not in desk.text
        await desk.press(*"１３５７９０", "enter")
        assert desk.screen == "QueueScreen"


async def test_a_wrong_pin_says_how_many_tries_are_left(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    async with desk.open():
        await desk.press("1", *WRONG, "enter")
        assert "That PIN is not right. 4 tries" in desk.text
        assert " * " not in desk.text
        await desk.press(*PIN, "enter")
        assert desk.screen == "QueueScreen"


async def test_a_short_pin_is_not_even_tried(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    async with desk.open():
        await desk.press("1", *"13579", "enter")
        assert "A PIN has 6 to 8 digits" in desk.text
        await desk.press("0", "enter")
        assert desk.screen == "QueueScreen"


async def test_five_wrong_pins_lock_the_account_until_a_time_of_the_clinic(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    async with desk.open():
        await desk.press("1")
        for _ in range(5):
            await desk.press(*WRONG, "enter")
        assert "until 10:47" in desk.text
        await desk.press(*PIN, "enter")
        assert desk.screen == "SignInScreen"
        assert "until 10:47" in desk.text
        await desk.wait(5 * 60 + 1)
        await desk.press(*PIN, "enter")
        assert desk.screen == "QueueScreen"


async def test_the_first_account_is_made_in_a_terminal_and_then_stands_here(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.open():
        assert "run_kiosk.py accounts add NAME --role reception" in desk.text
        desk.hire("Lin")
        await desk.wait(3)
        await desk.press("1", *PIN, "enter")
        assert desk.screen == "QueueScreen"


async def test_more_names_than_fit_are_on_more_pages(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire(*(f"Staff {letter}" for letter in "ABCDEFGHIJKL"))
    async with desk.open():
        assert "Staff L" not in desk.text
        await desk.press("9")
        assert "Staff L" in desk.text
        assert desk.cut_off() == []
        await desk.tap("Staff L")
        assert "Staff L, reception" in desk.text


@pytest.mark.wide
async def test_nothing_of_the_pin_is_kept_once_it_was_checked(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    async with desk.open():
        await desk.press("1", *PIN)
        assert anywhere(PIN), "the search must be able to find it"
        descriptions = []

        def verify(name: str, pin: str, device: str) -> Account:
            descriptions.extend(str(worker) + worker.description for worker in desk.app.workers)
            return desk.accounts.verify(name, pin, device)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(desk.app.accounts(), "verify", verify)
            await desk.press("enter")
        assert desk.screen == "QueueScreen"
        assert descriptions
        assert PIN not in " ".join(descriptions)
        assert anywhere(PIN) == []


async def test_no_key_waits_while_a_pin_is_checked(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    async with desk.open():
        answer = threading.Event()

        def verify(name: str, pin: str, device: str) -> Account:
            answer.wait(5)
            return desk.accounts.verify(name, pin, device)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(desk.app.accounts(), "verify", verify)
            await desk.press("1")
            await desk.pilot.press(*PIN, "enter", "escape")
            assert "Who are you?" in desk.text
            answer.set()
            await desk.settle()
        assert desk.screen == "SignInScreen", "an answer nobody waits for must not sign in"
        assert desk.app.signed_in is None


@pytest.mark.wide
async def test_locking_hides_the_names_and_forgets_them(
    tmp_path: Path, written_over: list[str]
) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    desk.arrive(NAME)
    async with desk.open():
        await desk.sign_in()
        await desk.sees(NAME)
        assert _remembers(NAME), "the search must be able to find it"
        await desk.press("l")
        await desk.until(lambda: desk.screen == "SignInScreen")
        await desk.settle()
        assert NAME not in desk.text
        assert desk.app.signed_in is None
        assert _remembers(NAME) == []
        assert written_over


async def test_a_patients_kiosk_goes_back_to_the_lobby_by_escape(tmp_path: Path) -> None:
    desk = Desk(tmp_path, mode="lobby", staff_on_kiosk=True)
    desk.hire()
    async with desk.open():
        await desk.press("f12")
        assert desk.screen == "SignInScreen"
        await desk.press("1", "escape")
        assert "Who are you?" in desk.text
        await desk.press("escape")
        assert desk.screen == "HomeScreen"


async def test_a_staff_terminal_has_no_lobby_behind_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    async with desk.open():
        await desk.press("escape")
        assert desk.screen == "SignInScreen"
        await desk.wait(600)
        assert desk.screen == "SignInScreen"


@pytest.mark.parametrize("signed_in", [False, True])
async def test_a_patients_kiosk_left_alone_goes_back_to_the_lobby(
    tmp_path: Path, signed_in: bool
) -> None:
    desk = Desk(tmp_path, mode="lobby", staff_on_kiosk=True)
    desk.hire()
    desk.arrive("Zoë")
    async with desk.open():
        await desk.press("f12")
        if signed_in:
            await desk.sign_in()
            await desk.sees("Zoë")
        await desk.wait(59)
        assert desk.screen != "HomeScreen"
        await desk.wait(2)
        await desk.until(lambda: desk.screen == "HomeScreen")
        assert desk.app.signed_in is None
        assert desk.store.present() == []


async def test_the_language_changes_at_the_door(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    async with desk.open():
        await desk.press("+")
        assert desk.app.language.tag == "ja"
        await desk.press("1", *PIN, "enter")
        assert desk.screen == "QueueScreen"
        assert desk.app.language.tag == "ja"
