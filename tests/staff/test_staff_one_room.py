"""Calling one in particular ends the room's visit as `n` does; two in a room only by saying so."""

from pathlib import Path

import pytest
from siblings import siblings
from staff_driver import Desk

from db import CheckIn, Role, Status


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.hire()
    return desk


def seen_by_mei(desk: Desk, *, came_in: bool) -> tuple[CheckIn, CheckIn, CheckIn]:
    """One who was called to room 2 and perhaps came in, and two who wait."""
    one, two, three = (desk.arrive(name) for name in ("Zoë", "Ada", "Omar"))
    one = desk.store.call(one.id, "2", "Mei")
    if came_in:
        one = desk.store.begin(one.id, "Mei")
    return one, two, three


def stand(desk: Desk, *people: CheckIn) -> list[tuple[Status, str | None]]:
    now = map(desk.now_is, people)
    return [(one.status, one.room) for one in now]


async def test_enter_twice_ends_the_visit_and_calls(desk: Desk) -> None:
    one, two, three = seen_by_mei(desk, came_in=True)
    async with desk.open():
        await desk.sign_in("Mei", "2", Role.practitioner)
        await desk.press("3", "enter")
        assert "A001 in Room 2. Call A003 there:" in desk.text
        assert stand(desk, three) == [(Status.waiting, None)]
        await desk.press("enter")
        await desk.sees("Mei called A003 to Room 2; A001 is done")
        assert stand(desk, one, two, three) == [
            (Status.done, "2"),
            (Status.waiting, None),
            (Status.called, "2"),
        ]
        await desk.press("u")
        await desk.until(lambda: stand(desk, one, three)[0] == (Status.in_service, "2"))
        assert stand(desk, three) == [(Status.waiting, None)]


async def test_two_are_in_one_room_where_that_is_said(desk: Desk) -> None:
    one, two, _ = seen_by_mei(desk, came_in=True)
    async with desk.open():
        await desk.sign_in("Mei", "2", Role.practitioner)
        await desk.press("2", "enter", "2")
        await desk.sees("Mei called A002 to Room 2")
        assert stand(desk, one, two) == [(Status.in_service, "2"), (Status.called, "2")]
        await desk.press("u")
        await desk.until(lambda: stand(desk, two) == [(Status.waiting, None)])


@siblings(
    1, ("answer", "becomes"), [("1", Status.no_show), ("2", Status.waiting), ("5", Status.called)]
)
async def test_who_was_called_there_and_never_came_in_is_asked_about(
    desk: Desk, answer: str, becomes: Status
) -> None:
    one, two, three = seen_by_mei(desk, came_in=False)
    async with desk.open():
        await desk.sign_in("Mei", "2", Role.practitioner)
        await desk.press("3", "enter")
        assert "A001 was called to Room 2 and has not come in:" in desk.text
        assert "Call A003 there too" in desk.text
        await desk.press("enter", answer)
        await desk.sees("Mei called A003 to Room 2")
        assert desk.now_is(one).status is becomes
        assert stand(desk, two, three) == [(Status.waiting, None), (Status.called, "2")]
        await desk.press("u")
        await desk.until(lambda: desk.now_is(one).status is Status.called)
        assert stand(desk, three) == [(Status.waiting, None)]


async def test_who_is_called_to_a_room_meanwhile_is_asked_about_too(desk: Desk) -> None:
    one, two = desk.arrive("Zoë"), desk.arrive("Ada")
    async with desk.open():
        await desk.sign_in("Mei", "2", Role.practitioner)
        screen = desk.app.screen
        screen.workers.cancel_group(screen, "follow")
        desk.store.begin(desk.store.call(one.id, "2", "Lin").id, "Lin")
        desk.send("2", "enter")
        await desk.sees("A001 in Room 2. Call A002 there:")
        assert stand(desk, two) == [(Status.waiting, None)]
