"""`restore`: brings a backup back; refuses to overwrite what is newer."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app import start
from kiosk.commands.backups import ACCOUNTS
from kiosk.commands.given import Given
from kiosk.commands.on_store import on_store
from kiosk.commands.progress import Progress
from kiosk.settings import Settings

if TYPE_CHECKING:
    from db import CheckInStore
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "restore", help="bring a backup back; refuses to overwrite what is newer"
    )
    command.add_argument("folder", metavar="SRC", type=Path)
    command.add_argument("--accounts", action="store_true", help="the staff's accounts too")


def run(args: Namespace, given: Given) -> int:
    """Bring back what is not here, and say what cannot be opened any more."""
    return on_store(given, lambda store, progress: _restore(args, store, given.settings, progress))


def _restore(args: Namespace, store: "CheckInStore", settings: Settings, progress: Progress) -> int:
    restored = store.days.restore(args.folder, progress)
    progress.clear()
    days = len(restored.days)
    print(f"{days} days restored." if days else "Everything was here already.")
    for day in restored.healed:
        print(f"{day} was damaged here: what stood there is kept beside, as {day}.damaged.")
    if restored.erased_again:
        print(f"{restored.erased_again} names that were erased since were erased again.")
    if restored.without_keys:
        missing = len(restored.without_keys)
        print(f"The names and phones of {missing} days cannot be opened: a backup holds no keys.")
    if args.accounts:
        names, with_pins = start.open_clinic_accounts(settings).bring(args.folder / ACCOUNTS)
        print(f"{names} accounts restored.")
        if not with_pins:
            print("Their PINs cannot be: give each a new one with accounts set-pin.")
    elif days and (args.folder / ACCOUNTS).exists():
        print("The staff's accounts are in the backup too: add --accounts to bring them.")
    return 0
