"""What was edited is published once, between two people, and looked for when one has gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
import pytest
from lobby_driver import CLINIC

from kiosk.app.content_watch import ContentWatch, Published
from kiosk.content.clinic import Clinic
from kiosk.settings import Settings

EDITED = msgspec.structs.replace(CLINIC, consent_version="another")


class App:
    """Does what it is asked to at once, and keeps the workers."""

    def __init__(self) -> None:
        self.workers: list[asyncio.Task[None]] = []

    def run_worker(self, work: Coroutine[Any, Any, None], **_options: object) -> None:
        self.workers.append(asyncio.ensure_future(work))

    def call_later(self, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.workers.append(asyncio.ensure_future(act()))


class News:
    """A folder in which something was saved, or nothing, or that breaks."""

    def __init__(self) -> None:
        self.clinic = CLINIC
        self.looks = 0
        self.fault: Exception | None = None

    def look(self) -> bool:
        self.looks += 1
        if self.fault:
            raise self.fault
        return self.clinic is EDITED


class Watched:
    """A watch, and what it has published and shown."""

    def __init__(self) -> None:
        self.app, self.news = App(), News()
        self.published: list[Clinic] = []
        self.shown = 0
        self.watch = ContentWatch(
            self.app,
            self.news,
            publish=self.published.append,
            show=self.show,
        )

    async def show(self) -> None:
        self.shown += 1

    async def until_looked(self, times: int) -> None:
        async with asyncio.timeout(10):
            while self.news.looks < times:
                await asyncio.sleep(0.005)


@pytest.fixture
def watched() -> Watched:
    return Watched()


async def test_what_was_edited_is_published_once_and_only_between_two_people(
    watched: Watched,
) -> None:
    assert not watched.watch.take_up()
    watched.news.clinic = EDITED
    await watched.watch.look()
    assert watched.published == []
    assert watched.watch.take_up()
    assert not watched.watch.take_up()
    assert watched.published == [EDITED]


async def test_it_is_shown_unless_a_session_has_ended_meanwhile(watched: Watched) -> None:
    await watched.watch.show()
    assert watched.shown == 0
    watched.news.clinic = EDITED
    await watched.watch.look()
    await asyncio.gather(*watched.app.workers)
    assert watched.shown == 1
    watched.watch.take_up()
    await watched.watch.show()
    assert watched.shown == 1


async def test_it_is_looked_for_when_somebody_has_gone_though_it_could_not_be_before(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    watched.watch.start()
    watched.news.fault = RuntimeError("Zoë")
    watched.watch.take_up()
    await watched.until_looked(1)
    watched.watch.take_up()
    await watched.until_looked(2)
    watched.app.workers[0].cancel()
    assert "content could not be looked for" in caplog.text
    assert "Zoë" not in caplog.text


async def test_it_is_looked_for_now_and_then_while_nobody_comes(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.app.content_watch.CONTENT_EVERY", 0.01)
    watched.watch.start()
    await watched.until_looked(3)
    watched.app.workers[0].cancel()


@pytest.mark.parametrize(
    ("offered", "wanted", "tags", "first"),
    [
        ((), None, CLINIC.languages, CLINIC.languages[0]),
        (("ja", "en", "xx"), "en", ("ja", "en"), "en"),
        (("ja", "en"), "fr", ("ja", "en"), "ja"),
        (("xx",), None, CLINIC.languages, CLINIC.languages[0]),
    ],
)
def test_a_terminal_offers_the_languages_that_it_was_given_as_far_as_the_clinic_has_them(
    offered: tuple[str, ...], wanted: str | None, tags: tuple[str, ...], first: str
) -> None:
    published = Published.of(CLINIC, Settings(languages=offered, language=wanted))
    assert [one.tag for one in published.languages] == list(tags)
    assert published.first_language.tag == first
    assert published.location == CLINIC.locations[0]
