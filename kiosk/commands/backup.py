"""`backup`: copies the check-ins, never the keys, into a folder or among the daily backups."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app import start
from kiosk.commands import backups
from kiosk.commands.given import Given
from kiosk.commands.on_store import name_days, on_store
from kiosk.commands.progress import Progress
from kiosk.settings import Settings

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
    """Make it; 3 if some days could not be read and are missing."""

    def work(store: "CheckInStore", progress: Progress) -> int:
        if args.folder is None:
            return name_days(backups.make(store, given.settings, given.clinic, progress))
        return _backup(args, store, given.settings, progress)

    return on_store(given, work)


def _backup(args: Namespace, store: "CheckInStore", settings: Settings, progress: Progress) -> int:
    also = {}
    if args.accounts:
        also = {backups.ACCOUNTS: start.open_clinic_accounts(settings).exported()}
    made = store.days.backup(args.folder, progress, also)
    progress.clear()
    print(f"{len(made.days)} days copied. The keys to the names are not among them.")
    return name_days(made.troubles)
