"""Content edited while somebody uses the lobby: they keep theirs, the next one has the new."""

import asyncio
import shutil
from pathlib import Path

import pytest
from lobby_driver import Lobby
from millrace import MILLRACE

from kiosk.content.texts import load_clinic


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MILLRACE, tmp_path / "content"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def test_edited_content_appears_at_the_next_session_and_on_an_idle_home(
    tmp_path: Path, folder: Path
) -> None:
    service = folder / "services" / "foot-care.en.md"
    lobby = Lobby(tmp_path, clinic=load_clinic(folder), content_dir=folder)
    async with lobby.open():
        await lobby.press("3")
        edit(service, '"Foot care"', '"Happy feet"')
        await lobby.app.content_watch.look()
        await lobby.press("1", "minus")
        assert "Foot care" in lobby.cards
        await lobby.press("f10", "3")
        assert "Happy feet" in lobby.cards
        await lobby.press("f10")
        edit(folder / "clinic.toml", "Millrace Practice", "Millrace Surgery")
        edit(folder / "locations" / "mill-lane.toml", '"Mill Lane"', '"Old Mill"')
        await lobby.app.content_watch.look()
        await lobby.settle()
        assert "Millrace Surgery" in lobby.words
        assert "Old Mill" in lobby.words
        edit(folder / "clinic.toml", "[[groups]]", "[[groups")
        await lobby.app.content_watch.look()
        await lobby.press("4")
        assert "Old Mill" in lobby.words


async def test_where_no_patient_stands_it_is_known_at_once_and_the_screen_stays(
    tmp_path: Path, folder: Path
) -> None:
    lobby = Lobby(tmp_path, clinic=load_clinic(folder), content_dir=folder, staff_on_kiosk=True)
    async with lobby.open():
        await lobby.press("f12")
        sign_in = lobby.app.screen
        edit(folder / "locations" / "mill-lane.toml", '"Mill Lane"', '"Old Mill"')
        await lobby.app.content_watch.look()
        await lobby.settle()
        assert lobby.app.location.name["en"] == "Old Mill"
        assert lobby.app.screen is sign_in


async def test_who_presses_a_key_as_the_content_changes_answers_the_question_they_saw(
    tmp_path: Path, folder: Path
) -> None:
    """The key is still on its way through the old Home when the new content is there."""
    lobby = Lobby(tmp_path, clinic=load_clinic(folder), content_dir=folder)
    async with lobby.open():
        edit(folder / "clinic.toml", "Millrace Practice", "Millrace Surgery")
        home = lobby.app.screen
        lobby.send("3")
        while not lobby.app.type_ahead.busy:
            await asyncio.sleep(0)
        assert lobby.app.screen is home
        lobby.app.content_watch.edited = load_clinic(folder)
        await lobby.app.content_watch.show()
        await lobby.settle()
        assert lobby.screen == "ServicesScreen"
