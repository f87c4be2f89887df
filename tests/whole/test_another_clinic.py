"""An invented clinic in another country and one language: nothing of the first is in the code."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lobby_driver import Lobby
from millrace import MILLRACE
from textual.timer import Timer

from kiosk.content.holidays import Days, Year
from kiosk.content.texts import load_clinic

FIRST = re.compile(
    r"Body|Soul|Shanghai|上海|\b120\b|\+86|TCM|[Cc]hinese|[Aa]cupunct|[\u3000-\u9fff\uff00-\uffef]"
)
"""What only the first clinic has, and any character of its other language."""


@pytest.mark.wide
async def test_a_clinic_of_one_language_shows_nothing_of_another(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, clinic=load_clinic(MILLRACE), content_dir=MILLRACE)
    lobby.passed = 9 * 3600.0  # a quarter to twelve in Leeds
    lobby.store.mark_present("Lin")
    wrong: dict[str, object] = {}

    def look(screen: str, *texts: str) -> None:
        for text in texts:
            assert text in lobby.words, f"{text!r} is not on\n{lobby.text}"
        if faults := [*FIRST.findall(lobby.text), *lobby.cut_off()]:
            wrong[screen] = (faults, lobby.text)

    async with lobby.open():
        look("home", "Millrace Practice", "Mill Lane", "11:42", "Reception is open")
        assert "English" not in lobby.words  # there is nothing to choose
        await lobby.press("8", "1")
        look("safety", "Is any of this happening NOW, to you or the person with you?")
        await lobby.press("1")
        look("purpose", "Feet and ears", "Before a journey")
        await lobby.press("5")
        look("service", "Foot care", "Hearing test")
        await lobby.press("2", "1")
        look("name", "Type it")
        assert "Surname" not in lobby.words  # there is no list to choose from
        await lobby.press("2")
        await lobby.type("Ada")
        await lobby.press("enter")
        await lobby.type("01134960456")
        look("phone", "0113 496 0456")
        await lobby.press("enter")
        look("agree", "Millrace", "+44 113 496 0123", "Hearing test", "Ada")
        await lobby.press("1")
        look("ticket", "millrace.example")
        assert lobby.today()[0].service == "hearing-test"
        await lobby.wait(60)
        look("still there", "Are you still there?")
        await lobby.press("x", "enter")

        await lobby.press("2")
        look("articles", "New shoes without blisters", "Walking well")
        await lobby.press("1")
        look("reader", "New shoes should not hurt")
        await lobby.press("f10", "3")
        look("services", "Travel advice")
        await lobby.press("f10", "4")
        look("find us", "The Old Mill, 12 Mill Lane", "desk@millrace.example")
        look("hours", "Mon-Fri 08:30-18:00", "until 18:00")
        await lobby.press("1")
        look("one place", "Please take me to")
        await lobby.press("f10", "5")
        look("book", "millrace.example")
        await lobby.press("f10", "6", "1", "enter")
        look("my ticket", "You are next")
        await lobby.press("f10", "slash")
        look("help", "call 999")
        await lobby.press("f10", "1", "2")
        look("urgent", "Nobody here? Call 999.")
        await lobby.press("enter")

        lobby.app.open_mode("board")
        await lobby.settle()
        look("board", "Mill Lane")
        lobby.app.open_mode("lobby")
        await lobby.settle()
        await lobby.pilot.resize_terminal(60, 20)
        await lobby.settle()
        assert lobby.text.strip() == "Please make this window larger: 80x24 at least."
    assert wrong == {}


async def test_reception_is_closed_outside_the_hours_unless_staff_say_otherwise(
    tmp_path: Path,
) -> None:
    lobby = Lobby(tmp_path, clinic=load_clinic(MILLRACE), content_dir=MILLRACE)
    lobby.store.mark_present("Lin")  # it is 02:42 in Leeds
    async with lobby.open():
        assert "Check-in is closed until 08:30" in lobby.words
        await lobby.press("1")
        assert lobby.screen == "ClosedScreen"
    lobby = Lobby(tmp_path / "later", clinic=load_clinic(MILLRACE), content_dir=MILLRACE)
    lobby.store.mark_present("Lin")
    lobby.store.set_reception_state("open", "Lin")
    async with lobby.open():
        assert "Reception is open" in lobby.words


async def test_on_a_holiday_that_was_announced_it_is_closed_until_the_day_after(
    tmp_path: Path,
) -> None:
    days = Days(date(2026, 11, 23), date(2026, 11, 24))
    clinic = msgspec.structs.replace(load_clinic(MILLRACE), holidays=(Year(2026, (days,)),))
    lobby = Lobby(tmp_path, clinic=clinic, content_dir=MILLRACE)
    lobby.passed = 9 * 3600.0  # a quarter to twelve in Leeds
    lobby.store.mark_present("Lin")
    async with lobby.open():
        assert "Check-in is closed" in lobby.words
        await lobby.press("4")
        assert "Closed now, opens on Wed 25 Nov at 08:30" in lobby.words


async def test_a_place_without_an_address_is_shown_all_the_same(tmp_path: Path) -> None:
    clinic = load_clinic(MILLRACE)
    here = msgspec.structs.replace(clinic.locations[0], address={})
    clinic = msgspec.structs.replace(clinic, locations=(here,))
    async with Lobby(tmp_path, clinic=clinic, content_dir=MILLRACE).open() as lobby:
        await lobby.press("4")
        assert "desk@millrace.example" in lobby.words
        await lobby.press("1")
        assert lobby.screen == "PlaceScreen"


async def test_after_many_changes_one_timer_waits_for_closing_time(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, clinic=load_clinic(MILLRACE), content_dir=MILLRACE)
    waiting: list[Timer] = []
    begin = lobby.app.set_timer

    def noted(delay: float, callback: Any = None, **more: Any) -> Timer:
        timer = begin(delay, callback, **more)
        if callback == lobby.app.queue_watch.look_at_hours:
            waiting.append(timer)
        return timer

    async with lobby.open():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lobby.app, "set_timer", noted)
            for _ in range(10):
                lobby.app.queue_watch.look_at_hours()
        await lobby.pilot.pause()
        left = [timer for timer in waiting if timer._task is not None and not timer._task.done()]
        assert len(waiting) == 10
        assert left == waiting[-1:]
