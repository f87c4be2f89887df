"""`purge`: shows what has been kept for its time, and removes it for good."""

from argparse import Namespace
from typing import TYPE_CHECKING

from kiosk.commands.given import Given
from kiosk.commands.on_store import name_days, on_store
from kiosk.commands.progress import Progress

if TYPE_CHECKING:
    from db import CheckInStore
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("purge", help="show what has been kept for its time")
    command.add_argument("--confirm", action="store_true", help="remove it for good")


def run(args: Namespace, given: Given) -> int:
    """Print which days are concerned; 3 if some could not be read."""
    return on_store(given, lambda store, progress: _purge(store, args.confirm, progress))


def _purge(store: "CheckInStore", confirm: bool, progress: Progress) -> int:
    overdue = store.days.purge(progress=progress) if confirm else store.days.overdue()
    progress.clear()
    verb = "Removed" if confirm else "To be removed with --confirm"
    for what, days in (("names and phones", overdue.names), ("records", overdue.records)):
        if days:
            print(f"{verb}, {what}: {', '.join(map(str, days))}")
    if not (overdue.names or overdue.records):
        print("Nothing has been kept for longer than it may be.")
    return name_days(overdue.failed)
