"""Every call to the system that an operation makes fails once, while another process reads.

Reads are cut short or fail, syncs and writes fail after another process has read what was
written, and so on. Nothing that was acknowledged may be lost, no day may be closed, and the same
request made again must come to its end.
"""

from __future__ import annotations

import errno
import fcntl
import itertools
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from db import Arrival, CheckInStore, StoreCorrupt, StoreError, open_store

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ZOE = Arrival(name="Zoë", phone="13812345678", service="cupping")
MOST = 400
"""Calls of one kind that an operation is followed for."""


class Kind(NamedTuple):
    """A call to the system, and how it fails."""

    place: Any
    name: str
    error: int | None
    """None: it does half of what it was asked for, which is no error."""


KINDS = [
    Kind(os, "pread", None),
    Kind(os, "pread", errno.EIO),
    Kind(os, "fdatasync", errno.EIO),
    Kind(os, "fdatasync", errno.ENOSPC),
    Kind(os, "fsync", errno.EIO),
    Kind(os, "write", None),
    Kind(os, "write", errno.ENOSPC),
    Kind(os, "write", errno.EIO),
    Kind(os, "open", errno.EMFILE),
    Kind(os, "open", errno.EIO),
    Kind(os, "stat", errno.EIO),
    Kind(os, "fstat", errno.EIO),
    Kind(os, "ftruncate", errno.EIO),
    Kind(os, "rename", errno.EIO),
    Kind(os, "unlink", errno.EIO),
    Kind(os, "link", errno.EIO),
    Kind(fcntl, "flock", errno.ENOLCK),
]

Operation = Callable[[CheckInStore], object]

OPERATIONS: dict[str, Operation] = {
    "check in": lambda store: store.check_in(ZOE, id="zoe"),
    "check in without a name": lambda store: store.check_in(Arrival(), id="nobody"),
    "first of a day": lambda store: store.check_in(ZOE, id="zoe"),
    "call next": lambda store: store.call_next("1", "lin"),
    "complete and call next": lambda store: store.complete_and_call_next("2", "lin"),
    "undo": lambda store: store.undo("lin"),
    "correct": lambda store: store.amend("one", "lin", name="Zoe"),
    "empty the name": lambda store: store.amend("one", "lin", name=""),
    "erase": lambda store: store.days.erase("A001", "lin"),
    "merge": lambda store: store.merge("two", "three", "lin"),
    "help": lambda store: store.call_for_help("lobby"),
    "queue": lambda store: store.queue(),
    "name": lambda store: store.person(store.today()[0]),
    "figures": lambda store: store.days.figures(store.day, store.day),
    "close the day": lambda store: store.days.close(),
    "tend": lambda store: store.days.tend(),
}


def open_in(folder: Path) -> CheckInStore:
    """Open a store on a clock that stands still."""
    return open_store(
        folder / "data",
        "downtown",
        keys_dir=folder / "keys",
        time_zone="Asia/Shanghai",
        phone_region="CN",
        clock=lambda: NOON,
        lock_timeout=1,
    )


def prepare(folder: Path, operation: str) -> set[str]:
    """Fill a folder so that `operation` has something to do; give the tickets it holds."""
    if operation == "first of a day":
        return set()
    store = open_in(folder)
    store.check_in(Arrival(name="Anna", phone="13912345678"), id="one")
    for id_ in ("two", "three", "four"):
        store.check_in(Arrival(service="cupping"), id=id_)
    store.call("four", "2", "lin")
    store.begin("four", "lin")
    tickets = {one.ticket for one in store.today()}
    store.close()
    return tickets


@contextmanager
def failing(kind: Kind, at: int, meanwhile: Callable[[], object]) -> Iterator[list[int]]:
    """Let the `at`-th call fail, after `meanwhile` has been done; gives how many calls there were.

    What is synced or written is so before the error: another process may have read it.
    """
    real: Callable[..., Any] = getattr(kind.place, kind.name)
    calls = [0]

    def fails(*args: Any, **more: Any) -> Any:
        if calls[0] < 0:
            return real(*args, **more)
        calls[0] += 1
        if calls[0] != at:
            return real(*args, **more)
        now, calls[0] = calls[0], -1
        try:
            with suppress(StoreError):
                meanwhile()
        finally:
            calls[0] = now
        if kind.error is not None:
            raise OSError(kind.error, os.strerror(kind.error))
        if kind.name == "pread":
            handle, size, start = args
            return real(handle, max(1, size // 2), start)
        handle, data = args
        return real(handle, data[: max(1, len(data) // 2)])

    with patch.object(kind.place, kind.name, fails):
        yield calls


def fail_once(kind: Kind, operation: str, at: int) -> tuple[list[str], bool]:
    """Do an operation whose `at`-th call fails; give what is wrong then, and if it came so far."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        before = prepare(folder, operation)
        store, beside = open_in(folder), open_in(folder)
        with suppress(StoreError):
            beside.queue()
        problems: list[str] = []
        act = OPERATIONS[operation]
        with failing(kind, at, beside.queue) as calls:
            try:
                act(store)
            except StoreCorrupt:
                problems.append("said that the day is damaged")
            except StoreError:
                pass
            except OSError as raw:
                problems.append(f"let {type(raw).__name__} through")
        came_so_far = calls[0] >= at
        where = f"{operation}, {kind.name} {kind.error and errno.errorcode[kind.error]}, {at}"
        problems += _wrong_after(folder, operation, before, [store, beside])
        return [f"{where}: {problem}" for problem in problems], came_so_far


def _wrong_after(
    folder: Path, operation: str, before: set[str], stores: list[CheckInStore]
) -> Iterator[str]:
    """Say what is wrong when the fault is over."""
    store, beside = stores
    try:
        last = store.check_in(Arrival(service="tuina"), id="after").ticket
        if operation == "check in":
            again = OPERATIONS[operation](store)
            if again != OPERATIONS[operation](beside):
                yield "a request made again gives two tickets"
        elif operation in ("tend", "close the day", "queue", "figures"):
            OPERATIONS[operation](store)
        seen = [[one.ticket for one in each.today()] for each in (store, beside, open_in(folder))]
        if not seen[0] == seen[1] == seen[2]:
            yield f"terminals do not agree: {seen}"
        if not before | {last} <= set(seen[2]) or len(set(seen[2])) != len(seen[2]):
            yield f"a ticket is lost, or given twice: {seen[2]}"
        found = store.days.verify(store.day)
        if found.damaged_line is not None or found.torn_bytes:
            yield f"the day is damaged at line {found.damaged_line}"
    except (StoreError, OSError) as refusal:
        yield f"refused afterwards: {refusal}"
    finally:
        for each in stores:
            each.close()


def fail_everywhere(
    kinds: Iterable[Kind] = tuple(KINDS), operations: Iterable[str] = tuple(OPERATIONS)
) -> tuple[int, list[str]]:
    """Let every call of every operation fail in turn; give how many faults, and what was wrong."""
    faults, problems = 0, list[str]()
    for operation, kind in itertools.product(operations, kinds):
        for at in range(1, MOST):
            wrong, came_so_far = fail_once(kind, operation, at)
            if not came_so_far:
                break
            faults += 1
            problems += wrong
    return faults, problems


if __name__ == "__main__":
    import logging
    import sys
    import time

    logging.disable()
    began = time.monotonic()
    count, wrong = fail_everywhere()
    print("\n".join(wrong))
    print(f"{count} faults, {len(wrong)} problems, {time.monotonic() - began:.0f} s")
    sys.exit(bool(wrong))
