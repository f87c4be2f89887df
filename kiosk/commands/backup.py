"""`backup`: copies the check-ins, never the keys, into a folder or among the daily backups."""

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands import backups
from kiosk.commands.given import Given
from kiosk.commands.on_store import DAMAGED, name_days, on_store
from kiosk.commands.progress import Progress

if TYPE_CHECKING:
    from db import CheckInStore
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("backup", help="copy the check-ins, never the keys")
    command.add_argument(
        "folder", metavar="DEST", type=Path, nargs="?", help="a new folder (one in backup_dir)"
    )
    command.add_argument("--accounts", action="store_true", help="the staff's accounts too")


def run(args: Namespace, given: Given) -> int:
    """Make it; 3 if some days, or the accounts, could not be read and are missing."""

    def work(store: "CheckInStore", progress: Progress) -> int:
        also: Mapping[str, bytes] = {}
        missing = ""
        if args.accounts or args.folder is None:
            also, missing = backups.accounts_of(given.settings)
        if args.folder is None:
            troubles = backups.make(store, given.settings, given.clinic, progress, also)
        else:
            made = store.days.backup(args.folder, progress, also)
            progress.clear()
            print(f"{len(made.days)} days copied. The keys to the names are not among them.")
            troubles = made.troubles
        if missing:
            print(missing, file=sys.stderr)
        return name_days(troubles) or (DAMAGED if missing else 0)

    return on_store(given, work)
