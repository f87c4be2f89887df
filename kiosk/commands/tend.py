"""`tend`: what each day brings is done in the store; for a timer, where no kiosk runs."""

from argparse import Namespace
from typing import TYPE_CHECKING

from kiosk.commands.given import Given
from kiosk.commands.on_store import on_store
from kiosk.commands.progress import Progress

if TYPE_CHECKING:
    from db import CheckInStore
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    subparsers.add_parser(
        "tend", help="close days that are over, and remove what was kept for its time; for a timer"
    )


def run(args: Namespace, given: Given) -> int:
    """Do it, and say nothing."""
    return on_store(given, _tend)


def _tend(store: "CheckInStore", _: Progress) -> int:
    store.days.tend()
    return 0
