"""Content edited while the kiosk runs: what is taken up, and what leaves everything as it was."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from millrace import MILLRACE

from kiosk.content.news import ContentNews
from kiosk.content.texts import load_clinic
from kiosk.settings import CHECKOUT

ARTICLE = "articles/new-shoes.en.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MILLRACE, tmp_path / "content"))


@pytest.fixture
def news(folder: Path) -> ContentNews:
    return ContentNews(folder, load_clinic(folder), "mill-lane")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_saved_is_no_news(news: ContentNews) -> None:
    before = news.clinic
    assert [news.look(), news.look()] == [False, False]
    assert news.clinic is before


def test_what_is_saved_is_news_once(folder: Path, news: ContentNews) -> None:
    edit(folder / ARTICLE, "without blisters", "without tears")
    assert [news.look(), news.look()] == [True, False]
    assert news.clinic.articles[0].title["en"] == "New shoes without tears"


def test_texts_that_come_and_go_are_news(folder: Path, news: ContentNews) -> None:
    news.look()
    (folder / "services" / "hearing-test.en.md").unlink()
    assert news.look()
    assert news.clinic.service("hearing-test") is None


def test_a_broken_text_is_left_out_as_at_the_start(
    folder: Path, news: ContentNews, caplog: pytest.LogCaptureFixture
) -> None:
    edit(folder / ARTICLE, "topic =", "topik =")
    assert news.look()
    assert "new-shoes.en.md: line 4, topik: left out: there is no field" in caplog.text
    assert news.clinic.articles == ()
    assert len(news.clinic.services) == 3


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"GB"', '"GB', "not valid TOML"),
        ('locations = ["mill-lane"]', "locations = []", "name at least one location"),
        ('locations = ["mill-lane"]', 'locations = ["elsewhere"]', "no location 'mill-lane'"),
        ("Europe/London", "Europe/Paris", "takes a restart"),
        ('"GB"', '"FR"', "takes a restart"),
    ],
)
def test_a_clinic_that_cannot_be_used_leaves_everything_as_it_was_until_it_is_mended(
    folder: Path, news: ContentNews, caplog: pytest.LogCaptureFixture, old: str, new: str, why: str
) -> None:
    before = news.clinic
    shutil.copy(folder / "locations/mill-lane.toml", folder / "locations/elsewhere.toml")
    edit(folder / "clinic.toml", old, new)
    assert not news.look()
    assert news.clinic is before
    assert why in caplog.text
    edit(folder / "clinic.toml", new, old)
    edit(folder / ARTICLE, "without blisters", "without tears")
    assert news.look()


def test_what_only_check_needs_is_not_loaded_with_the_kiosk() -> None:
    program = (
        "import sys, pathlib, kiosk.app.start, kiosk.app.app, kiosk.lobby.home\n"
        "from kiosk.content.texts import load_clinic\n"
        f"load_clinic(pathlib.Path({str(MILLRACE)!r}))\n"
        "print({'pyphen', 'opening_hours', 'kiosk.content.check', 'kiosk.content.readable',"
        " 'phonenumbers'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
