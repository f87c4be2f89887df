"""Which days on disk a version could not read."""

import json
from pathlib import Path

from installer.machine import CannotError, Machine

HASH = 32
"""A line begins with so many digits, and a space."""
ASK = "from db import FORMAT; print(FORMAT)"


def read_by(machine: Machine, version: Path) -> int:
    """The newest format of days that a version reads, as it says itself."""
    python = version / ".venv/bin/python"
    answer = machine.output("env", "-C", version, python, "-E", "-B", "-c", ASK)
    if not answer.isdecimal():
        raise CannotError(f"{version.name} does not say which days it can read.")
    return int(answer)


def newer_days(data: Path, newest: int) -> list[str]:
    """The days of a newer format than that, with their location; those set aside too."""
    return sorted(
        {
            f"{file.parent.relative_to(data)} {file.name.split('.')[0]}"
            for file in data.glob("*/**/*.jsonl")
            if file.parent.name != "audit" and _format_of(file) > newest
        }
    )


def _format_of(file: Path) -> int:
    """What the first line of a journal says; 1 where it cannot be read, as the store has it."""
    with file.open("rb") as journal:
        line = journal.readline()
    try:
        return int(json.loads(line[HASH + 1 :])["head"].get("format", 1))
    except (ValueError, KeyError, TypeError, AttributeError):
        return 1
