"""A screen that fails: nobody sees why, nobody's words stay, and the next patient has a kiosk."""

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from lobby_driver import Lobby
from siblings import siblings
from textual.widgets import Static

from kiosk.log import NAME, last_entries, open_log

MARKER = "Quillfeather"


class Broken(Static):
    """A widget with a fault in it."""

    def __init__(self, how: str) -> None:
        super().__init__("")
        self.how = how

    def on_mount(self) -> None:
        if self.how == "mount":
            raise RuntimeError(MARKER)
        if self.how == "timer":
            self.set_timer(0.001, self.fail)
        if self.how == "later":
            self.call_later(self.fail)
        if self.how == "worker":
            self.run_worker(self.fail_soon(), exit_on_error=True)

    def fail(self) -> None:
        patient = MARKER
        raise RuntimeError(patient)

    async def fail_soon(self) -> None:
        self.fail()

    def render(self) -> str:
        if self.how == "render":
            self.fail()
        return ""


def says(lobby: Lobby, text: str) -> bool:
    return text in lobby.words or text in lobby.cards


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    open_log(tmp_path / "data", "lobby")
    yield tmp_path / "data"
    logger = logging.getLogger(NAME)
    for handler in list(logger.handlers):
        handler.close()
        logger.removeHandler(handler)
    logger.propagate = True


@siblings(
    2,
    ("how", "language"),
    [
        ("mount", "en"),
        ("timer", "zh-Hans"),
        ("later", "en"),
        ("worker", "en"),
        ("render", "en"),
    ],
)
async def test_a_fault_leads_to_a_new_session_and_a_sentence(
    tmp_path: Path, log: Path, how: str, language: str
) -> None:
    lobby = Lobby(tmp_path, language)
    async with lobby.open():
        lobby.app.recovers = True
        await lobby.press(*"1193")
        broken = lobby.app.screen
        await broken.mount(Broken(how))
        while lobby.screen != "FaultScreen":
            await asyncio.sleep(0.005)  # a pause of the pilot's would paint, and fail, by itself
        await lobby.settle()
        assert says(lobby, "Please check in at the desk")
        assert says(lobby, "请到前台登记")
        await lobby.press("5")
        assert says(lobby, "Read while you wait") or says(lobby, "候诊阅读")
        await lobby.press("1")
        assert says(lobby, "None of these") or says(lobby, "都没有")
    entry = last_entries(log)[-1]
    assert entry["fault"] in ("RuntimeError", "WorkerFailed")
    assert any("test_faults.py" in place for place in entry["way"]) or how == "worker"
    assert MARKER not in json.dumps(last_entries(log))
