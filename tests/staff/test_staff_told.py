"""Whoever did something here is told when a colleague takes it back."""

from staff_driver import Desk

from db import Role

MINE = "took back what you did"


async def test_a_practitioner_reads_what_a_colleague_took_back(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    desk.store.call(one.id, "2", "Wolf")
    async with desk.open():
        await desk.sign_in("Wolf", room="2", role=Role.practitioner)
        await desk.press("b")
        await desk.sees("Wolf: A001 came in")
        desk.store.undo("Mei", manager=True)
        await desk.sees(f"Mei {MINE}: A001 came in")
        desk.store.undo("Mei", manager=True)
        await desk.sees(f"Mei {MINE}: A001 called to Room 2")


async def test_so_it_is_with_a_visit_that_somebody_reopens(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    desk.store.call(one.id, "2", "Wolf")
    async with desk.open():
        await desk.sign_in("Wolf", room="2", role=Role.practitioner)
        await desk.press("d")
        await desk.sees("Wolf: A001 is done")
        desk.store.reopen(one.id, "Mei", "ended by mistake")
        await desk.sees(f"Mei {MINE}: A001 done")


async def test_ones_own_steps_those_of_others_and_old_ones_are_no_news(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    desk.store.call(one.id, "2", "Wolf")
    desk.store.undo("Mei", manager=True)
    async with desk.open():
        await desk.sign_in("Wolf", room="2", role=Role.practitioner)
        assert MINE not in desk.text
        await desk.press("k", "u")
        desk.store.call(one.id, "3", "Lin")
        desk.store.undo("Mei", manager=True)
        desk.store.call(one.id, "1", "Lin")
        await desk.sees("called R1")
        assert MINE not in desk.text
