"""`set-aside`: moves a day out of the way that a clock running ahead has begun."""

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from kiosk.commands import arguments
from kiosk.commands.given import Given
from kiosk.commands.on_store import on_store

if TYPE_CHECKING:
    from db import CheckInStore
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "set-aside", help="move a day out of the way that a clock running ahead has begun"
    )
    command.add_argument(
        "day", metavar="DAY", type=arguments.day, help="a day that is still to come"
    )


def run(args: Namespace, given: Given) -> int:
    """Move it, and say what becomes of those who were here by it."""
    return on_store(given, lambda store, _: _set_aside(store, args.day))


def _set_aside(store: "CheckInStore", day: date) -> int:
    store.days.set_aside(day)
    print(f"{day} is set aside. Who was still here by it is in today's queue.")
    return 0
