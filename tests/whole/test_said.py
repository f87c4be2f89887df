"""What screens say, in reading order: every word on the glass is among it, and nothing hidden."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from board_driver import A012, Board, Time, calling
from board_tour import tour as board_tour
from glass import painted, unsaid
from lobby_driver import CLINIC, Lobby
from lobby_tour import SCREENS, faults, visit
from siblings import siblings
from staff_driver import Desk
from staff_tour import tour as staff_tour
from textual.app import App
from textual.widget import Widget

import kiosk
from db import Arrival
from kiosk.languages.language import OWN_NAMES
from kiosk.lobby.doors import DOORS
from kiosk.widgets.press import Press
from kiosk.widgets.said import Saying, Says, said
from kiosk.widgets.screen import TOO_SMALL

QUICK = ("en",)
LANGUAGES = [
    tag if tag in QUICK else pytest.param(tag, marks=pytest.mark.wide) for tag in OWN_NAMES
]
"""One of them with every run of the tests, Chinese and the others in the wide ones."""

SELDOM = {"still-there", "closed", "treatments"}
"""Doors of the lobby that no key opens on this day, in this clinic."""


def sayings(app: App[Any]) -> list[str]:
    """All that the screen says that is up."""
    return list(map(str, said(app.screen)))


def digits(app: App[Any]) -> str:
    """Every digit that the screen says that is up."""
    return "".join(char for text in sayings(app) for char in text if char.isdecimal())


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_the_lobby_says_every_word_on_its_screens(tmp_path: Path, tag: str) -> None:
    lobby = Lobby(tmp_path, tag, theme="light")
    lobby.store.check_in(Arrival(service="cupping"))
    lobby.store.call_next(room="2", by="Lin")

    been = set()

    def look() -> list[str]:
        been.update(f"{type(s).__module__}.{type(s).__name__}" for s in lobby.app.screen_stack)
        told = [saying.key for saying in said(lobby.app.screen) if saying.key]
        seen = [card.key for card in lobby.app.screen.query(Press) if card.region and card.visible]
        # The quick run walks once: tests/lobby/test_lobby_screens.py sees no more in English.
        wrong = [*unsaid(lobby.app.screen), *(faults(lobby) if tag in QUICK else ())]
        return wrong if told == list(filter(None, seen)) else [*wrong, f"{told} are not {seen}"]

    async with lobby.open():
        assert await lobby.wrong_at(visit(lobby), look) == {}
    assert {door for door, screen in DOORS.items() if screen not in been} == SELDOM


@pytest.mark.wide
@pytest.mark.parametrize("tag", LANGUAGES)
async def test_staff_are_told_every_word_on_their_screens(tmp_path: Path, tag: str) -> None:
    desk = Desk(tmp_path, tag)

    def look() -> list[str]:
        return unsaid(desk.app.screen) + ["a phone number"] * ("137 0000" in str(sayings(desk.app)))

    async with desk.open():
        assert await desk.wrong_at(staff_tour(desk), look) == {}


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36)])
@siblings(1, "tag", LANGUAGES)
async def test_the_board_says_every_word_it_shows(
    tmp_path: Path, tag: str, size: tuple[int, int]
) -> None:
    time = Time()
    board = Board(tmp_path, time)
    async with board.run_test(size=size):
        async for stop in board_tour(board, time, tag):
            assert unsaid(board.screen) == [], stop
            call = board.queue_state.called[0] if board.queue_state.called else None
            if call and board.size_of(call.ticket):
                assert call.ticket in " ".join(sayings(board)).split(), stop


# What a walk through the words on the glass does not see


async def test_block_letters_are_said_as_their_text(tmp_path: Path) -> None:
    board, lobby = Board(tmp_path / "board", Time()), Lobby(tmp_path)
    async with lobby.open():
        await lobby.press(*SCREENS["ticket"])
        assert "A001" not in lobby.text
        assert "A001" in sayings(lobby.app)
    async with board.run_test(size=(80, 24)):
        board.queue_state = calling(A012)
        await board.settle()
        assert not board.says("A012")
        assert "Now calling   正在叫号 A012" in sayings(board)


async def test_a_code_is_said_as_what_it_is_for(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path)
    async with lobby.open():
        await lobby.press(*SCREENS["contact"])
        (code,) = [text for text in sayings(lobby.app) if "A code for your phone" in text]
        assert CLINIC.locations[0].email in code


async def test_names_and_phone_numbers_are_said_only_while_they_are_seen(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.open():
        desk.arrive("李女士", "13700002222")
        await desk.sign_in()
        assert ("李女士" in str(sayings(desk.app)), "137 0000" in str(sayings(desk.app))) == (
            True,
            False,
        )
        await desk.press("v")
        assert "phone 137 0000 2222" in str(sayings(desk.app))
        await desk.press("v", "h")
        assert not [told for told in ("李女士", "137", "2222") if told in str(sayings(desk.app))]


async def test_of_a_pin_is_said_how_many_digits_were_typed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with desk.open():
        desk.hire()
        await desk.wait(3)
        await desk.press("1")
        before = digits(desk.app)
        assert "0 / 8" in sayings(desk.app)
        await desk.press(*"777")
        assert "3 / 8" in sayings(desk.app)
        assert digits(desk.app) == before.replace("08", "38", 1)


async def test_a_screen_says_from_the_top_and_each_row_from_the_left(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        told = [str(saying) for saying in said(lobby.app.screen) if saying.key]
        assert [text[0] for text in told] == [*"123456", *"897", ".", "/"]
        assert said(lobby.app.screen)[0] == Saying(CLINIC.name)


async def test_what_lies_beneath_or_has_no_room_is_not_said(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("1")
        await lobby.wait(61)
        assert lobby.screen == "StillThereScreen"
        assert "1 None of these" not in " ".join(sayings(lobby.app))
        await lobby.press("x")
        await lobby.pilot.resize_terminal(60, 20)
        await lobby.settle()
        assert sayings(lobby.app) == [lang(TOO_SMALL) for lang in lobby.app.pair]


async def test_a_word_that_nobody_says_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Lobby(tmp_path).open() as lobby:
        assert ("Check", "In") not in [word for word, _ in painted(lobby.app.screen)]
        assert unsaid(lobby.app.screen) == []
        monkeypatch.setattr(Press, "said", lambda _: [Saying("Check")])
        assert "'in' of" in "".join(unsaid(lobby.app.screen))
        monkeypatch.setattr(Press, "said", lambda _: [])
        assert "'Check' of" in "".join(unsaid(lobby.app.screen))


def test_whatever_paints_words_of_its_own_tells_them() -> None:
    for module in pkgutil.walk_packages(kiosk.__path__, "kiosk."):
        importlib.import_module(module.name)
    ours = list(_ours(Widget))
    painting = [cls for cls in ours if _painter(cls).__module__.startswith("kiosk.")]
    assert len(painting) > 15
    assert [cls for cls in painting if not hasattr(cls, "said")] == []


def _ours(cls: type) -> Iterator[type]:
    for below in cls.__subclasses__():
        if below.__module__.startswith("kiosk."):
            yield below
        yield from _ours(below)


def _painter(cls: type) -> type:
    """The class from which it has how it paints."""
    return next(base for base in cls.__mro__ if {"render", "render_line"} & vars(base).keys())


def test_only_who_says_has_something_to_say() -> None:
    assert not isinstance(Widget(), Says)
