"""`reception`: say from a terminal whether reception takes people, or print what the lobby says."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from kiosk.app import start
from kiosk.commands import arguments
from kiosk.commands.given import Given

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers

STATES = ("open", "away", "full", "closed")


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "reception", help="print, or set for today, whether reception takes people"
    )
    command.add_argument("state", nargs="?", choices=STATES, help="without it nothing is changed")
    command.add_argument(
        "--until",
        type=arguments.clock,
        metavar="HH:MM",
        help="when it is back, with away or closed",
    )


def run(args: Namespace, given: Given) -> int:
    """Set the state if there is one, print what the lobby shows, and give 0; raises StoreError.

    2 where `--until` says nothing: it goes with away and closed.
    """
    from db import ReceptionState

    settings, clinic = given.settings, given.clinic
    if args.until and args.state not in ("away", "closed"):
        print("--until goes with away or closed.", file=sys.stderr)
        return 2
    store = start.open_clinic_store(settings, clinic)
    if args.state:
        store.set_reception_state(ReceptionState(args.state), settings.device, args.until)
    now = store.reception_state()
    until = f" until {now.until}" if now.until else ""
    print(f"Reception is {now.state}{until}.")
    if args.state == "open" and now.state == "away":
        print("It is open as soon as somebody is signed in at a staff terminal.")
    elif now.state == "away" and not store.present():
        print("Nobody is signed in at a staff terminal.")
    return 0
