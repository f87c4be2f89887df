"""`appointments`: brings today's booked patients from the calendar's files, each name sealed.

What it prints names files, lines and columns, and nobody.
"""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.given import Given
from kiosk.commands.on_store import DAMAGED, on_store

if TYPE_CHECKING:
    from db import Brought, CheckInStore, Expected
    from kiosk.booked.todays import Today, Todays
    from kiosk.commands.arguments import Subparsers

BY = "run_kiosk.py"
"""Who brought the list, in the records."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "appointments", help="bring today's booked patients from files (CSV, iCalendar)"
    )
    command.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="or a folder; without, how many there are",
    )
    command.add_argument(
        "--watched",
        action="store_true",
        help="read appointments_dir, where that is set; for a timer",
    )


def run(args: Namespace, given: Given) -> int:
    """Read the files; 3 if something of them was left out, and 1 if none could be read."""
    folder = given.settings.appointments_dir
    if args.watched and folder is None:
        return 0
    files = [*args.files, *([folder] if args.watched and folder else [])]
    if not files:
        return on_store(given, lambda store, _: _print_counts(store))
    return on_store(given, lambda store, _: _bring(files, given, store, watched=args.watched))


def _print_counts(store: "CheckInStore") -> int:
    moment = store.moment()
    total, came = len(moment.bookings), sum(one.id in moment.come for one in moment.bookings)
    print(f"Today's list: {total} booked, {came} came." if total else "Today has no list.")
    return 0


def _bring(files: Sequence[Path], given: Given, store: "CheckInStore", *, watched: bool) -> int:
    from kiosk.booked.files import paths_of
    from kiosk.booked.todays import Today

    clinic = given.clinic
    today = Today(store.day, clinic.zone, store.calendar.day_of, store.calendar.at)
    try:
        paths = paths_of(files)
    except OSError as error:
        print(f"The folder cannot be read: {error.strerror}.", file=sys.stderr)
        return 1
    found: dict[str, Todays] = {}
    for path in paths:
        listed = _read(path, given, store, today, watched=watched or path not in files)
        if listed is not None:
            found[path.name if path.name not in found else str(path)] = listed
    if paths and not found:
        return 1
    brought = _take(store, found)
    for name, listed in found.items():
        _tell(name, listed, loud=not watched or any(brought[:3]))
    if not watched or any(brought[:3]):
        new, changed, gone, same = brought
        print(f"Today's list: {new} new, {changed} changed, {gone} taken off, {same} as before.")
    left_out = len(found) < len(paths) or any(listed.bad for listed in found.values())
    return DAMAGED if left_out else 0


def _read(
    path: Path, given: Given, store: "CheckInStore", today: "Today", *, watched: bool
) -> "Todays | None":
    """What of a file concerns today; None, with a sentence, where it cannot be read."""
    from kiosk.booked.files import read_file
    from kiosk.booked.rows_read import ListError
    from kiosk.booked.todays import todays

    here = given.clinic.location(given.settings.location)
    try:
        source = read_file(path, today, store.calendar.now() if watched else None)
        return todays(source.read, today, source.day, given.clinic, here)
    except ListError as refused:
        print(f"{path.name}: {refused}.", file=sys.stderr)
        return None
    except OSError as error:
        print(f"{path.name}: it cannot be read: {error.strerror}.", file=sys.stderr)
        return None


def _take(store: "CheckInStore", found: "dict[str, Todays]") -> "Brought":
    """Have the store take the files; who may stand in a line that cannot be read stays."""
    files: dict[str, Sequence[Expected]] = {}
    keep, part = set[str](), set[str]()
    for name, listed in found.items():
        files[name] = listed.expected
        for bad in listed.bad:
            if bad.ref:
                keep.add(bad.ref)
            elif not bad.is_kept:
                part.add(name)
    return store.bring(files, BY, keep=keep, part=part)


def _tell(name: str, listed: "Todays", *, loud: bool) -> None:
    """Say what was read of a file, and what was not and why."""
    if loud:
        beside = [
            f"{count} {what}"
            for count, what in (
                (listed.other_days, "of other days left out"),
                (listed.other_places, "at other locations left out"),
                (listed.cancelled, "cancelled"),
                (listed.unknown_services, "for what no service here is called"),
            )
            if count
        ]
        told = f"; {', '.join(beside)}" if beside else ""
        print(f"{name}: {len(listed.expected)} booked today{told}.")
    for bad in listed.bad:
        print(f"{name}, {bad}.", file=sys.stderr)
