"""The looks a person chooses: colours, the larger size, patience, and back again."""

from pathlib import Path

import pytest
from contrast import coloured, faint
from lobby_driver import Lobby
from painter import colours


async def test_the_looks_are_chosen_by_key_and_by_touch_and_end_with_the_session(
    tmp_path: Path,
) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("full_stop", "2")
        assert lobby.app.theme == "dark"
        await lobby.press("enter", "1", "f2", "3")
        assert lobby.app.theme == "contrast"
        await lobby.press("enter")
        assert "None of these" in lobby.text
        await lobby.tap("Aa")
        await lobby.tap("Larger")
        assert "Usual size" in lobby.text
        await lobby.press("f10")
        assert (lobby.app.theme, lobby.app.larger, lobby.screen) == ("light", False, "HomeScreen")
        assert "Find us" in lobby.text
        light = colours_of(lobby)
        await lobby.press("full_stop", "2", "enter")
        assert not colours_of(lobby) & light
        await lobby.press("full_stop", "1", "enter")
        assert colours_of(lobby) == light


def colours_of(lobby: Lobby) -> set[object]:
    """The colours of Home's cells."""
    strips = lobby.app.screen._compositor.render_strips()
    return {colours(style) for strip in strips for _text, style, _control in strip}


@pytest.mark.parametrize(
    ("language", "size"),
    [
        ("en", (80, 24)),
        pytest.param("zh-Hans", (80, 24), marks=pytest.mark.wide),
        pytest.param("en", (120, 36), marks=pytest.mark.wide),
    ],
)
async def test_the_larger_size_shows_fewer_things_and_everything_can_be_reached(
    tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    async with Lobby(tmp_path, language).open(size) as lobby:
        wrong = {}
        await lobby.press("full_stop", "4", "enter")
        for name, keys in {
            "home": (),
            "others": ("2",),
            "articles": ("2",),
            "next page": ("9",),
            "reader": ("1",),
            "home again": ("minus", "minus", "minus"),
            "safety": ("1",),
            "purpose": ("1",),
            "service": ("2",),
            "first visit": ("2",),
            "name": ("1",),
            "phone": ("3",),
            "agree": ("enter",),
        }.items():
            await lobby.press(*keys)
            if faults := [*lobby.cut_off(), *faint(lobby.app)]:
                wrong[name] = (faults, lobby.text)
        assert wrong == {}
        await lobby.press("1")
        assert lobby.screen == "TicketScreen"


async def test_the_focus_is_seen_without_colour(tmp_path: Path) -> None:
    async with Lobby(tmp_path).open() as lobby:
        before = lobby.text
        await lobby.press("down")
        assert lobby.text != before


async def test_patience_gives_more_time_to_answer(tmp_path: Path) -> None:
    async with Lobby(tmp_path, patience=2.0).open() as lobby:
        await lobby.press("4")
        for _again in range(3):  # as often as one wants
            await lobby.wait(2 * 2 * 60 - 1)
            assert lobby.screen == "LocationsScreen"
            await lobby.wait(2)
            assert lobby.screen == "StillThereScreen"
            await lobby.wait(39)
            await lobby.press("x")
            assert lobby.screen == "LocationsScreen"


async def test_without_colour_every_word_still_stands_out_and_the_focus_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("down", "down")
        assert coloured(lobby.app) == []
        assert list(faint(lobby.app)) == []
        assert "▛" in lobby.text  # the heavy border of the card that Enter would press
