"""What begins once something is to be seen, at each kind of terminal."""

import asyncio
import gc
from collections.abc import Coroutine
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.app.ready import begin
from kiosk.settings import Mode


class Kiosk:
    """Notes what is begun."""

    def __init__(self, mode: Mode, *, has_store: bool = True) -> None:
        self.start_mode = mode
        self.begun: list[str] = []
        self.clinic, self.location = "a clinic", "a location"
        self.queue_watch = SimpleNamespace(start=lambda: self.begun.append("queue"))
        self.opened = SimpleNamespace(
            open_store=self.store if has_store else None,
            waits=lambda: SimpleNamespace(learn=lambda: self.begun.append("waits")),
        )
        self.workers: list[Coroutine[Any, Any, None]] = []

    def store(self) -> object:
        return SimpleNamespace(prepare=lambda: self.begun.append("store"))

    def set_timer(self, _after: float, _act: object) -> None:
        self.begun.append("tending")

    def set_interval(self, _every: float, _act: object) -> None: ...

    def run_worker(self, work: Coroutine[Any, Any, None], **_options: object) -> None:
        self.workers.append(work)


@pytest.fixture(autouse=True)
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whether what is freed would be written over from now on."""
    filled: list[str] = []
    monkeypatch.setattr("kiosk.app.ready.fill_when_freed", lambda: filled.append("filled"))
    return filled


@pytest.mark.parametrize(
    ("mode", "begun", "workers"),
    [
        (Mode.lobby, ["queue", "tending"], 1),
        (Mode.staff, ["queue", "tending"], 0),
        (Mode.board, ["queue"], 0),
    ],
)
def test_all_follow_the_queue_and_all_but_a_board_tend_the_store(
    mode: Mode, begun: list[str], workers: int, filled: list[str]
) -> None:
    kiosk = Kiosk(mode)
    gc.disable()
    try:
        begin(kiosk)
        assert gc.isenabled()
    finally:
        gc.enable()
    assert (kiosk.begun, filled) == (begun, ["filled"])
    assert len(kiosk.workers) == workers
    for work in kiosk.workers:
        work.close()


def test_without_a_store_nothing_is_followed() -> None:
    kiosk = Kiosk(Mode.lobby, has_store=False)
    begin(kiosk)
    assert (kiosk.begun, kiosk.workers) == ([], [])


async def test_the_lobby_loads_what_its_first_patient_would_wait_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kiosk = Kiosk(Mode.lobby)
    monkeypatch.setattr("kiosk.app.ready.READY_AFTER", 0)
    monkeypatch.setattr(
        "kiosk.lobby.ahead.load", lambda clinic, location: kiosk.begun.append(f"{clinic}'s screens")
    )
    begin(kiosk)
    await asyncio.gather(*kiosk.workers)
    assert kiosk.begun[2:] == ["a clinic's screens", "store", "waits"]
