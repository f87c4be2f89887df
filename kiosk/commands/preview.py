"""`preview`: one text as patients read it, anew whenever it is saved."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.given import Given
from kiosk.preview.run import run as show

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "preview", help="read one text as patients do, anew whenever it is saved"
    )
    command.add_argument(
        "file", type=Path, metavar="FILE", help="content/articles/sleep.en.md, say"
    )


def run(args: Namespace, given: Given) -> int:
    """Show the text until it is left; the rest of the content need not be in order."""
    return show(given.settings, args.file)
