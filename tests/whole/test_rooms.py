"""Rooms by number and by name: on every screen that says where to go, and in what is said aloud."""

from pathlib import Path

import pytest
from board_driver import Board, Time, call, calling
from lobby_driver import Lobby
from siblings import siblings
from staff_driver import Desk

from db import Arrival
from kiosk.languages.language import OWN_NAMES, language
from kiosk.languages.room_names import is_numbered, room_mark, room_text
from kiosk.settings import Room
from kiosk.sound.speech import Call, phrase

NAMED = "Lab"
WORDS = {
    "en": ("Room", "room"),
    "zh-Hans": ("诊室", "号诊"),
    "zh-Hant": ("診間", "號診"),
    "ja": ("号室", "ごうしつ"),
    "ko": ("진료실", "번 진료"),
    "de": ("Raum",),
    "fr": ("Salle", "salle"),
    "es": ("Sala", "sala"),
}
"""What stands beside a room's number in each language, and beside no name."""

QUICK = ("en", "zh-Hans")
LANGUAGES = [
    tag if tag in QUICK else pytest.param(tag, marks=pytest.mark.wide) for tag in OWN_NAMES
]
"""Two of them with every run of the tests, the others in the wide ones."""


def called_a_room(said: str, tag: str) -> bool:
    """Whether a text puts the words for a room beside the name."""
    beside = said[max(0, said.index(NAMED) - 6) : said.index(NAMED) + len(NAMED) + 6]
    return any(word in beside for word in WORDS[tag])


def test_there_are_words_for_a_room_in_every_language() -> None:
    assert list(WORDS) == list(OWN_NAMES)


@pytest.mark.parametrize("room", ["2", "12", "305", "3b", "B2", "A", "２", "b"])
def test_these_are_numbers_of_rooms(room: str) -> None:
    assert is_numbered(room)
    assert room_text(room, language("en")) == f"Room {room}"
    assert room_mark(room, language("en")) == f"R{room}"


@pytest.mark.parametrize("room", ["Lab", "化验室", "白", "X-ray", "Room 2", "Lab 2", ""])
def test_these_are_names_and_stand_alone(room: str) -> None:
    assert not is_numbered(room)
    for tag in OWN_NAMES:
        assert room_text(room, language(tag)) == room_mark(room, language(tag)) == room


@siblings(1, "tag", LANGUAGES)
async def test_the_lobby_says_a_name_alone(tmp_path: Path, tag: str) -> None:
    lobby = Lobby(tmp_path, tag)
    ticket = lobby.store.check_in(Arrival(service="cupping", language=tag))
    lobby.store.call(ticket.id, room=NAMED, by="Lin")
    async with lobby.open():
        for keys in ((), ("2",), ("minus", "6", "1", "enter")):
            await lobby.press(*keys)
            assert not called_a_room(lobby.words, tag), lobby.text
        await lobby.press("f10", "1", "2")
        urgent = next(one for one in lobby.today() if one.urgent)
        lobby.store.call(urgent.id, room=NAMED, by="Lin")
        await lobby.wait(1)
        assert not called_a_room(lobby.words, tag), lobby.text


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_the_board_says_a_name_alone(tmp_path: Path, tag: str) -> None:
    for name, size in ((NAMED, (80, 24)), ("白", (40, 12)), (NAMED, (120, 36))):
        time = Time()
        board = Board(tmp_path, time)
        async with board.run_test(size=size):
            board.language = board.first_language = language(tag)
            board.queue_state = calling(call("A013", "2"), call("A012", name))
            await board.settle()
            board.queue_state = calling(call("A012", name))
            await board.settle()
            spoken = [lang.tag for lang in board.pair]
            top = board.painted()[: size[1] * 2 // 3]
            words = [language(one)("Room") for one in spoken]
            assert not any(word in line for line in top for word in words), "\n".join(top)


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_the_desk_says_a_name_alone(tmp_path: Path, tag: str) -> None:
    desk = Desk(tmp_path, tag, rooms=(Room("1"), Room(NAMED)))
    desk.hire()
    async with desk.open():
        await desk.sign_in()
        one = desk.arrive("Zoë")
        await desk.sees(one.ticket)
        await desk.press("n")
        assert NAMED in desk.text
        await desk.press("2")
        await desk.sees("A001", NAMED)
        lines = [line for line in desk.lines if NAMED in line]
        assert len(lines) >= 2, "the table, and what was done"
        assert not any(called_a_room(line, tag) for line in lines), desk.text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_voice_says_a_name_alone(tag: str) -> None:
    call = Call("A012", NAMED)
    for calls in ([call], [call, call]):
        said = phrase(calls, language(tag), (1, 52)).text
        assert NAMED in said
        assert not called_a_room(said, tag), said
