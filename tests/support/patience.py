"""A test that waits for ever is told so, with what it waits for: the suite must come to its end."""

import asyncio
import gc
import inspect
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

PATIENCE = 120
"""Seconds that no test takes, on however busy a machine, but for one that says so."""
FOR_EVER = "It waits for ever"


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Fail after so many seconds, naming where each task of the running loop waits."""

    def lost(_signal: int, _frame: object) -> None:
        pytest.fail("\n".join([f"{FOR_EVER} ({seconds:.0f} s).", *_waiting()]), pytrace=True)

    before = signal.signal(signal.SIGALRM, lost)
    signal.setitimer(signal.ITIMER_REAL, seconds)
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
            if frame := getattr(at, "cr_frame", None) or getattr(at, "ag_frame", None):
                way.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
            at = _next(at)
        yield f"{task.get_name()}: {' > '.join(way)}"


def _next(at: object) -> object:
    """What a coroutine or generator waits for."""
    for name in ("cr_await", "ag_await"):
        if (then := getattr(at, name, None)) is not None:
            if type(then).__name__.startswith("async_generator_"):
                return next(
                    (one for one in gc.get_referents(then) if inspect.isasyncgen(one)), None
                )
            return then
    return None
