"""Stores on a clock that only tests move, and processes beside ours."""

# ruff: noqa: F811 - a fixture is asked for by its name

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from store_fixtures import clock, journal, open_here, store  # noqa: F401 - fixtures

from db import Accounts, Arrival, CheckInStore, HashCost, Role, open_accounts, open_store
from kiosk.cli import COMMANDS, parser

ROOT = Path(__file__).parents[2]


@pytest.fixture
def format_1(open_here: Callable[..., CheckInStore], tmp_path: Path) -> CheckInStore:
    """The store over a day that the version before this format wrote."""
    for folder in ("data", "keys"):
        shutil.copytree(Path(__file__).parent / "format_1" / folder, tmp_path / folder)
    for path in tmp_path.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return open_here()


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Run code in another process that has `store` on the same folder and the same day."""
    running: list[subprocess.Popen[str]] = []
    before = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from db import *\n"
        f"store = open_store({str(tmp_path / 'data')!r}, 'downtown',"
        f" keys_dir={str(tmp_path / 'keys')!r}, time_zone='Asia/Shanghai', device='other',"
        " clock=lambda: datetime(2026, 11, 23, 2, 30, tzinfo=UTC))\n"
    )

    def run(code: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", before + code],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def open_again(tmp_path: Path, clock: Any) -> Callable[[], Accounts]:
    cheap = HashCost(passes=1, memory=8)
    return lambda: open_accounts(tmp_path / "data", tmp_path / "keys", clock, cost=cheap)


@pytest.fixture
def accounts(open_again: Callable[[], Accounts]) -> Accounts:
    accounts = open_again()
    accounts.add("Lin", Role.reception, "482916")
    return accounts


@pytest.fixture
def two_days(store: CheckInStore, clock: Any) -> CheckInStore:
    """A store with two days, one check-in on each."""
    store.check_in(Arrival(name="=1+1", phone="13812345678", practitioner="@SUM(A1)"))
    clock.move(days=1)
    store.check_in(Arrival(name="王小明"))
    return store


@pytest.fixture
def other(tmp_path: Path, clock: Any) -> CheckInStore:
    """A store on a new disk, with the same keys."""
    return open_store(
        tmp_path / "new",
        "downtown",
        keys_dir=tmp_path / "keys",
        time_zone="Asia/Shanghai",
        clock=clock,
    )


@pytest.fixture
def run(
    two_days: CheckInStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., int]:
    """Run a command on the store's folder and give its exit code."""
    accounts = open_accounts(
        tmp_path / "data", tmp_path / "keys", cost=HashCost(passes=1, memory=8)
    )
    accounts.add("Lin", Role.manager, "482916")
    monkeypatch.setattr("kiosk.app.start.open_clinic_store", lambda *_: two_days)
    monkeypatch.setattr("kiosk.app.start.open_clinic_accounts", lambda *_: accounts)

    def command(*words: str, pin: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(pin))
        args = parser(words[0]).parse_args(words)
        settings = SimpleNamespace(device="desk", language=None)
        clinic = SimpleNamespace(zone=ZoneInfo("Asia/Shanghai"), service=lambda _: None)
        given = SimpleNamespace(settings=settings, clinic=clinic)
        code: int = import_module(COMMANDS[args.command]).run(args, given)
        return code

    return command
