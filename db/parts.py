"""The files of a service day: its journal, and those in which it went on."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

SET_ASIDE = "set-aside"
"""The folder of days that were begun by a clock that ran ahead."""

DAYS_FILE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([^/]+)")


def part_of(folder: Path, day: date, number: int) -> Path:
    """Give the path of a day's journal, or of the file in which it went on: from 2."""
    return folder / (f"{day}.jsonl" if number == 1 else f"{day}.{number}.jsonl")


def parts_of(folder: Path, day: date) -> list[Path]:
    """Give the day's journal and the files in which it went on, as far as they are there."""
    first = part_of(folder, day, 1)
    if not first.exists():
        return []
    parts = [first]
    while (further := part_of(folder, day, len(parts) + 1)).exists():
        parts.append(further)
    return parts


def days_on_disk(folder: Path, suffix: str = ".jsonl") -> list[date]:
    """Give the days that have such a file in `folder`, oldest first; none if it is not there."""
    return sorted(day for day, rest in _named(folder) if f".{rest}" == suffix)


def days_with_anything(folder: Path) -> list[date]:
    """Give the days that have any file in `folder`, oldest first."""
    return sorted({day for day, _ in _named(folder)})


def files_of(folder: Path, day: date) -> list[Path]:
    """Give everything that belongs to a day, its journal last."""
    return sorted(
        folder.glob(f"{day}.*"), key=lambda path: (path.name == f"{day}.jsonl", path.name)
    )


def strangers(folder: Path) -> list[str]:
    """Give the names of files that look like a day's journal and are none."""
    journals = {f"{day}.{rest}" for day, rest in _named(folder)}
    return sorted(path.name for path in folder.glob("*.jsonl") if path.name not in journals)


def _named(folder: Path) -> Iterable[tuple[date, str]]:
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return
    for name in names:
        match = DAYS_FILE.fullmatch(name)
        if match is None:
            continue
        try:
            yield date.fromisoformat(match[1]), match[2]
        except ValueError:
            continue
