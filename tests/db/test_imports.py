"""What is loaded when the store is opened, and what of it others may use."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import db
from db.core import StoreCore

ROOT = Path(__file__).parents[2]

HEAVY = ("textual", "tinydb", "cryptography", "argon2", "phonenumbers", "ctypes", "kiosk")


def test_a_board_opens_the_store_without_loading_what_it_never_uses(tmp_path: Path) -> None:
    code = (
        "import sys; from db import open_store\n"
        f"store = open_store({str(tmp_path / 'data')!r}, 'downtown', keys_dir='keys')\n"
        "store.queue()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_what_home_asks_for_is_there_without_the_store() -> None:
    code = (
        "import sys; from db import ReceptionState, StoreError, Whom\n"
        "print(*sorted(name for name in sys.modules if name.startswith('db.')))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["db.closed_sets", "db.errors"]


def test_the_face_gives_when_it_runs_what_it_shows_to_a_reader() -> None:
    tree = ast.parse((ROOT / "db" / "__init__.py").read_text("utf-8"))
    shown = {
        name.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("db.")
        for name in node.names
    }
    given = {name: f"db.{module}" for name, module in db._AT.items()}
    assert given == shown
    assert list(db.__all__) == list(given)
    for name, module in given.items():
        assert getattr(db, name) is getattr(import_module(module), name)
    with pytest.raises(ImportError, match="Nonsense"):
        from db import Nonsense  # noqa: F401 - it is not there


ASKED_BY_ALL = {"close", "day", "day_by_clock", "person"}
"""What a core says to anybody; the rest is for those who write."""


def test_nobody_but_the_store_uses_the_tools_it_writes_with() -> None:
    tools = {name for name in vars(StoreCore) if not name.startswith("_")} - ASKED_BY_ALL
    assert {"reading", "writing", "commit", "open_day"} <= tools
    used = re.compile(rf"\bstore(?:\(\))?\.(?:{'|'.join(tools)})\b")
    lines = {
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "kiosk").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if used.search(line)
    }
    assert lines == set()
