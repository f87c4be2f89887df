"""What each key of the queue screen does to a check-in, and what two people may not both do."""

from collections.abc import Callable, Coroutine
from pathlib import Path

from staff_driver import Desk, bring_to, full_width

from db import Status
from kiosk.settings import Room
from kiosk.staff.acts.keys import ACTS

KEYS = [
    ("recall", Status.called, Status.called),
    ("begin", Status.called, Status.in_service),
    ("complete", Status.in_service, Status.done),
    ("complete", Status.called, Status.done),
    ("no_show", Status.called, Status.no_show),
    ("leave", Status.waiting, Status.left),
    ("leave", Status.parked, Status.left),
    ("put_back", Status.called, Status.waiting),
    ("put_back", Status.parked, Status.waiting),
    ("park", Status.waiting, Status.parked),
    ("park", Status.in_service, Status.parked),
]
"""Each key, a status it may be pressed in, and what becomes of it."""


Way = Callable[[Desk, str], Coroutine[object, object, None]]
WAYS: dict[str, Way] = {
    "letter": lambda desk, action: desk.press(ACTS[action].letter),
    "capital": lambda desk, action: desk.press(ACTS[action].letter.upper()),
    "full width": lambda desk, action: desk.press(full_width(ACTS[action].letter)),
    "function key": lambda desk, action: desk.press(ACTS[action].twin),
    "click": lambda desk, action: desk.click_key(action),
}


async def test_each_key_moves_the_selected_person_on(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        for action, before, after in KEYS:
            one = bring_to(desk, before)
            await desk.until(lambda one=one: one.ticket in desk.tickets)
            await desk.press("home", ACTS[action].letter)
            await desk.sees(f"{one.ticket}", "10:42 Lin")
            now = desk.now_is(one)
            assert (action, now.status, now.revision) == (action, after, one.revision + 1)
            assert desk.store.history(one.id)[-1].by == "Lin"
            desk.store.void(one.id, "Mei", "the next case")
            await desk.sees("Nobody is here yet")


async def test_who_comes_back_from_the_laboratory_is_called_to_the_room_they_were_in(
    desk: Desk,
) -> None:
    one, other = desk.arrive("Zoë"), desk.arrive("Mallory")
    desk.store.begin(desk.store.call(one.id, "3", "Mei").id, "Mei")
    desk.store.park(one.id, "Mei")
    async with desk.open():
        await desk.sign_in()
        await desk.press("enter", "2")
        await desk.sees(f"Lin called {other.ticket} to Room 2", "lab 10", "back=first R3")
        await desk.press("down", "w")
        await desk.sees("next in line", "first R3", "was in Room 3")
        await desk.press("enter")
        assert "Room 3 again" in desk.text
        await desk.press("enter")
        await desk.sees(f"Lin called {one.ticket} to Room 3")


async def test_each_key_can_be_pressed_in_every_way(desk: Desk) -> None:
    steps = [("recall", "2x"), ("begin", "in R2"), ("park", "lab 10"), ("put_back", "first")]
    async with desk.open():
        await desk.sign_in()
        for press in WAYS.values():
            one = bring_to(desk, Status.called)
            await desk.sees("called R2")
            await desk.press("home")
            for action, seen in steps:
                await press(desk, action)
                await desk.sees(seen)
            desk.store.void(one.id, "Mei", "the next way")
            await desk.sees("Nobody is here yet")


async def test_calling_the_next_is_a_key_and_a_room_in_every_way(desk: Desk) -> None:
    people = [desk.arrive("Zoë") for _ in WAYS]
    async with desk.open():
        await desk.sign_in()
        await desk.sees("A005")
        for one, press in zip(people, WAYS.values(), strict=True):
            await press(desk, "call_next")
            assert "Call the next to:" in desk.text
            await desk.press("2" if one is people[0] else "enter")
            await desk.sees(f"Lin called {one.ticket} to Room 2")
            assert desk.now_is(one).status is Status.called
            desk.store.begin(one.id, "Mei")


async def test_in_a_practice_with_one_room_one_key_calls(practice: Desk) -> None:
    one = practice.arrive("Zoë")
    async with practice.open():
        await practice.sign_in()
        await practice.sees("Zoë")
        await practice.press("n")
        await practice.sees("Lin called A001 to Room 1")
        assert practice.now_is(one).status is Status.called


async def test_a_room_takes_only_whom_it_can_treat(tmp_path: Path) -> None:
    rooms = (Room("1", services=("tuina",)), Room("2"))
    desk = Desk(tmp_path, rooms=rooms)
    desk.hire()
    desk.arrive("Zoë", service="cupping")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("n", "1")
        await desk.sees("Nobody is waiting for Room 1")
        await desk.press("n", "2")
        await desk.sees("called R2")


async def test_rooms_may_have_names(tmp_path: Path) -> None:
    desk = Desk(tmp_path, rooms=(Room("Bamboo"), Room("Plum")))
    desk.hire()
    desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("n", "2")
        await desk.sees("Lin called A001 to Plum")


async def test_enter_calls_the_one_under_the_cursor(desk: Desk) -> None:
    desk.arrive("Zoë")
    chosen = desk.arrive("Mallory")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Mallory")
        await desk.press("down", "enter")
        assert "Call A002 to:" in desk.text
        await desk.press("full_stop", "x", "down", "3")
        await desk.sees("Lin called A002 to Room 3")
        assert desk.now_is(chosen).room == "3"


async def test_a_click_only_selects_and_never_calls(practice: Desk) -> None:
    practice.arrive("Zoë")
    two = practice.arrive("Mallory")
    async with practice.open():
        await practice.sign_in()
        await practice.sees("Mallory")
        for _ in range(3):
            await practice.pilot.click("QueueTable", offset=(10, 2))
        await practice.settle()
        assert practice.selected == "A002"
        assert practice.now_is(two).status is Status.waiting


async def test_rooms_can_be_touched_and_escape_calls_nobody(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("n", "escape")
        assert "call next" in desk.text
        await desk.press("n")
        await desk.tap("cancel")
        assert desk.now_is(one).status is Status.waiting
        await desk.press("n")
        await desk.tap("Room 3")
        await desk.sees("Lin called A001 to Room 3")


async def test_a_bare_enter_chooses_no_room_nobody_chose_before(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("n", "enter", "enter")
        assert "Call the next to:" in desk.text
        assert desk.now_is(one).status is Status.waiting


async def test_people_move_to_another_service_with_the_same_ticket(desk: Desk) -> None:
    one = desk.arrive("Zoë", service="cupping")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("t")
        assert "Move A001 to:" in desk.text
        assert "Cupping" not in "\n".join(desk.lines[20:])
        await desk.press("9")
        await desk.tap("Tuina massage")
        await desk.sees("Lin moved A001 to Tuina massage")
        assert desk.now_is(one).service == "tuina"
        assert desk.now_is(one).ticket == "A001"


async def test_priority_goes_before_the_others_and_back(desk: Desk) -> None:
    desk.arrive("Zoë")
    desk.arrive("Mallory")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Mallory")
        await desk.press("down", "p")
        await desk.sees("Lin: A002 goes before the others", "first")
        assert desk.tickets == ["A002", "A001"]
        await desk.press("p")
        await desk.sees("Lin: A002 waits in turn again")
        await desk.until(lambda: desk.tickets == ["A001", "A002"])


async def test_the_last_thing_done_can_be_taken_back(desk: Desk) -> None:
    one = bring_to(desk, Status.called)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("x")
        await desk.sees("Lin: A001 did not come", "Nobody is here any more")
        await desk.press("u")
        await desk.sees("Lin took back: A001 did not come", "Zoë")
        assert desk.now_is(one).status is Status.called
        await desk.press("u")
        await desk.sees("There is nothing of yours to take back")


async def test_ten_steps_are_taken_back_one_after_another(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        await desk.press("o", "3")
        await desk.sees("reception is full")
        steps = {  # keys, and what is seen then
            "n1": "called R1",
            "b": "in R1",
            "k": "lab 10",
            "w": "first",
            "t1": "moved A001",
            "p": "in turn again",
            "P": "before the others",
            "cXX": "",
        }
        for keys, seen in steps.items():
            await desk.press(*keys)
            await desk.sees(seen)
        await desk.press("enter", "a", "enter")
        await desk.sees("Lin added A002", "ZoëXX")
        revisions = desk.now_is(one).revision
        for _ in range(10):
            await desk.press("u")
        await desk.until(lambda: desk.now_is(one).revision == revisions + 8)
        now = desk.now_is(one)
        assert (now.status, now.service, now.priority) == (Status.waiting, one.service, 0)
        assert desk.store.person(now).name == "Zoë"
        assert [c.status for c in desk.store.today()] == [Status.waiting, Status.void]
        await desk.sees("Lin: reception is open")


async def test_reception_taken_back_is_what_was_set_and_not_what_was_shown(desk: Desk) -> None:
    """With nobody present open is shown as away, which nobody had set."""
    async with desk.open():
        await desk.sign_in()
        await desk.sees(" o  open")
        desk.store.leave_desk("Lin")
        await desk.until(lambda: desk.app.queue_state.reception == "away")
        await desk.press("o", "3")
        await desk.sees("Lin: reception is full")
        await desk.press("u")
        await desk.until(lambda: desk.store.reception_said() is None)
        desk.store.mark_present("Lin")
        await desk.sees(" o  open")
