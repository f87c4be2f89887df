"""`demo`: the lobby over a throw-away folder, with simulated patients."""

from argparse import Namespace
from typing import TYPE_CHECKING

from kiosk.commands.given import Given
from kiosk.demo.run import run as demonstrate

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    subparsers.add_parser(
        "demo", help="the lobby over a throw-away folder, with simulated patients"
    )


def run(args: Namespace, given: Given) -> int:
    """Open it and remove the folder at the end; 0, or 1 after a crash."""
    return demonstrate(given.settings, given.clinic)
