"""`reception`: say from a terminal whether reception takes people, or print what the lobby says."""

import sys
from argparse import Namespace
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.app import start
from kiosk.commands import arguments
from kiosk.commands.given import Given
from kiosk.content.hours import Opening, opening, with_early
from kiosk.queue.public import reception_now
from kiosk.queue.reception import still_to_come

if TYPE_CHECKING:
    from db import Moment
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

    1 where `--until` is over; 2 where it says nothing: it goes with away and closed.
    """
    from db import ReceptionState

    settings = given.settings
    clinic = given.clinic.with_hours(settings.location, settings.hours)
    if args.until and args.state not in ("away", "closed"):
        print("--until goes with away or closed.", file=sys.stderr)
        return 2
    store = start.open_clinic_store(settings, clinic)
    now = store.calendar.local(store.calendar.now())
    if args.until and not still_to_come(args.until, now):
        print(f"{args.until} is over: it is {now:%H:%M}. Nothing was changed.", file=sys.stderr)
        return 1
    if args.state:
        store.set_reception_state(ReceptionState(args.state), settings.device, args.until)
    here = clinic.location(settings.location)
    hours = opening(clinic.hours_of(here), clinic.region, now)
    hours = with_early(hours, now, settings.early_minutes)
    print(_said(store.moment(), hours, now))
    return 0


def _said(moment: "Moment", hours: Opening, now: datetime) -> str:
    """What the lobby shows of reception, and why where that is not what was set."""
    shown = reception_now(moment, hours)
    until = still_to_come(shown.until, now)
    text = f"Reception is {shown.state}" + (f" until {until}" if until else "")
    if moment.reception is None and shown.state == "closed":
        text += ", by its opening hours"
    text += "."
    if shown.state != "away" or moment.at_desk:
        return text
    if moment.reception and moment.reception.state == "open":
        return f"{text}\nIt is open as soon as somebody signs in at the desk."
    return f"{text}\nNobody is signed in at the desk."
