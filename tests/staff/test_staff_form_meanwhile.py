"""The form for somebody who is here: what is known, what colleagues do meanwhile, a slip."""

import gc
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from lobby_driver import NOW
from staff_driver import PATIENCE, Desk, Person
from textual.strip import Strip

from kiosk.printing import printer
from kiosk.staff.acts import slips
from kiosk.staff.acts.jobs import Job
from kiosk.staff.desk.screen import QueueScreen
from kiosk.staff.form.pen import Pen

TAB = "tab"


# Correcting


async def test_the_same_form_corrects_and_one_undo_takes_all_of_it_back(desk: Desk) -> None:
    one = desk.arrive(
        "Zoe", "13812345678", appointment=True, appointment_time="10:30", service="tuina"
    )
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        await desk.press("c")
        await desk.sees("Correct A001", "Zoe", "10:30", "as they said, not confirmed")
        await desk.press("backspace", "ë", TAB, "1", TAB, TAB, "ctrl+u", *"11.15", "enter")
        await desk.sees("Lin corrected A001", "Zoë", "11:15")
        now = desk.now_is(one)
        assert (now.due_at, now.revision) == (NOW + timedelta(minutes=33), 2)
        assert now.service == desk.app.clinic.services[0].slug
        await desk.press("u")
        await desk.sees("Lin took back: A001 corrected")
        now = desk.now_is(one)
        assert (now.due_at, now.appointment_time, now.service) == (None, "10:30", "tuina")
        assert desk.store.person(now) == Person("Zoe", "+8613812345678")


async def test_an_appointment_can_be_taken_away_or_have_no_time(desk: Desk) -> None:
    one = desk.arrive("Zoe", appointment=True)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        await desk.press("c", "enter")
        await desk.sees("Nothing was changed")
        await desk.press("c", TAB, TAB, TAB)
        assert "has one, time not known" in desk.text
        await desk.press("backspace", "enter")
        await desk.sees("Lin corrected A001")
        assert not desk.now_is(one).appointment


async def test_a_key_that_ends_the_ticket_asks_where_something_was_typed(desk: Desk) -> None:
    one = desk.arrive("Zoe")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        await desk.press("c", "x", "f9")
        await desk.sees("What you typed is dropped:")
        await desk.press("escape")
        assert "Zoex" in desk.text
        await desk.press("f9", "1")
        await desk.sees("Lin: A001 was a mistake and is void")
        assert desk.store.person(desk.now_is(one)).name == "Zoe"


async def test_not_urgent_after_all_keeps_what_else_was_typed(desk: Desk) -> None:
    one = desk.arrive("Zoe", urgent=True)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        await desk.press("c", "x", "f7")
        await desk.sees("Lin corrected A001", "Zoex")
        assert not desk.now_is(one).urgent


# Others meanwhile


async def test_only_what_was_changed_here_is_written(desk: Desk) -> None:
    one = desk.arrive("Zoe", service="cupping")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        await desk.press("c", "backspace", "ë")
        desk.store.transfer(one.id, "tuina", "Mei")
        await desk.sees("Mei just moved A001 to another service. Your text is kept.")
        await desk.press("enter")
        await desk.sees("Enter  Save it", "Zoë")
        await desk.press("enter")
        await desk.sees("Lin corrected A001")
        now = desk.now_is(one)
        assert (desk.store.person(now).name, now.service) == ("Zoë", "tuina")


async def test_what_was_done_here_a_moment_before_is_no_news(desk: Desk) -> None:
    one = desk.arrive("Zoe")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        desk.send("p", "c", "x")
        await desk.until(lambda: desk.now_is(one).priority == 1)
        await desk.settle()
        assert "Your text is kept" not in desk.text
        await desk.press("enter")
        await desk.until(lambda: desk.store.person(desk.now_is(one)).name == "Zoex")


async def test_what_was_typed_can_be_dropped_when_a_colleague_was_quicker(desk: Desk) -> None:
    one = desk.arrive("Zoe")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoe")
        await desk.press("c", "x")
        desk.store.call(one.id, "1", "Mei")
        await desk.sees("Mei just called A001")
        await desk.press("enter", "escape")
        await desk.sees("call next")
        assert desk.store.person(desk.now_is(one)).name == "Zoe"


async def test_an_urgent_call_is_seen_above_the_form_and_can_be_answered(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", "i")
        desk.store.call_for_help("kiosk 1")
        await desk.sees("!! HELP at kiosk 1")
        assert " i  I am going" not in desk.text, "a letter is text here"
        await desk.touch("HELP at kiosk 1")
        await desk.sees("Lin is going")
        assert "i" in desk.line_of("> Name")


@pytest.mark.wide
async def test_what_was_typed_goes_with_the_screen_that_locks_itself(
    desk: Desk,
) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", *"Ashdown", TAB, "2")
        view = desk.app.screen.queue.form
        await desk.wait(desk.app.settings.staff_idle_minutes * 60)
        await desk.until(lambda: desk.screen == "SignInScreen")
        assert "Ashdown" not in desk.text
        assert view.filling is None
        gc.collect()
        kept = [one for one in gc.get_objects() if isinstance(one, Pen | Strip)]
        assert not [one for one in kept if isinstance(one, Pen) or "Ashdown" in one.text]
        await desk.sign_in()
        assert "Ashdown" not in desk.text
        assert not desk.store.today()


async def test_it_is_covered_at_once_though_the_store_is_busy(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        gate, screen = threading.Event(), desk.app.screen
        assert isinstance(screen, QueueScreen)
        await desk.press("a", *"Ashdown")
        screen.desk.do(Job(lambda _: gate.wait(PATIENCE)))
        desk.send("f10")
        await desk.misses("Ashdown")
        assert desk.screen == "QueueScreen"
        gate.set()
        await desk.until(lambda: desk.screen == "SignInScreen")


async def test_help_leaves_the_form_as_it_is(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", *"Ada", "f1")
        await desk.sees("Call whoever is next")
        await desk.press("o")
        await desk.sees("> Name", "As they give it")
        assert "Ada" in desk.line_of("> Name")
        await desk.press("enter")
        await desk.sees("Lin added A001")


# Sealed


async def test_what_no_key_opens_is_not_emptied(desk: Desk) -> None:
    one = desk.arrive("Zoë", "13812345678", service="cupping")
    for file in (desk.folder / "keys").rglob("*"):
        if file.is_file() and one.day.isoformat() in file.name:
            file.rename(desk.folder / file.name)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("(sealed)")
        await desk.press("c")
        assert "(sealed)" in desk.line_of("> Name")
        await desk.press(TAB, "1", "enter")
        await desk.sees("Lin corrected A001")
        now = desk.now_is(one)
        assert (now.has_name, now.has_phone) == (True, True)


# A slip


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was handed to the printer, and its queue."""
    found: list[tuple[str, str]] = []
    monkeypatch.setattr(slips, "print_text", lambda text, queue: found.append((text, queue)))
    return found


async def test_a_slip_is_printed_where_there_is_a_printer(
    tmp_path: Path, printed: list[tuple[str, str]]
) -> None:
    desk = Desk(tmp_path, printer="slips")
    desk.hire()
    desk.arrive("Omar")
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", *"Zoë", "up", "1", "enter")
        await desk.sees("A002: the slip is sent to the printer")
        ((text, queue),) = printed
        assert queue == "slips"
        assert "1 person ahead of you" in text
        assert "Zoë" not in text
        await desk.press("c", "up", "up", "1", "enter")
        await desk.until(lambda: len(printed) == 2)
        assert len(desk.store.history(desk.store.today()[1].id)) == 1


async def test_where_there_is_none_no_slip_is_offered(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a")
        assert "Print" not in desk.text


async def test_a_ticket_stands_although_its_slip_could_not_be_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jammed(_text: str, _queue: str) -> None:
        raise printer.NotPrinted

    monkeypatch.setattr(slips, "print_text", jammed)
    desk = Desk(tmp_path, printer="slips")
    desk.hire()
    async with desk.open():
        await desk.sign_in()
        await desk.press("a", "up", "1", "enter")
        await desk.sees("A001: the slip could not be printed")
        assert len(desk.store.today()) == 1
