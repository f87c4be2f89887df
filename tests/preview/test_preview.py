"""`preview FILE`: a text in the real reader, read again when it is saved, and what breaks it."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from millrace import MILLRACE
from textual.widget import Widget

from kiosk.content.clinic import ContentError
from kiosk.content.texts import load_clinic
from kiosk.preview.app import BrokenScreen, PreviewApp
from kiosk.preview.text import text_file
from kiosk.settings import Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(MILLRACE, tmp_path / "content"))
    return folder / "articles" / "new-shoes.en.md"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def words(app: PreviewApp) -> str:
    strips = app.screen._compositor.render_strips()
    text = " ".join("".join(segment.text for segment in strip) for strip in strips)
    return " ".join(text.split())


async def test_a_text_is_read_again_when_saved_and_says_what_breaks_it(file: Path) -> None:
    settings = Settings(content_dir=file.parents[1], data_dir=file.parents[2] / "data")
    app = PreviewApp(settings, load_clinic(file.parents[1]), text_file(file))
    async with app.run_test(size=(80, 24)) as pilot:

        async def until(seen: Callable[[], bool]) -> None:
            for _ in range(500):  # word of a change comes through the operating system
                if seen():
                    return
                await pilot.pause(0.01)
            raise AssertionError(words(app))

        await until(lambda: "New shoes should not hurt" in words(app))
        await pilot.press("enter")
        await until(lambda: "Page 2 of" in words(app))
        edit(file, "Put both shoes on", "Put both boots on")
        await until(lambda: "Put both boots on" in words(app))
        assert "Page 2 of" in words(app)  # the place is kept
        edit(file, "topic = ", "topik = ")
        await until(lambda: isinstance(app.screen, BrokenScreen) and "topik" in words(app))
        assert "line 4, topik: there is no field called 'topik'; did you mean" in words(app)
        assert all(w.region.right <= 80 for w in app.screen.query(Widget))
        edit(file, "topik = ", "topic = ")
        await until(lambda: "New shoes should not hurt" in words(app))
        edit(file.parents[1] / "clinic.toml", "[[groups]]", "[[groups")
        await until(lambda: "not valid TOML" in words(app))
        await pilot.press("escape")
        await asyncio.sleep(0)
    assert app.return_code == 0
    assert app.shown is not None
    assert app.shown.problems


@pytest.mark.parametrize("name", ["clinic.toml", "articles/none.en.md", "articles/sleep.md"])
def test_what_is_no_text_is_refused_with_a_sentence(file: Path, name: str) -> None:
    with pytest.raises(ContentError, match=r"no text to preview|There is no file"):
        text_file(file.parents[1] / name)
