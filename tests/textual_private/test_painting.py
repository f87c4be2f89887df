"""What is painted where something has changed: the same as if the whole screen were painted."""

import gc
from pathlib import Path

import pytest
from lobby_driver import Lobby
from rich.segment import Segment
from staff_driver import Desk
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from kiosk.textual_private.compositor import ChangesOnly


@pytest.fixture
def differences(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lines where what was painted is not what stands there; at first "nothing was painted"."""
    found = ["nothing was painted"]
    original = ChangesOnly.render_partial_update

    def compared(compositor: ChangesOnly) -> ChopsUpdate | None:
        update = original(compositor)
        if update is not None:
            found[:] = [one for one in found if one != "nothing was painted"]
            found.extend(_differences(compositor, update))
        return update

    monkeypatch.setattr(ChangesOnly, "render_partial_update", compared)
    return found


def _differences(compositor: ChangesOnly, update: ChopsUpdate) -> list[str]:
    whole = compositor.render_strips()
    wrong = []
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
            if end <= x1 or x >= x2:
                continue
            there = whole[y].crop(x, end)
            if strip is None or _looks(strip) != _looks(there):
                wrong.append(
                    f"line {y}, {x} to {end}: {strip and strip.text!r}, not {there.text!r}"
                )
    return wrong


def _looks(strip: Strip) -> list[Segment]:
    return [segment for segment in strip.simplify() if segment.text]


async def test_in_the_lobby(tmp_path: Path, differences: list[str]) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("tab", "tab", "1", "tab", "1", "down", "9", "1", "tab", "2")
        await lobby.press(*"Ada", "backspace", "enter", "1", "tab", "shift+tab", "f1", "tab")
        await lobby.press("f10", "2", "1", "tab", "enter", "f10", "4", "tab", "1", "tab")
        await lobby.wait(3600)  # the question whether anybody is there lies over the screen
        await lobby.press("tab")
    assert differences == []


async def test_at_the_desk(tmp_path: Path, differences: list[str]) -> None:
    desk = Desk(tmp_path)
    desk.hire()
    for name in ("Ada", "王小明", "Ben"):
        desk.arrive(name)
    async with desk.open():
        await desk.sign_in()
        await desk.press("down", "down", "c", "up", "slash", *"Ada", "escape", "question_mark")
    assert differences == []


@pytest.mark.wide
async def test_what_a_screen_had_painted_goes_with_it(tmp_path: Path) -> None:
    def painted(word: str) -> list[str]:
        return [x.text for x in gc.get_objects() if isinstance(x, Strip) and word in x.text]

    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("2", "8", *"xyzzy")
        assert painted("xyzzy")
        left = lobby.app.screen
        await lobby.press("minus")
        assert left is not lobby.app.screen
        gc.collect()
        assert painted("xyzzy") == [], "although somebody still holds the screen"


async def test_after_a_session_what_was_freed_is_written_over(
    tmp_path: Path, written_over: list[str]
) -> None:
    async with Lobby(tmp_path).open() as lobby:
        await lobby.press("1", "1")
        assert written_over == []
        await lobby.press("f10")
        assert lobby.screen == "HomeScreen"
        assert written_over
