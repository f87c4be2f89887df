"""`close-day`: ends what is still open today, and writes the day out."""

import sys
from argparse import SUPPRESS, Namespace
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.commands.given import Given
from kiosk.commands.on_store import on_store
from kiosk.languages import typed

if TYPE_CHECKING:
    from db import CheckInStore
    from kiosk.commands.arguments import Subparsers

NOBODY_TO_ASK = (
    "Nothing was changed: there is no terminal to ask at. With --yes it is done all the same."
)
STILL_HERE = {
    "waiting": "waiting",
    "called": "called",
    "in_service": "with staff",
    "parked": "at the laboratory",
}
"""Those who are still here, by status, as the queue's header calls them."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "close-day", help="end what is still open today, and write the day out"
    )
    command.add_argument("--yes", action="store_true", help="though people are still here")
    command.add_argument("--confirm", dest="yes", action="store_true", help=SUPPRESS)


def run(args: Namespace, given: Given) -> int:
    """Close the day; 1 if people are still here and nobody says that it ends all the same."""
    return on_store(given, lambda store, _: _close_day(store, args.yes))


def _close_day(store: "CheckInStore", confirmed: bool) -> int:
    """End the day, if those who are still here may be sent away; 1 if not."""
    here = Counter[str](one.status for one in store.today())
    if not confirmed and (ends := _what_ends(here)):
        print(ends, file=sys.stderr)
        if not sys.stdin.isatty():
            print(NOBODY_TO_ASK, file=sys.stderr)
            return 1
        if typed.plain(input("End the day now? [y/N] ")).casefold() not in ("y", "yes"):
            print("Nothing was changed.", file=sys.stderr)
            return 1
    figures = store.days.close()
    print(f"{figures.day} is closed: {figures.arrivals} check-ins.")
    return 0


def _what_ends(here: Mapping[str, int]) -> str:
    """Who is still here and what would become of them, in two lines; "" where nobody is."""
    counts = {words: here[status] for status, words in STILL_HERE.items() if here[status]}
    people, seen = sum(counts.values()), here["in_service"]
    if not people:
        return ""
    if seen in (0, people):
        become = f"They would become {'done' if seen else 'left'}."
    else:
        become = f"{people - seen} of them would become left, {seen} done."
    return f"Still here: {', '.join(f'{n} {words}' for words, n in counts.items())}.\n{become}"
