"""Keys in turn: what makes no sense, what two want at once, what is pressed fast or twice."""

from pathlib import Path

import pytest
from staff_driver import Desk, bring_to

from db import Status


async def test_a_key_that_makes_no_sense_says_so_and_does_nothing(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        for key in "rbdxw":
            await desk.press(key)
            said = "A001 is waiting. Keys for that: Enter call this, q left, k to lab"
            assert said in desk.text
        assert desk.now_is(one).revision == one.revision


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
async def test_of_two_people_who_call_one_ticket_the_second_is_told(
    tmp_path: Path, language: str
) -> None:
    desk = Desk(tmp_path, language)
    desk.hire()
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("enter")
        desk.store.call(one.id, "3", "Mei")
        await desk.press("1")
        told = desk.app.language("{who} just called {ticket}", who="Mei", ticket="A001")
        await desk.sees(told)
        assert desk.now_is(one).room == "3"


async def test_two_desks_never_call_the_same_person(tmp_path: Path) -> None:
    here, there = Desk(tmp_path), Desk(tmp_path)
    here.hire()
    here.arrive("Zoë")
    async with here.open(), there.open():
        await here.sign_in("Lin")
        await there.sign_in("Mei")
        await here.sees("Zoë")
        await there.sees("Zoë")
        await here.press("n")
        await there.press("n")
        await here.press("1")
        await here.sees("Lin called A001 to Room 1")
        await there.press("2")
        await there.sees("Nobody is waiting for Room 2")
        await there.sees("called R1")


async def test_keys_typed_fast_are_all_answered(desk: Desk) -> None:
    desk.arrive("Zoë")
    desk.arrive("Mallory")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Mallory")
        desk.send("n", "2", "n", "3")
        await desk.sees("Lin called A002 to Room 3", "called R3", "called R2")


async def test_pressing_twice_does_a_thing_once(desk: Desk) -> None:
    one = bring_to(desk, Status.called)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        for _ in range(2):
            desk.app.screen.action_key("recall")
        await desk.sees("just called A001 again")
        assert desk.now_is(one).calls == 2


async def test_what_was_asked_for_before_locking_is_still_done(practice: Desk) -> None:
    one = practice.arrive("Zoë")
    async with practice.open():
        await practice.sign_in()
        await practice.sees("Zoë")
        practice.send("n", "l")
        await practice.until(lambda: practice.screen == "SignInScreen")
        assert practice.now_is(one).status is Status.called


async def test_f10_locks_even_while_something_is_asked(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("n", "f10")
        await desk.until(lambda: desk.screen == "SignInScreen")
        assert desk.now_is(one).status is Status.waiting
