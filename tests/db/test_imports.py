"""What is loaded when the store is opened, and what of it others may use."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

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
