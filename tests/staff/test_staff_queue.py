"""The queue on the staff's screen: who stands where, what stands out, and what is covered."""

import shutil
from pathlib import Path

import pytest
from siblings import siblings
from staff_driver import Desk
from staff_tour import a_morning

from db import ReceptionState
from kiosk.staff.acts.keys import staff_keys
from kiosk.staff.desk.key_area import KeyHint
from kiosk.staff.desk.key_page import StaffHelpScreen

LANGUAGES = ["en", "zh-Hans"]


async def test_urgent_people_stand_on_top_then_those_waiting_called_in_service_and_parked(
    desk: Desk,
) -> None:
    order = ("urgent", "late", "booked", "child", "called", "in service", "parked")
    here = a_morning(desk)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("王女士")
        assert desk.tickets == [here[name].ticket for name in order]


async def test_each_line_says_what_staff_should_notice(desk: Desk) -> None:
    here = a_morning(desk)
    async with desk.open((120, 36)):
        await desk.sign_in()
        await desk.sees("王女士")
        said = {name: desk.line(here[name].ticket) for name in here if name != "done"}
    assert "URGENT" in said["urgent"]
    assert "(not given)" in said["urgent"]
    assert all(word in said["late"] for word in ("王女士", "Tuina", "45", "LATE new"))
    assert all(word in said["booked"] for word in ("O'Neill", "10:30", "appt en"))
    assert "family 2/2" in said["child"]
    assert all(word in said["called"] for word in ("called R1", "45 min ago"))
    assert all(word in said["in service"] for word in ("in R1 45 min", "family 1/2"))
    assert all(word in said["parked"] for word in ("lab 09:57", "back=first"))


async def test_the_counts_say_how_many_stand_where(desk: Desk) -> None:
    a_morning(desk)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("王女士")
        counts = "Waiting 4  Called 1  With staff 1  At lab 1  Finished 1  Longest 45 min"
        assert counts in desk.text


async def test_a_shared_phone_is_pointed_out(desk: Desk) -> None:
    desk.arrive("王女士", "13812345678")
    desk.arrive("Zoë", "13812345678")
    async with desk.open((120, 36)):
        await desk.sign_in()
        await desk.sees("=A001")
        await desk.press("down")
        await desk.sees("same phone as A001")


async def test_who_arrives_at_another_terminal_stands_here_by_itself(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Nobody is here yet")
        arrived = desk.arrive("Zoë")
        await desk.sees("A001  Zoë", "Waiting 1")
        desk.store.call(arrived.id, "2", "Mei")
        await desk.sees("called R2")
        desk.store.complete(arrived.id, "Mei")
        await desk.sees("Nobody is here any more", "Finished 1")
        await desk.press("d")
        assert desk.text.count("Nobody is here any more") == 2, "a key says the same"
        await desk.press("f", "1")
        await desk.sees("Nobody at the moment")


async def test_who_was_entered_in_error_was_never_here(desk: Desk) -> None:
    one = desk.arrive("Zoë")
    desk.store.void(one.id, "Mei", "mistake")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Nobody is here yet")


async def test_the_cursor_stays_with_its_person_not_with_its_line(desk: Desk) -> None:
    for name in ("One", "Two", "Three", "Four"):
        desk.arrive(name)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Four")
        await desk.press("down", "down")
        assert desk.selected == "A003"
        desk.arrive("Urgent", urgent=True)
        await desk.sees("Urgent")
        assert desk.tickets[0] == "A005"
        assert desk.selected == "A003"
        three = desk.store.find_ticket("3")
        assert three is not None
        desk.store.call(three.id, "1", "Mei")
        await desk.sees("called R1")
        assert desk.tickets == ["A005", "A001", "A002", "A004", "A003"]
        assert desk.selected == "A003"
        desk.store.complete(three.id, "Mei")
        await desk.misses("A003 ")
        assert desk.selected == "", "a key may be on its way that was meant for who has gone"
        await desk.press("up")
        assert desk.selected == "A004"


async def test_a_long_queue_stays_where_it_was_scrolled_to(desk: Desk) -> None:
    for nth in range(40):
        desk.arrive(f"Guest {nth}")
    async with desk.open():
        await desk.sign_in()
        await desk.press("pagedown", "pagedown")
        top = desk.tickets[0]
        assert top != "A001"
        desk.arrive("Newcomer")
        await desk.sees("Waiting 41")
        assert desk.tickets[0] == top


async def test_the_table_follows_the_size_of_the_terminal(desk: Desk) -> None:
    for name in ("Zoë", "Mallory", "Niaj"):
        desk.arrive(name, service="psychological-consultation")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Niaj")
        await desk.press("down")
        for size, seen in (((120, 36), True), ((80, 24), False)):
            await desk.pilot.resize_terminal(*size)
            await desk.settle()
            await desk.until(lambda seen=seen: ("consultation" in desk.line("A002")) is seen)
            assert desk.cut_off() == []
            assert desk.line("A002").lstrip().startswith("> A002")


async def test_waiting_times_go_on_by_themselves(tmp_path: Path) -> None:
    desk = Desk(tmp_path, staff_idle_minutes=60)
    desk.hire()
    desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë", "Longest 0 min")
        await desk.wait(29 * 60)
        assert "LATE" not in desk.text
        await desk.wait(60)
        assert "LATE" in desk.line("A001")
        assert "Longest 30 min" in desk.text
        assert "11:12" in desk.lines[0]


async def test_a_call_for_help_is_answered_by_a_key(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        desk.store.call_for_help("kiosk 1")
        await desk.sees("!! HELP at kiosk 1, 10:42   nobody yet")
        await desk.press("i")
        await desk.until(lambda: desk.store.help_calls()[0].acknowledged_by == "Lin")
        await desk.sees("Lin is going")
        await desk.misses("nobody yet")
        await desk.press("i")
        await desk.sees("Nobody is calling for help")


async def test_a_call_for_help_is_answered_by_a_click(desk: Desk) -> None:
    desk.store.call_for_help("kiosk 1")
    desk.store.call_for_help("kiosk 2")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("kiosk 1", "kiosk 2")
        await desk.pilot.click(offset=(70, 2))
        await desk.sees("Lin is going")
        first, second = sorted(desk.store.help_calls(), key=lambda call: call.device)
        assert (first.acknowledged_by, second.acknowledged_by) == (None, "Lin")


async def test_more_alerts_than_lines_are_counted(desk: Desk) -> None:
    for nth in range(5):
        desk.store.call_for_help(f"kiosk {nth}")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("kiosk 0", "kiosk 2", "and 2 more")
        assert "kiosk 3" not in desk.text


async def test_an_urgent_ticket_is_an_alert_until_it_is_seen(desk: Desk) -> None:
    urgent = desk.arrive(urgent=True)
    async with desk.open():
        await desk.sign_in()
        await desk.sees("!! A001 URGENT: said yes or not sure, 10:42   nobody yet")
        await desk.press("i")
        await desk.sees("Lin is going to A001", "   Lin is going")
        await desk.misses("nobody yet")
        desk.store.call(urgent.id, "3", "Mei")
        desk.store.begin(urgent.id, "Mei")
        await desk.misses("!! A001")


async def test_the_reception_state_is_set_here(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.sees(" o  open")
        await desk.press("o", "3")
        await desk.sees(" o  full", "Lin: reception is full")
        assert desk.store.reception_state().state is ReceptionState.full
        await desk.press("o", "2")
        assert "Back at:" in desk.text
        await desk.press("1")
        await desk.sees(" o  away")
        assert desk.store.reception_state().until == "11:00"
        await desk.press("o", "2", "enter")
        await desk.until(lambda: desk.store.reception_state().until is None)
        await desk.press("o", "1")
        await desk.sees(" o  open")


@siblings(1, "language", LANGUAGES)
async def test_all_keys_are_explained_in_words(tmp_path: Path, language: str) -> None:
    desk = Desk(tmp_path, language)
    desk.hire()
    async with desk.open():
        await desk.sign_in()
        for key in ("?", "？", "f1"):
            await desk.press(key)
            assert desk.screen == StaffHelpScreen.__name__
            for known in staff_keys(desk.app.language):
                assert known.sentence in desk.text
                assert f" {known.letter} " in desk.text
                assert known.twin.upper() in desk.text
            await desk.press(key)
            assert desk.screen == "QueueScreen"


async def test_the_terminal_says_that_somebody_is_there(desk: Desk) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.until(lambda: desk.store.present() == ["Lin"])
        await desk.wait(9 * 60)
        await desk.until(lambda: desk.app.screen.desk.idle)
        await desk.wait(9 * 60)
        await desk.until(lambda: desk.store.present() == ["Lin"])


async def test_a_store_that_cannot_be_read_says_so_and_comes_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.app.queue_watch.RETRY_SECONDS", 0.02)
    monkeypatch.setattr("kiosk.staff.snapshots.RETRY_SECONDS", 0.02)
    desk.arrive("Zoë")
    async with desk.open():
        await desk.sign_in()
        await desk.sees("Zoë")
        aside = desk.folder / "aside"
        shutil.move(desk.folder / "data" / "downtown", aside)
        await desk.sees("The queue may be old.")
        shutil.move(aside, desk.folder / "data" / "downtown")
        desk.arrive("Mallory")
        await desk.sees("Mallory")


@pytest.mark.parametrize("language", ["en", "de"])
async def test_where_room_is_short_the_keys_needed_least_are_left_to_the_page(
    tmp_path: Path, language: str
) -> None:
    needed_least = [
        *("reopen", "away", "notice", "figures"),
        *("confirm", "other_room", "merge", "break"),
        *("filter", "list", "correct", "priority", "lock", "search", "hide"),
        *("leave", "transfer", "reception", "park", "add"),
    ]
    desk = Desk(tmp_path, language)
    desk.hire()
    async with desk.open():
        await desk.sign_in()
        hints = desk.app.screen.query("#keys KeyHint").results(KeyHint)
        left_out = {hint.action for hint in hints if not hint.display}
        assert left_out
        assert left_out == set(needed_least[: len(left_out)])
