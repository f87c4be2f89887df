"""What was typed survives what a colleague does meanwhile; what is hidden is not emptied."""

import threading
from pathlib import Path

from siblings import siblings
from staff_driver import PATIENCE, Desk, Person

from kiosk.staff.acts.jobs import Job
from kiosk.staff.desk.screen import QueueScreen


async def test_what_was_typed_is_kept_while_a_colleague_calls(desk: Desk) -> None:
    one = desk.arrive("Zoe")
    async with desk.open():
        await desk.sign_in()
        await desk.press("c", "backspace", "ë")
        desk.store.call(one.id, "1", "Mei")
        await desk.sees("Mei just called A001. Your text is kept.", "Zoë")
        await desk.press("enter")
        await desk.sees("Mei just called A001. Your text is kept:", "Zoë")
        assert desk.store.person(desk.now_is(one)).name == "Zoe", "nothing is saved unasked"
        await desk.press("enter")
        await desk.sees("Lin corrected A001")
        assert desk.store.person(desk.now_is(one)).name == "Zoë"
        assert desk.now_is(one).room == "1", "the call stays"


async def test_it_can_be_dropped_too(desk: Desk) -> None:
    one = desk.arrive("Zoe", service="cupping")
    async with desk.open():
        await desk.sign_in()
        await desk.press("t")
        desk.store.call(one.id, "1", "Mei")
        await desk.sees("called R1")
        await desk.press("2")
        await desk.sees("Your text is kept:", "drop it")
        await desk.press("escape")
        assert desk.now_is(one).service == "cupping"
        await desk.press("t")
        desk.store.amend(one.id, "Mei", first_visit=True)
        await desk.sees("new")
        await desk.press("2")
        await desk.sees("Your text is kept:")
        await desk.press("1")
        await desk.until(lambda: desk.now_is(one).service not in ("", "cupping"))


async def test_a_time_that_was_typed_is_kept_as_well(desk: Desk) -> None:
    one = desk.arrive("Zoe")
    async with desk.open():
        await desk.sign_in()
        await desk.press("c", *["tab"] * 3, *"11.15")
        desk.store.call(one.id, "1", "Mei")
        await desk.sees("Mei just called A001")
        await desk.press("enter")
        await desk.sees("Your text is kept:")
        await desk.press("1")
        await desk.until(lambda: desk.now_is(one).appointment_time == "11:15")


async def test_a_question_that_is_open_already_comes_first(desk: Desk) -> None:
    one = desk.arrive("Zoe")
    async with desk.open():
        await desk.sign_in()
        screen = desk.app.screen
        assert isinstance(screen, QueueScreen)
        await desk.press("c", "backspace", "ë")
        desk.store.call(one.id, "1", "Mei")
        await desk.sees("Mei just called A001")
        gate = threading.Event()
        screen.desk.do(Job(lambda _: gate.wait(PATIENCE)))  # the store is busy
        desk.send("enter", "o")
        await desk.sees("Reception is:")
        gate.set()
        await desk.settle()
        assert "Your text is kept:" not in desk.text
        await desk.press("escape")
        await desk.wait(1)
        await desk.sees("Your text is kept:")
        await desk.press("1")
        await desk.until(lambda: desk.store.person(desk.now_is(one)).name == "Zoë")


@siblings(1, ("which", "changed"), [((), "Ada"), (("tab", "tab"), "13912345678")])
async def test_hidden_names_and_phones_are_not_emptied(
    tmp_path: Path, which: tuple[str, ...], changed: str
) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    one = desk.arrive("Zoë", "13812345678")
    async with desk.open():
        await desk.sign_in()
        await desk.press("h", "c", *which)
        assert "(hidden)" in desk.text
        assert "empty: stays as it is" in desk.text
        assert "Zoë" not in desk.text
        await desk.press("enter")
        await desk.sees("Nothing was changed")
        assert desk.store.person(desk.now_is(one)) == Person("Zoë", "+8613812345678")
        await desk.press("c", *which, *changed, "enter")
        await desk.sees("Lin corrected A001")
        person = desk.store.person(desk.now_is(one))
        assert changed in (person.name, person.phone.removeprefix("+86"))


async def test_a_name_that_is_seen_can_be_emptied(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.press("c", "backspace", "backspace", "backspace", "enter")
        await desk.until(lambda: not desk.now_is(one).has_name)
