"""Scanners that type, and input methods: no code answers, and a full-width key is the key."""

from pathlib import Path

import pytest
from lobby_driver import Lobby
from siblings import siblings
from staff_driver import Desk, full_width
from textual import events
from textual.timer import Timer

from db import Arrival, Status
from kiosk.input import guard as input_guard
from kiosk.widgets.press import Press

SAFETY, PURPOSE = "happening NOW", "What brings you"
LEFT_OUT = "A scanned code was left out."
CODE = "6901234567892"


@pytest.fixture
def quick(tmp_path: Path) -> Lobby:
    """A lobby where nothing has to be read."""
    return Lobby(tmp_path)


# A scanner


async def test_a_scan_at_home_opens_at_most_a_screen_and_says_so(quick: Lobby) -> None:
    async with quick.open():
        await quick.arrive_keys(*"1234567890128", "enter")
        assert SAFETY in quick.words
        assert LEFT_OUT in quick.text
        assert not quick.today()


async def test_a_scan_of_a_ticket_does_nothing_at_home(quick: Lobby) -> None:
    async with quick.open():
        await quick.arrive_keys(*"A012")
        assert quick.screen == "HomeScreen"
        assert LEFT_OUT in quick.text


@siblings(2, "first", list("12-*/+9"))
@pytest.mark.parametrize(
    "way",
    [
        ("1",),
        pytest.param(("1", "1"), marks=pytest.mark.wide),
        pytest.param(("1", "1", "9", "1", "3", "enter"), marks=pytest.mark.wide),
    ],
)
async def test_a_scan_answers_no_question_and_leaves_none(
    quick: Lobby, first: str, way: tuple[str, ...]
) -> None:
    async with quick.open():
        await quick.press(*way)
        before = quick.lines[4:]
        await quick.arrive_keys(first, *CODE, "enter")
        assert quick.lines[4:] == before
        assert not quick.today()
        assert LEFT_OUT in quick.text


async def test_a_scan_is_one_though_the_app_was_busy_when_it_came(quick: Lobby) -> None:
    async with quick.open():
        await quick.press("1", "1")
        quick.passed += 5.0
        await quick.arrive_keys("1", *CODE, at=quick.passed - 5.0)
        assert PURPOSE in quick.words


@pytest.mark.parametrize("way", [("1", "1", "1"), ("1", "1", "9", "1", "3")])
async def test_a_scan_leaves_a_field_as_it_was(quick: Lobby, way: tuple[str, ...]) -> None:
    async with quick.open():
        await quick.press(*way, "1")
        before = quick.lines[4:]
        await quick.arrive_keys(*"0123456789", "enter")
        assert quick.lines[4:] == before


async def test_a_scan_is_taken_as_typed_where_a_number_is_asked_for(quick: Lobby) -> None:
    arrived = quick.store.check_in(Arrival()).ticket
    async with quick.open():
        await quick.press("6")
        await quick.arrive_keys(*arrived, "enter")
        assert quick.screen == "MyPlaceScreen"


async def test_a_scan_that_opens_the_question_for_a_number_does_not_answer_it(
    quick: Lobby,
) -> None:
    async with quick.open():
        await quick.arrive_keys(*CODE)
        assert quick.screen == "MyTicketScreen"
        assert "12 finds A012" in quick.text
        assert "9" not in quick.lines[8]


async def test_an_input_method_may_send_a_whole_name_at_once(quick: Lobby) -> None:
    async with quick.open():
        await quick.press("1", "1", "9", "2", "2")
        await quick.arrive_keys(*"Maria Xyloph 欧阳小明先生")
        assert "Maria Xyloph 欧阳小明先生" in quick.text
        assert LEFT_OUT not in quick.text


async def test_what_ends_a_scan_in_a_name_leads_nowhere(quick: Lobby) -> None:
    async with quick.open():
        await quick.press("1", "1", "9", "2", "2")
        await quick.arrive_keys(*"Xylo-123456", "enter")
        assert "Please type your name" in quick.words


async def test_a_word_that_is_searched_may_come_at_once(quick: Lobby) -> None:
    async with quick.open():
        await quick.press("2", "8")
        await quick.arrive_keys(*"acupuncture")
        assert "acupuncture" in quick.text


async def test_two_keys_that_fingers_roll_over_both_count(quick: Lobby) -> None:
    async with quick.open():
        await quick.press("6")
        await quick.arrive_keys("1", "2")
        assert "12_" in quick.text


async def test_that_a_scan_was_left_out_goes_by_itself_and_covers_no_answer(
    quick: Lobby,
) -> None:
    async with quick.open():
        await quick.press("1")
        await quick.arrive_keys(*CODE)
        assert [n for n, line in enumerate(quick.lines) if LEFT_OUT in line] == [0]


# The desk


async def test_a_tickets_code_opens_it_at_the_desk(desk: Desk) -> None:
    for _ in range(3):
        desk.arrive()
    async with desk.app.run_test(size=(80, 24)) as desk.pilot:
        await desk.sign_in()
        await desk.arrive_keys(*"A003")
        await desk.until(lambda: desk.selected == "A003")
        await desk.arrive_keys(*"a002", "enter")
        await desk.until(lambda: desk.selected == "A002")
        assert {c.status for c in desk.today()} == {Status.waiting}


async def test_a_tickets_code_opens_one_that_has_gone(desk: Desk) -> None:
    gone = desk.arrive()
    desk.arrive()
    desk.store.void(gone.id, "Lin", "duplicate", gone.revision)
    async with desk.app.run_test(size=(80, 24)) as desk.pilot:
        await desk.sign_in()
        assert "A001" not in desk.tickets
        await desk.arrive_keys(*"A001")
        await desk.until(lambda: desk.selected == "A001")


@siblings(2, "code", [CODE, "https://example.org/x", "nnnndddd1x", "A999"])
async def test_any_other_code_changes_nothing_at_the_desk(desk: Desk, code: str) -> None:
    desk.arrive()
    async with desk.app.run_test(size=(80, 24)) as desk.pilot:
        await desk.sign_in(room="1")
        await desk.arrive_keys(*code, "enter")
        await desk.sees(LEFT_OUT)
        assert not desk.app.screen.asking
        assert [c.status for c in desk.today()] == [Status.waiting]


async def test_a_code_answers_no_question_at_the_desk(desk: Desk) -> None:
    desk.arrive()
    async with desk.app.run_test(size=(80, 24)) as desk.pilot:
        await desk.sign_in()
        await desk.press("n")
        await desk.arrive_keys(*"A001", "enter")
        assert desk.app.screen.asking
        assert [c.status for c in desk.today()] == [Status.waiting]


@pytest.mark.parametrize("key", ["p", "n"])
async def test_a_letter_that_changes_something_is_painted_before_it_does(
    desk: Desk, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_guard, "COMPANY", 0.5)
    desk.arrive()
    async with desk.app.run_test(size=(80, 24)) as desk.pilot:
        await desk.sign_in(room="1")
        at_rest = painted(desk)
        event = events.Key(key, key)
        event.arrived = desk.passed
        desk.app.post_message(event)
        await desk.until(lambda: any(key in strip for strip in painted(desk) - at_rest))
        assert [c.status for c in desk.today()] == [Status.waiting]
        assert not any(c.priority for c in desk.today())
        await desk.settle()
        assert any(c.priority or c.status is Status.called for c in desk.today())
        assert not any(hint._pressed for hint in desk.app.screen.query(Press))


def painted(desk: Desk) -> set[str]:
    """The lines of the screen with their colours."""
    strips = desk.app.screen._compositor.render_strips()
    return {"".join(f"{s.text}{s.style}" for s in strip) for strip in strips}


async def test_a_pin_is_not_scanned(desk: Desk) -> None:
    async with desk.app.run_test(size=(80, 24)) as desk.pilot:
        await desk.settle()
        await desk.sees("Who are you?")
        await desk.press("1")
        before = desk.lines[2:]
        await desk.arrive_keys(*"135790", "enter")
        assert desk.lines[2:] == before


# An input method in full-width mode


async def test_full_width_digits_and_marks_mean_the_same_in_the_lobby(quick: Lobby) -> None:
    async with quick.open():
        await quick.press(full_width("1"))
        assert SAFETY in quick.words
        await quick.press(full_width("1"), full_width("1"), *map(full_width, "1030"))
        assert "10:30" in quick.text
        await quick.press(full_width("."))
        assert "10:3_" in quick.text
        await quick.press(full_width("-"))
        assert PURPOSE in quick.words
        await quick.press(full_width("/"))
        assert quick.screen == "HelpScreen"
        await quick.press("minus", full_width("+"))
        assert PURPOSE not in quick.words
        await quick.press(full_width("*"))
        assert quick.screen == "HomeScreen"


async def test_a_phone_is_typed_in_full_width_too(quick: Lobby) -> None:
    async with quick.open():
        await quick.press("1", "1", "9", "1", "3", *map(full_width, "+8613812345678"))
        assert "+86 138 1234 5678" in quick.text or "138 1234 5678" in quick.text


@pytest.mark.parametrize(("mark", "screen"), [("、", "HelpScreen"), ("ー", "HomeScreen")])
async def test_marks_that_input_methods_make_are_the_keys_they_were(
    quick: Lobby, mark: str, screen: str
) -> None:
    async with quick.open():
        await quick.press("3", mark)
        assert quick.screen == screen


async def test_a_mark_in_a_name_stays_what_it_is(quick: Lobby) -> None:
    async with quick.open():
        await quick.press("1", "1", "9", "2", "2", "M", "・", "ー")
        assert "M・ー" in quick.text


@pytest.mark.parametrize(
    "name",
    [
        "王小明",
        pytest.param("王", marks=pytest.mark.wide),
        pytest.param("欧阳小明先生", marks=pytest.mark.wide),
    ],
)
async def test_the_enter_that_gives_an_input_methods_word_saves_nothing(
    desk: Desk, name: str
) -> None:
    async with desk.open():
        await desk.sign_in()
        await desk.press("a")
        await desk.arrive_keys(*name, "enter")
        await desk.sees(name, "Enter  save")
        assert LEFT_OUT not in desk.text
        assert not desk.store.today()
        desk.passed += 1
        await desk.arrive_keys("enter")
        await desk.sees("Lin added A001", name)


async def test_a_key_that_waits_is_not_lost_where_a_busy_machine_is_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Timer._run

    async def late(timer: Timer) -> None:  # as Textual does with one whose time has passed
        if timer._repeat != 0:
            await run(timer)

    async with Lobby(tmp_path).open() as lobby:
        monkeypatch.setattr(Timer, "_run", late)
        await lobby.press("1", "1")
        assert "What brings you here" in lobby.text
