"""Importing and opening the store loads only what is needed then: start-up is a feature."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ("textual", "tinydb", "cryptography", "argon2", "phonenumbers", "ctypes", "kiosk")


def test_a_board_opens_the_store_without_loading_what_it_never_uses(tmp_path: Path) -> None:
    code = (
        "import sys; from db import open_store\n"
        f"store = open_store({str(tmp_path / 'data')!r}, 'downtown', keys_dir='keys')\n"
        "store.queue()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
