"""The store is looked after while a screen is open, though nobody checks in."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from db import StoreBusy, StoreError
from kiosk.app.tending import EVERY, FIRST_AFTER, Tending


class App:
    """Notes what it is to do, and when."""

    def __init__(self) -> None:
        self.soon: dict[float, Callable[[], None]] = {}
        self.often: dict[float, Callable[[], None]] = {}

    def set_timer(self, after: float, act: Callable[[], None]) -> None:
        self.soon[after] = act

    def set_interval(self, every: float, act: Callable[[], None]) -> None:
        self.often[every] = act


class Days:
    """A store's days, and the store that has them."""

    def __init__(self) -> None:
        self.tended = 0
        self.trouble: Exception | None = None
        self.days = self

    def tend(self) -> None:
        self.tended += 1
        if self.trouble:
            raise self.trouble


def test_it_is_done_a_minute_after_the_start_and_once_an_hour() -> None:
    app = App()
    Tending(app, Days).start()
    assert (list(app.soon), list(app.often)) == ([FIRST_AFTER], [EVERY])
    assert (FIRST_AFTER, EVERY) == (60, 3600)


@pytest.mark.parametrize("trouble", [StoreBusy(), StoreError("No."), RuntimeError("Zoë")])
def test_what_goes_wrong_is_noted_once_and_stops_nothing(
    caplog: pytest.LogCaptureFixture, trouble: Exception
) -> None:
    caplog.set_level(logging.WARNING)
    store = Days()
    tending = Tending(App(), lambda: store)
    store.trouble = trouble
    tending.run()
    noted = len(caplog.records)
    assert noted == 1
    assert "Zoë" not in caplog.text
    tending.run()
    assert store.tended == 2
    if isinstance(trouble, StoreError):
        assert len(caplog.records) == noted
