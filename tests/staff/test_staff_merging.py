"""Which other ticket is proposed when one person has two: the plausible ones, never family."""

import pytest
from staff_driver import Desk

from kiosk.staff.seen.duplicates import like


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "zoe"),
        ("Jürgen Müller", "Muller"),
        ("王小明", "Wang Xiaoming"),
        ("Anna Schmidt", "Ana Schmitt"),
        ("Anna Schmidt", "Schmidt Anna"),
    ],
)
def test_names_that_may_be_one(one: str, other: str) -> None:
    assert like(one, other)
    assert like(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zoë", "Omar"), ("王小明", "王小红"), ("王小明", "Wu"), ("Anna Schmidt", "Karl Schmidt")],
)
def test_names_of_two_people(one: str, other: str) -> None:
    assert not like(one, other)


async def proposed(desk: Desk, ticket: str) -> list[str]:
    """The tickets that are proposed for one, in their order."""
    await desk.press(*ticket, "m")
    lines = desk.text[desk.text.index("Ticket that stays:") :].splitlines()[1:]
    await desk.press("escape")
    found = [line.split() for line in lines if "(" in line]
    return [words[1] for words in found]


async def test_the_plausible_are_proposed_the_likeliest_first(desk: Desk) -> None:
    desk.arrive("Anna Schmidt", service="tuina")
    desk.arrive("Ana Schmitt", "13812345678", service="cupping")
    desk.arrive("", "13812345678", service="acupuncture")
    desk.arrive("Anna Schmidt", "13812345678", service="tuina")
    desk.arrive("Omar", service="tuina")
    async with desk.open():
        await desk.sign_in()
        assert await proposed(desk, "4") == ["A002", "A001", "A003"]


async def test_family_is_never_proposed(desk: Desk) -> None:
    mother = desk.arrive("李女士", "13700002222")
    desk.arrive("李女士", "13700002222", party=mother.id)
    desk.arrive("李小朋友", "13700002222", whom="child")
    desk.arrive("张先生", "13700002222")
    async with desk.open():
        await desk.sign_in()
        await desk.press("1", "m")
        assert "Another ticket" not in desk.text
        assert "A001 is a duplicate. Ticket that stays:" in desk.text


async def test_two_tickets_without_a_name_for_the_same_within_minutes_may_be_one(
    desk: Desk,
) -> None:
    desk.passed = -40 * 60
    desk.arrive()
    desk.passed = 0
    desk.arrive()
    desk.arrive("Zoë")
    desk.arrive(service="tuina")
    async with desk.open():
        await desk.sign_in()
        assert await proposed(desk, "2") == ["A003"]


async def test_hidden_names_are_not_compared(desk: Desk) -> None:
    desk.arrive("Anna Schmidt", service="tuina")
    desk.arrive("Anna Schmidt", "13812345678")
    desk.arrive("Anna Schmidt", "13812345678")
    async with desk.open():
        await desk.sign_in()
        assert await proposed(desk, "3") == ["A002", "A001"]
        await desk.press("h")
        assert await proposed(desk, "3") == ["A002"]
        await desk.press("m")
        assert "Schmidt" not in desk.text


async def test_the_one_that_stays_has_the_answers_of_both(desk: Desk) -> None:
    desk.arrive("Anna Schmidt", "13812345678", appointment=True, appointment_time="10:30")
    kept = desk.arrive("Anna Schmidt", service="")
    async with desk.open():
        await desk.sign_in()
        await desk.press("1", "m", "1", "1")
        await desk.sees("Lin merged A001 into its other ticket")
        now = desk.now_is(kept)
        assert (now.has_phone, now.appointment_time, now.service) == (True, "10:30", "cupping")
