"""`reception`: say from a terminal whether reception takes people, or print what the lobby says."""

import argparse
import sys
from typing import TYPE_CHECKING

from kiosk.commands import arguments
from kiosk.content.clinic import Clinic
from kiosk.settings import Settings

if TYPE_CHECKING:
    from db import CheckInStore

STATES = ("open", "away", "full", "closed")


def add_parser(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]",
    shared_parent: argparse.ArgumentParser,
) -> None:
    """Add the command to the command line; `shared_parent` holds the options all share."""
    command = subparsers.add_parser(
        "reception",
        help="print, or set for today, whether reception takes people",
        parents=[shared_parent],
    )
    command.add_argument("state", nargs="?", choices=STATES, help="without it nothing is changed")
    command.add_argument(
        "--until",
        type=arguments.clock,
        metavar="HH:MM",
        help="when it is back, with away or closed",
    )


def run(
    args: argparse.Namespace,
    settings: Settings,
    clinic: Clinic,
    *,
    store: "CheckInStore | None" = None,
) -> int:
    """Set the state if there is one, print what the lobby shows, and give 0; raises StoreError.

    2 where `--until` says nothing: it goes with away and closed.
    """
    from db import ReceptionState
    from kiosk.app.start import open_clinic_store

    if args.until and args.state not in ("away", "closed"):
        print("--until goes with away or closed.", file=sys.stderr)
        return 2
    store = store or open_clinic_store(settings, clinic)
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
