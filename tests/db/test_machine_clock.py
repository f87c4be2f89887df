"""What the machine says of its own clock: the time services, or else the kernel."""

from __future__ import annotations

import ctypes
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db import ClockIs
from db import clock as machine


def unknown() -> ClockIs:
    return ClockIs.unknown


def test_the_service_that_sets_the_clock_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "synchronized"
    monkeypatch.setattr(machine, "TIMESYNCD", said)
    monkeypatch.setattr(machine, "CHRONY", tmp_path / "none")
    monkeypatch.setattr(machine, "_kernel", unknown)
    assert machine.MachineClock()() is ClockIs.unknown
    said.touch()
    assert machine.MachineClock()() is ClockIs.right


TRACKING = "C0A80001,192.168.0.1,3,1764409000.1,{off},0.0,0.0,0,0,0,0,0,64.2,{leap}"


@pytest.mark.parametrize(
    ("off", "leap", "known"),
    [
        ("0.000021", "Normal", ClockIs.right),
        ("-3600.5", "Normal", ClockIs.wrong),
        ("0.0", "Not synchronised", ClockIs.unknown),
        ("garbled", "Normal", ClockIs.unknown),
    ],
)
def test_chrony_is_asked_how_far_the_clock_is_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, off: str, leap: str, known: ClockIs
) -> None:
    program = tmp_path / "chronyc"
    program.write_text(f"#!/bin/sh\necho '{TRACKING.format(off=off, leap=leap)}'\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(machine, "TIMESYNCD", tmp_path / "none")
    monkeypatch.setattr(machine, "CHRONY", tmp_path)
    monkeypatch.setattr(machine, "_kernel", unknown)
    assert machine.MachineClock()() is known


@pytest.mark.parametrize(
    ("state", "status", "known"),
    [
        (0, 0, ClockIs.right),
        (0, 0x40, ClockIs.unknown),
        (5, 0, ClockIs.unknown),
        (-1, 0, ClockIs.unknown),
    ],
)
def test_else_the_kernel_says_whether_anybody_keeps_the_clock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, state: int, status: int, known: ClockIs
) -> None:
    class Libc:
        def __init__(self, *_: object, **__: object) -> None: ...

        def adjtimex(self, there: Any) -> int:
            there._obj.status = status
            return state

    monkeypatch.setattr(machine, "TIMESYNCD", tmp_path / "none")
    monkeypatch.setattr(machine, "CHRONY", tmp_path / "none")
    monkeypatch.setattr(ctypes, "CDLL", Libc)
    assert machine.MachineClock()() is known


def test_a_date_before_this_version_was_made_is_known_to_be_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine, "EARLIEST", datetime(2999, 1, 1, tzinfo=UTC))
    assert machine.MachineClock()() is ClockIs.wrong


def test_an_answer_is_believed_for_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    now = [1000.0]
    monkeypatch.setattr(machine.time, "monotonic", lambda: now[0])
    clock = machine.MachineClock()
    monkeypatch.setattr(clock, "_ask", lambda: asked.append(1) or ClockIs.right)
    clock(), clock()
    now[0] += machine.AGAIN_AFTER
    assert clock() is ClockIs.right
    assert len(asked) == 2
