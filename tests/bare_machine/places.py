"""Where the machine's disk, key and pictures lie, and running programs of this computer."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout that is installed and proved."""
MACHINE = Path(os.environ.get("MACHINE", ROOT / ".machine")).resolve()
"""Not for git; about 6 GB."""
BASE = MACHINE / "base.raw"
"""A bare Debian, as somebody has it who has just installed one; never started itself."""
KEY = MACHINE / "key"
"""Of root's, for ssh into the machine."""
PICTURES = MACHINE / "pictures"


def run(*words: object, seconds: float = 900, **more: object) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, in so many seconds at most; raises where it fails."""
    options = {"check": True, "text": True, "timeout": seconds, **more}
    return subprocess.run([str(word) for word in words], **options)
