"""Digits typed on the queue go to that ticket; who is found by what, and on whom nobody stands."""

from pathlib import Path

import pytest
from staff_driver import Desk, full_width

from db import Status
from kiosk.staff.seen.shown import finds


def forty(desk: Desk) -> None:
    """A queue in which two digits are needed."""
    for nth in range(1, 41):
        desk.arrive(f"Guest {nth}")


async def test_digits_go_to_that_ticket(desk: Desk) -> None:
    forty(desk)
    async with desk.open():
        await desk.sign_in()
        await desk.press("3")
        assert (desk.selected, "Ticket 3_" in desk.text) == ("A003", True)
        await desk.press("2")
        assert (desk.selected, "Ticket 32_" in desk.text) == ("A032", True)
        await desk.press("enter")
        assert "Call A032 to:" in desk.text
        await desk.press("escape", full_width("0"), full_width("7"))
        assert desk.selected == "A007"
        await desk.press("backspace", "8")
        assert desk.selected == "A008"


async def test_a_pause_ends_the_number(desk: Desk) -> None:
    forty(desk)
    async with desk.open():
        await desk.sign_in()
        await desk.press("3")
        desk.passed += 1.4
        await desk.press("2")
        assert desk.selected == "A032"
        desk.passed += 1.5
        await desk.press("4")
        assert desk.selected == "A004"
        await desk.wait(2)
        assert "Ticket 4" not in desk.text
        await desk.press("down", "1")
        assert desk.selected == "A001"


async def test_who_holds_a_digit_down_goes_nowhere_unasked(desk: Desk) -> None:
    forty(desk)
    async with desk.open():
        await desk.sign_in()
        await desk.press("1", "down", "2")
        assert desk.selected == "A002", "any other key ended the number"


async def test_a_number_nobody_has_selects_nobody(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        assert desk.selected == "A001"
        await desk.press("1", "5", "enter")
        assert (desk.selected, desk.now_is(one).status) == ("", Status.waiting)
        assert "Nobody selected: type a number, or use arrows" in desk.text
        await desk.press("1", "5")
        await desk.wait(2)
        assert "Nobody has the number 15" in desk.text
        await desk.press("1", "5", "escape", "down")
        assert desk.selected == "A001"


async def test_a_no_show_who_returns_is_two_digits_and_a_key(desk: Desk) -> None:
    forty(desk)
    one = desk.store.find_ticket("32")
    assert one
    desk.store.no_show(desk.store.call(one.id, "1", "Mei").id, "Mei")
    async with desk.open():
        await desk.sign_in()
        await desk.press("3", "2")
        assert desk.tickets == ["A032"]
        await desk.press("w")
        await desk.until(lambda: desk.now_is(one).status is Status.waiting)
        await desk.until(lambda: desk.selected == "A032" and len(desk.tickets) > 1)
        await desk.press("3", "3")
        assert desk.selected == "A033"


async def test_a_number_shows_everybody_again_where_a_part_left_it_out(desk: Desk) -> None:
    forty(desk)
    first = desk.store.today()[0]
    desk.store.call(first.id, "1", "Mei")
    async with desk.open():
        await desk.sign_in()
        await desk.press("f", "1", "4")
        assert (desk.selected, "A001" in desk.tickets) == ("A004", False)
        await desk.wait(2)
        await desk.press("1")
        assert desk.selected == "A001"


async def test_after_done_the_cursor_stands_on_nobody(desk: Desk) -> None:
    people = [desk.arrive(f"Guest {nth}") for nth in range(1, 4)]
    for one in people:
        desk.store.begin(desk.store.call(one.id, "1", "Mei").id, "Mei")
    async with desk.open():
        await desk.sign_in()
        await desk.press("2", "d")
        await desk.misses("A002   Guest")
        assert desk.selected == ""
        await desk.press("d", "enter")
        assert [desk.now_is(one).status for one in people] == [
            Status.in_service,
            Status.done,
            Status.in_service,
        ]
        assert "Nobody selected" in desk.text
        await desk.press("u")
        await desk.until(lambda: desk.selected == "A002")
        await desk.press("d")
        await desk.misses("A002   Guest")
        await desk.press("down")
        assert desk.selected == "A003"
        await desk.press("d")
        await desk.misses("A003   Guest")
        await desk.press("up")
        assert desk.selected == "A001"


@pytest.mark.parametrize("words", ["27", "A27", "a27", "ａ２７", "A027", "027"])
def test_a_ticket_is_found_however_it_is_typed(desk: Desk, words: str) -> None:
    forty(desk)
    found = [one.ticket for one in desk.store.today() if finds(one, None, words)]
    assert found == ["A027"]


async def test_people_are_found_by_what_is_typed_in_plain_letters(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    for nth, one in enumerate(("Jürgen Müller", "Ana García", "王女士", "Zoë")):
        desk.arrive(one, "13812345678" if nth == 2 else "")
    async with desk.open():
        await desk.sign_in()
        for words, name in (
            ("muller", "Jürgen Müller"),
            ("Müller", "Jürgen Müller"),
            ("garcia", "Ana García"),
            ("wns", "王女士"),
            ("5678", "王女士"),
        ):
            await desk.press("/")
            await desk.type(words)
            await desk.press("enter")
            assert len(desk.tickets) == 1, words
            assert name in desk.line(desk.tickets[0])
            await desk.press("escape", "h", "/")
            await desk.type(words)
            await desk.sees("Nobody was found")
            await desk.press("escape", "h")
            await desk.sees(name)
