"""Finding and destroying what opens names: a day's keys, and the secrets of one person."""

import os
import re
from datetime import date
from pathlib import Path

from db.files import read_whole
from db.line import GONE
from db.parts import SET_ASIDE, parts_of

_KEY = re.compile(rb'"head":\{[^{}]*"key":"([0-9a-f]*)"')
_STARTS = re.compile(rb'[0-9a-f]+ \{"n":([0-9]+)')


def keys_named(folder: Path, day: date) -> list[str]:
    """Give the ids of the keys that a day's files name, damaged or not; raises OSError."""
    found: list[str] = []
    for part in parts_of(folder, day):
        found += [key.decode() for key in _KEY.findall(read_whole(part))]
    return sorted({key for key in found if key})


def destroy_forgotten(folder: Path, day: date, forgotten: dict[str, int]) -> None:
    """Destroy the secrets of check-ins of a day, wherever lines of it were written.

    `forgotten` gives, by id, before which line; who is done with is taken out. Raises OSError.
    """
    beside = [*folder.glob("*.torn"), *folder.glob("*.damaged"), *(folder / SET_ASIDE).glob("*/*")]
    for check_in, before in list(forgotten.items()):
        for part in parts_of(folder, day):
            destroy_secrets(part, check_in, before)
        for path in sorted(beside):
            destroy_secrets(path, check_in)
        del forgotten[check_in]


def destroy_secrets(path: Path, check_in: str, before: int | None = None) -> int:
    """Overwrite the secrets of a check-in in a file of lines, and say how many there were.

    With `before` only those in lines of a lower number. They are gone from the disk on return,
    as far as it keeps nothing of what it overwrites. Raises OSError.
    """
    data = read_whole(path)
    found = re.compile(
        rb'"secret_of":"%s"[^\n]*?,"secret":"([^"\n]*)' % re.escape(check_in.encode())
    )
    places = []
    for match in found.finditer(data):
        start = data.rfind(b"\n", 0, match.start()) + 1
        number = _STARTS.match(data, start)
        if before is None or (number is not None and int(number[1]) < before):
            places.append(match.span(1))
    alive = [(start, stop) for start, stop in places if data[start:stop].strip(GONE)]
    if alive:
        handle = os.open(path, os.O_WRONLY)
        try:
            for start, stop in alive:
                os.pwrite(handle, GONE * (stop - start), start)
            os.fsync(handle)
        finally:
            os.close(handle)
    return len(alive)
