"""`close-day`: ends what is still open today, and writes the day out."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from kiosk.commands.given import Given
from kiosk.commands.on_store import on_store

if TYPE_CHECKING:
    from db import CheckInStore
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "close-day", help="end what is still open today, and write the day out"
    )
    command.add_argument("--confirm", action="store_true", help="though people are still here")


def run(args: Namespace, given: Given) -> int:
    """Close the day; 1 if somebody at a terminal says that it goes on."""
    return on_store(given, lambda store, _: _close_day(store, args.confirm))


def _close_day(store: "CheckInStore", confirmed: bool) -> int:
    """End the day, if those who are still here may be sent away; 1 if not."""
    from db import OPEN

    here = sum(one.status in OPEN for one in store.today())
    if here and not confirmed and sys.stdin.isatty():  # a timer is not asked
        people = "1 person is" if here == 1 else f"{here} people are"
        print(f"{people} still here and would become left or done.", file=sys.stderr)
        if input("End the day all the same? [y/N] ").strip().casefold() not in ("y", "yes"):
            print("Nothing was changed.", file=sys.stderr)
            return 1
    figures = store.days.close()
    print(f"{figures.day} is closed: {figures.arrivals} check-ins.")
    return 0
