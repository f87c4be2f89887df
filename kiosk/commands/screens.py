"""`lobby`, `staff` and `board`: each opens its screen and stays until that ends."""

from argparse import Namespace
from typing import TYPE_CHECKING

from kiosk.app.start import run_app
from kiosk.commands.given import Given
from kiosk.settings import Mode

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the commands to the command line."""
    subparsers.add_parser(
        "lobby", help="the patients' kiosk (this is what runs when no command is named)"
    )
    staff = subparsers.add_parser("staff", help="the queue, for reception and practitioners")
    staff.add_argument("--account", metavar="NAME", help="nobody else can sign in")
    board = subparsers.add_parser("board", help="the now-serving screen for the waiting room")
    board.add_argument(
        "--sound-test",
        action="store_true",
        help="play the chime and a call in each language, once, and no more; 1 if one could not be",
    )


def run(args: Namespace, given: Given) -> int:
    """Open the screen that was named, a crash gives 1; or only try how the board sounds."""
    if getattr(args, "sound_test", False):
        from kiosk.commands.sound_test import sound_test

        return sound_test(given.settings, given.settings.languages or given.clinic.languages)
    account = getattr(args, "account", None)
    return run_app(given.settings, given.clinic, Mode(args.command or Mode.lobby), account)
