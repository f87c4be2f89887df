"""Every screen of the lobby in five languages: whole, translated, and plain to see."""

from collections.abc import Collection
from pathlib import Path

import pytest
from lobby_driver import CLINIC, Lobby
from lobby_tour import LARGE, SCREENS, faults, visit

from db import Arrival
from kiosk.widgets.press import Press

LOOKS = [
    pytest.param("en", "light", (80, 24), SCREENS, marks=pytest.mark.wide),
    ("zh-Hans", "dark", (80, 24), SCREENS),
    pytest.param("ja", "light", (80, 24), SCREENS, marks=pytest.mark.wide),
    pytest.param("de", "contrast", (80, 24), SCREENS, marks=pytest.mark.wide),
    pytest.param("fr", "light", (80, 24), SCREENS, marks=pytest.mark.wide),
    pytest.param("zh-Hans", "contrast", (120, 36), LARGE, marks=pytest.mark.wide),
]
"""Every theme, and languages of each kind; all of one with all of the other: test_crossing.py.
Every run looks like this at those in English too, on the walk of tests/whole/test_said.py."""


@pytest.mark.parametrize(("language", "theme", "size", "screens"), LOOKS)
async def test_every_screen_is_whole_and_translated_and_every_word_stands_out(
    tmp_path: Path, language: str, theme: str, size: tuple[int, int], screens: Collection[str]
) -> None:
    lobby = Lobby(tmp_path, language, theme=theme)
    lobby.store.check_in(Arrival(service="cupping"))
    lobby.store.call_next(room="2", by="Lin")
    async with lobby.open(size):
        assert await lobby.wrong_at(visit(lobby, screens), lambda: faults(lobby)) == {}


async def test_home_tells_how_the_queue_stands_and_learns_of_changes(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        assert "0 people waiting" in lobby.text
        lobby.store.check_in(Arrival(service="cupping"))
        second = lobby.store.check_in(Arrival(service="tuina"))
        lobby.store.call(second.id, room="2", by="Lin")
        await lobby.sees("1 person waiting", "候诊 1 人", "A002 > Room 2")


async def test_after_a_minute_alone_home_invites_to_an_article(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.wait(61)
        assert CLINIC.articles[0].title["en"] in lobby.words
        await lobby.press("x")
        await lobby.wait(0)
        assert "Press a number or touch" in lobby.text


async def test_choosing_a_language_on_home_puts_it_first(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        assert lobby.text.index("Check in") < lobby.text.index("签到取号")
        assert "日本語 한국어 +" in lobby.words
        await lobby.press("8")
        assert lobby.text.index("签到取号") < lobby.text.index("Check in")
        assert "日本語 +" in lobby.words  # for two names there is no room
        buttons = lobby.app.screen.query("#bar Press").results(Press)
        assert all(b.render().cell_length <= b.size.width < b.region.width - 2 for b in buttons)
        await lobby.press("9")
        assert lobby.text.index("Check in") < lobby.text.index("签到取号")


async def test_find_us_shows_both_scripts_phones_and_where_one_is(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open((120, 36)) as lobby:
        await lobby.press("4")
        for text in ("西藏南路760号", "程家桥支路211号", "South Xizang", "Cheng Jia Qiao Zhi"):
            assert text in lobby.words
        for text in ("extension 223 or 225", "huangpu@bodyandsoul.com.cn", "You are here"):
            assert text in lobby.words
        assert "Opening hours: ask at the desk" in lobby.words


async def test_focus_moves_with_arrows_and_enter_presses_what_it_is_on(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("down", "down", "enter")
        assert lobby.screen == "ArticlesScreen"
        await lobby.press("asterisk", "down", "down", "up", "enter")
        assert lobby.screen == "CheckInScreen"
        await lobby.press("end", "shift+tab", "tab", "enter")
        assert lobby.screen == "HelpScreen"
