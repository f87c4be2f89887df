"""Whom `n` calls, what becomes of who never came in, and two terminals that want one ticket."""

from pathlib import Path

import pytest
from staff_driver import PIN, Desk

from db import Role, Status
from kiosk.settings import Room


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, recall_limit=1)
    desk.hire()
    return desk


async def test_a_practitioner_completes_and_calls_with_one_key(tmp_path: Path) -> None:
    desk = Desk(tmp_path, rooms=(Room("1"), Room("2", services=("tuina",))))
    desk.hire()
    desk.arrive("Zoë", service="cupping")
    for name in ("Ada", "Omar", "Hugo"):
        desk.arrive(name, service="tuina")
    hurried = desk.store.find_ticket("4")
    assert hurried
    desk.store.set_priority(hurried.id, 1, "Mei")
    async with desk.open():
        await desk.sign_in("Mei", "2", Role.practitioner)
        await desk.sees("Mei, Room 2", "Hugo")
        await desk.press("n")
        await desk.sees("Mei called A004 to Room 2")
        await desk.sees("called R2")
        # The cursor stands on whom the key called, so that the next key is about them.
        assert desk.selected == "A004"
        await desk.press("b")
        await desk.sees("in R2")
        await desk.press("home", "n")
        await desk.sees("Mei called A002 to Room 2; A004 is done")
        assert desk.selected == "A002"
        await desk.press("u")
        await desk.sees("in R2", "Mei took back: A002 called to Room 2; A004 done")
        assert [c.status for c in desk.store.today()[1:]] == [
            Status.waiting,
            Status.waiting,
            Status.in_service,
        ]
        urgent = desk.arrive(urgent=True, service="cupping")
        await desk.press("n")
        await desk.sees(f"Mei called {urgent.ticket} to Room 2")


async def test_a_call_of_nobody_leaves_the_cursor_to_whoever_moves_it(desk: Desk) -> None:
    for room in ("1", "2"):
        desk.store.call(desk.arrive().id, room, "Mei")
    async with desk.open():
        await desk.sign_in(room="3")
        await desk.press("home", "b")
        came_in = desk.selected
        await desk.press(*["down" if desk.tickets[0] == came_in else "up"])
        left_on = desk.selected
        assert left_on != came_in
        await desk.press("n")
        await desk.sees("Nobody is waiting for Room 3")
        await desk.press("u")
        await desk.sees(f"took back: {came_in} came in")
        assert desk.selected == left_on


async def test_who_never_came_in_is_asked_about_and_never_done(desk: Desk) -> None:
    first, second = desk.arrive("Zoë"), desk.arrive("Ada")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Ada")
        await desk.press("n", "1")
        await desk.sees("called R1")
        await desk.press("n", "1")
        assert "A001 was called to Room 1 and has not come in:" in desk.text
        await desk.press("enter", "escape")
        assert desk.now_is(first).status is Status.called
        await desk.press("n", "enter", "2")
        await desk.sees("Lin called A002 to Room 1")
        await desk.until(lambda: desk.now_is(first).status is Status.waiting)
        assert desk.now_is(first).arrived_at == first.arrived_at
        await desk.sees("called R1")
        await desk.press("n", "enter", "1")
        await desk.sees("Lin called A001 to Room 1")
        assert desk.now_is(second).status is Status.no_show
        await desk.sees("called R1 2x")
        await desk.press("n", "1")
        await desk.sees("Nobody is waiting")
        third = desk.arrive("Omar")
        await desk.sees("Omar")
        await desk.press("n", "enter")
        assert "A001 was called 2x to Room 1 and has not come in:" in desk.text
        assert "Call again" not in desk.text, "calls stay counted, and the limit holds"
        await desk.press("3")
        await desk.until(lambda: desk.now_is(first).status is Status.in_service)
        assert desk.now_is(third).status is Status.waiting


async def test_after_the_last_recall_a_no_show_is_offered_and_there_is_a_way_back(
    desk: Desk,
) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("n", "2")
        await desk.sees("called R2")
        await desk.press("r")
        await desk.sees("called R2 2x")
        await desk.press("r")
        assert "A001 was called 2x to Room 2 and has not come in:" in desk.text
        assert "Call again" not in desk.text
        await desk.press("1")
        await desk.sees("Nobody is here any more")
        await desk.press("f", "5")
        await desk.sees("Done and gone", "no-show 10:42")
        await desk.press("w", "escape")
        await desk.sees("Waiting 1")
        now = desk.now_is(one)
        assert (now.status, now.arrived_at, now.calls) == (Status.waiting, one.arrived_at, 2)


async def test_who_left_the_queue_by_mistake_is_brought_back(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    desk.store.leave(one.id, "kiosk")
    async with desk.open():
        await desk.sign_in()
        await desk.press("/", *"zoe", "enter")
        await desk.sees("left 10:42")
        await desk.press("w")
        await desk.until(lambda: desk.now_is(one).status is Status.waiting)
        await desk.press("u")
        await desk.until(lambda: desk.now_is(one).status is Status.left)
        other = desk.arrive("Ada")
        await desk.settle()
        assert desk.tickets == [one.ticket], "what was looked for is still shown"
        await desk.press("n", "1")
        await desk.until(lambda: desk.selected == other.ticket)


async def test_of_two_terminals_racing_for_one_ticket_one_wins_and_one_is_told(
    tmp_path: Path,
) -> None:
    rooms = (Room("1"), Room("2"))
    here, there = Desk(tmp_path, rooms=rooms), Desk(tmp_path, rooms=rooms)
    here.hire()
    async with here.open(), there.open():
        await here.sign_in("Lin", "1", Role.practitioner)
        await there.sign_in("Mei", "2", Role.practitioner)
        for _ in range(5):
            one = here.arrive("Zoë")
            await here.sees(one.ticket)
            await there.sees(one.ticket)
            await here.press("home")
            await there.press("home")
            here.send("enter")
            there.send("enter")
            won, told = f"called {one.ticket} to", f"just called {one.ticket}"
            await here.until(lambda told=told: (told in here.text) != (told in there.text))
            winner, loser = (there, here) if told in here.text else (here, there)
            await winner.sees(won)
            assert (told in winner.text, won in loser.text) == (False, False)
            assert here.now_is(one).calls == 1
            here.store.void(one.id, "Mei", "the next round")
            await here.misses(f"{one.ticket}  Zoë")
            await there.misses(f"{one.ticket}  Zoë")


async def test_a_practitioner_says_which_room_and_sees_who_is_in_the_others(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.accounts.add("Mei", Role.practitioner, PIN)
    beside = desk.open_store(device="other")
    beside.mark_present("Ada", "3")
    async with desk.open():
        await desk.press("1", *PIN, "enter")
        await desk.sees("Which room are you in?", "Ada is there", "At the desk")
        assert desk.cut_off() == []
        await desk.press("2")
        await desk.sees("Mei, Room 2")
        await desk.until(lambda: desk.store.occupied() == {"2": ["Mei"], "3": ["Ada"]})
        await desk.press("l")
        await desk.until(lambda: desk.screen == "SignInScreen")
        await desk.press("1", *PIN, "enter")
        await desk.sees("Room 2 again")
        await desk.press("enter")
        await desk.sees("Mei, Room 2")


def read_no_more(desk: Desk) -> None:
    """Keep the terminal from hearing what others do: keys come faster than news."""
    screen = desk.app.screen
    screen.workers.cancel_group(screen, "follow")


async def test_two_terminals_that_press_n_at_once_are_both_asked_about_who_never_came(
    desk: Desk,
) -> None:
    first, second = desk.arrive("Zoë"), desk.arrive("Ada")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Ada")
        read_no_more(desk)
        await desk.press("n")
        desk.store.call(first.id, "1", "Mei")
        desk.send("1")
        await desk.sees("A001 was called to Room 1 and has not come in:")
        assert desk.now_is(second).status is Status.waiting


async def test_who_is_recalled_as_fast_as_keys_come_is_asked_about_at_the_limit(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, recall_limit=2)
    desk.hire()
    one = desk.store.call(desk.arrive("Zoë").id, "1", "Lin")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        read_no_more(desk)
        for calls in (2, 3):
            desk.send("r")
            await desk.sees(f"Lin called A001 again, {calls}x")
        desk.send("r")
        await desk.sees("has not come in:")
        assert desk.now_is(one).calls == 3
