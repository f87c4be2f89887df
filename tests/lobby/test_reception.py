"""Reception open, away, full and closed: what Home says, and who may still check in."""

from pathlib import Path

import pytest
from lobby_driver import CLINIC, NOW, Lobby
from lobby_tour import TO_LARGER
from rich.cells import cell_len
from siblings import siblings

from db import Arrival, ReceptionState
from kiosk.languages.language import OWN_NAMES, language
from kiosk.lobby.home import LINE_CELLS, STATUS_CELLS
from kiosk.queue.public import QueueState
from kiosk.queue.reception import reception_sentence


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    return Lobby(tmp_path)


def say(lobby: Lobby, state: str, until: str | None = None) -> None:
    lobby.store.set_reception_state(ReceptionState(state), by="Lin", until=until)


@pytest.mark.parametrize("tag", OWN_NAMES)
def test_how_reception_stands_leaves_home_a_line_for_the_other_language(tag: str) -> None:
    for reception, until in [
        (ReceptionState.away, None),
        (ReceptionState.away, "23:00"),
        (ReceptionState.full, None),
        (ReceptionState.closed, "23:00"),
    ]:
        state = QueueState(known=True, reception=reception, reception_until=until)
        sentence = reception_sentence(state, CLINIC.locations[0], NOW, language(tag))
        room = STATUS_CELLS if reception == "closed" else LINE_CELLS
        assert cell_len(sentence) <= room, sentence


async def test_reception_is_open_only_while_somebody_is_signed_in(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        assert "Reception is away. Take a number; your place is kept." in lobby.words
    lobby.store.mark_present("Lin")
    async with Lobby(tmp_path).open() as lobby:
        assert "Reception is open 前台接待中" in lobby.words
        assert "0 people waiting" in lobby.words


@pytest.mark.parametrize("size", [(80, 24), pytest.param((120, 36), marks=pytest.mark.wide)])
async def test_away_says_until_when_and_a_number_keeps_its_place(
    lobby: Lobby, size: tuple[int, int]
) -> None:
    say(lobby, "away", "13:00")
    lobby.store.check_in(Arrival())
    lobby.store.call_next("2", by="Lin")
    async with lobby.open(size):
        assert "Reception is away (back at 13:00). Take a number; your place" in lobby.words
        assert "前台暂时离开（13:00 回来），可先取号，位置保留。" in lobby.words
        assert "0 people waiting 候诊 0 人 Now calling A001 > Room 2" in lobby.words
        assert lobby.cut_off() == []
        await lobby.press("1", "1", "9", "2", "3", "enter", "1")
        assert lobby.cut_off() == []
        place = lobby.app.screen.query_one("#advice").text
        assert place.startswith("Reception is away (back at 13:00); your place is kept.")
        await lobby.wait(1)
        for _companion in range(3):
            await lobby.press("1", "1", "9", "2", "3", "enter", "1")
            await lobby.wait(1)
            assert lobby.cut_off() == []
        await lobby.press("enter")
        await lobby.wait(3 * 3600)
        assert "Reception is away. Take a number" in lobby.words, "13:00 has passed"


async def test_full_is_full_for_walk_ins_only(lobby: Lobby) -> None:
    say(lobby, "full")
    async with lobby.open():
        assert "No more walk-in numbers today. Please ask at the desk." in lobby.words
        assert "今天的号已满，请问前台。" in lobby.words
        await lobby.press("1", "1")
        assert "No more walk-in numbers today. Please ask at the desk." in lobby.words
        assert lobby.cut_off() == []
        await lobby.press("9", "3", "4", "2")
        assert lobby.screen == "HomeScreen"
        assert lobby.today() == []
        await lobby.press("1", "1", "1", *"1130", "enter", "9", "9", "2", "3", "enter", "1")
        (check_in,) = lobby.today()
        assert check_in.appointment_time == "11:30"


async def test_full_or_not_who_needs_help_now_is_taken(lobby: Lobby) -> None:
    say(lobby, "full")
    async with lobby.open():
        await lobby.press("1", "2")
        assert [c.urgent for c in lobby.today()] == [True]


async def test_whoever_began_before_the_day_was_full_gets_their_number(lobby: Lobby) -> None:
    async with lobby.open():
        await lobby.press("1", "1", "9", "2")
        say(lobby, "full")
        await lobby.press("3", "enter", "1")
        assert len(lobby.today()) == 1


async def test_closed_gives_the_number_to_phone_and_reading_goes_on(lobby: Lobby) -> None:
    say(lobby, "closed")
    async with lobby.open():
        assert "Check-in is closed. Phone +86 21 6345 5101, extension 223 or 225" in lobby.words
        assert "现在不能取号。请致电 021 6345 5101 转 223 或 225" in lobby.words
        assert "You can always check in at the desk" not in lobby.words
        await lobby.press("1")
        assert "Check-in is closed. Phone +86 21 6345 5101" in lobby.words
        assert "In an emergency call 120." in lobby.words
        assert lobby.cut_off() == []
        await lobby.press("2", "enter", "2")
        assert lobby.screen == "ArticlesScreen"
        assert lobby.today() == []


async def test_closed_for_a_while_says_until_when(lobby: Lobby) -> None:
    say(lobby, "closed", "13:30")
    async with lobby.open():
        assert "Check-in is closed until 13:30. Phone +86 21 6345 5101" in lobby.words
        assert "13:30 前不能取号。请致电 021 6345 5101 转 223 或 225" in lobby.words
        assert lobby.cut_off() == []


@siblings(2, "tag", OWN_NAMES)
async def test_home_says_in_both_languages_that_the_desk_checks_in_too(
    tmp_path: Path, tag: str
) -> None:
    lobby = Lobby(tmp_path, tag)
    lobby.store.mark_present("Lin")
    async with lobby.open():
        both = [lang("You can always check in at the desk") for lang in lobby.app.pair]
        for larger in (False, True):
            await lobby.press(*TO_LARGER if larger else ())
            for state in ("open", "away", "full"):
                say(lobby, state)
                await lobby.until(lambda state=state: lobby.app.queue_state.reception == state)
                await lobby.settle()
                assert " ".join(both) in lobby.words, (state, larger)
                assert lobby.cut_off() == [], (state, larger)
