"""To another room: whoever is there already is asked about, as where somebody is called there."""

from pathlib import Path

import pytest
from siblings import siblings
from staff_driver import Desk

from db import CheckIn, Status
from kiosk.settings import Room


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two rooms, so that `s` asks for none."""
    desk = Desk(tmp_path, rooms=(Room("1"), Room("2")))
    desk.hire()
    return desk


def two_in_rooms(desk: Desk, *, came_in: bool) -> tuple[CheckIn, CheckIn]:
    """One in room 1, and one who was called to room 2 and perhaps came in."""
    one, two = desk.arrive("Zoë"), desk.arrive("Ada")
    one = desk.store.begin(desk.store.call(one.id, "1", "Mei").id, "Mei")
    two = desk.store.call(two.id, "2", "Mei")
    return one, desk.store.begin(two.id, "Mei") if came_in else two


def stand(desk: Desk, *people: CheckIn) -> list[tuple[Status, str | None]]:
    return [(one.status, one.room) for one in map(desk.now_is, people)]


async def test_enter_ends_the_visit_there_and_u_takes_all_of_it_back(desk: Desk) -> None:
    one, two = two_in_rooms(desk, came_in=True)
    async with desk.open():
        await desk.sign_in()
        await desk.press("1", "s")
        await desk.sees("A002 in Room 2. Send A001 there:")
        await desk.press("enter")
        await desk.sees("Lin sent A001 to Room 2; A002 is done")
        assert stand(desk, one, two) == [(Status.in_service, "2"), (Status.done, "2")]
        await desk.press("u")
        await desk.until(lambda: stand(desk, two) == [(Status.in_service, "2")])
        assert stand(desk, one) == [(Status.in_service, "1")]


async def test_both_are_in_the_room_where_that_is_said(desk: Desk) -> None:
    one, two = two_in_rooms(desk, came_in=True)
    async with desk.open():
        await desk.sign_in()
        await desk.press("1", "s", "2")
        await desk.sees("Lin sent A001 to Room 2")
        assert stand(desk, one, two) == [(Status.in_service, "2"), (Status.in_service, "2")]


@siblings(
    2,
    ("answer", "goes_to", "becomes"),
    [
        ("1", "2", Status.no_show),
        ("2", "2", Status.waiting),
        ("3", "1", Status.called),
        ("4", "1", Status.in_service),
        ("5", "2", Status.called),
    ],
)
async def test_who_was_called_there_and_never_came_in_is_asked_about(
    desk: Desk, answer: str, goes_to: str, becomes: Status
) -> None:
    one, two = two_in_rooms(desk, came_in=False)
    async with desk.open():
        await desk.sign_in()
        await desk.press("1", "s")
        await desk.sees("A002 was called to Room 2 and has not come in:", "Send A001 there too")
        await desk.press("enter", answer)
        await desk.until(lambda: desk.now_is(two).status is becomes)
        await desk.until(lambda: desk.now_is(one).room == goes_to)


async def test_who_comes_to_the_room_meanwhile_is_asked_about_too(desk: Desk) -> None:
    one, two = desk.arrive("Zoë"), desk.arrive("Ada")
    desk.store.begin(desk.store.call(one.id, "1", "Mei").id, "Mei")
    async with desk.open():
        await desk.sign_in()
        screen = desk.app.screen
        screen.workers.cancel_group(screen, "follow")
        desk.store.begin(desk.store.call(two.id, "2", "Mei").id, "Mei")
        desk.send("1", "s")
        await desk.sees("A002 in Room 2. Send A001 there:")
        assert stand(desk, one) == [(Status.in_service, "1")]
