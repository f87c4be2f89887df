"""A test that waits for ever is told so, with what it waits for: the suite must come to its end."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

PATIENCE = int(os.environ.get("CLINIC_TESTS_PATIENCE", "120"))
"""Seconds that no test takes, on however busy a machine."""
FOR_EVER = "It waits for ever"


@contextmanager
def patience() -> Iterator[None]:
    """Fail after PATIENCE, naming where each task of the running loop waits."""

    def lost(_signal: int, _frame: object) -> None:
        pytest.fail("\n".join([f"{FOR_EVER} ({PATIENCE} s).", *_waiting()]), pytrace=True)

    before = signal.signal(signal.SIGALRM, lost)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _waiting() -> Iterator[str]:
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:  # no loop is running
        return
    for task in tasks:
        way, at = [], task.get_coro()
        while at is not None:
            if frame := getattr(at, "cr_frame", None):
                way.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
            at = getattr(at, "cr_await", None)
        yield f"{task.get_name()}: {' > '.join(way)}"
