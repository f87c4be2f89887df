"""A clock that only tests move, and stores on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import CheckInStore, open_store


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai

    def __call__(self) -> datetime:
        return self.now

    def move(self, **more: float) -> None:
        self.now += timedelta(**more)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_here(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., CheckInStore]]:
    """Open stores, one a "terminal", on the same folder."""
    opened = []

    def open_one(**options: Any) -> CheckInStore:
        options = {
            "location": "downtown",
            "keys_dir": tmp_path / "keys",
            "time_zone": "Asia/Shanghai",
            "device": "desk",
            "phone_region": "CN",
            "clock": clock,
        } | options
        opened.append(open_store(tmp_path / "data", **options))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(open_here: Callable[..., CheckInStore]) -> CheckInStore:
    return open_here()


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """The file of the clock's first day."""
    return tmp_path / "data" / "downtown" / "2026-11-23.jsonl"
