"""`stats`: the figures of a day or of many, in plain text or JSON, never a name."""

import sys
from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from db import CheckInStore, Trouble
from kiosk.app import start
from kiosk.commands import arguments
from kiosk.commands.given import Given
from kiosk.commands.tables import table, title
from kiosk.content.clinic import Clinic
from kiosk.languages.language import SOURCE, language
from kiosk.queue.figures import Period, read_figures
from kiosk.queue.took import Took
from kiosk.settings import Settings

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers

NO_DAYS, LEFT_OUT = 2, 3
"""The exit codes where what was asked for are no days, and where some could not be read."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "stats", help="print the figures of today, or of the days asked for"
    )
    arguments.add_json(command)
    arguments.add_days(command)


def run(args: Namespace, given: Given) -> int:
    """Print the figures of the days that were asked for; raises StoreError."""
    store = start.open_clinic_store(given.settings, given.clinic)
    asked = arguments.days_asked(args, store.day)
    if asked is None:
        return NO_DAYS
    first, last = asked
    return print_figures(
        args.json, given.settings, given.clinic, first=first, last=last, store=store
    )


def print_figures(
    as_json: bool,
    settings: Settings,
    clinic: Clinic,
    *,
    first: date | None = None,
    last: date | None = None,
    store: CheckInStore | None = None,
) -> int:
    """Print the figures from `first` to `last` (today); raises StoreError.

    0, or 3 if days were left out because they cannot be read: they are named. Where nothing was
    ever recorded nothing is created.
    """
    store = store or start.open_clinic_store(settings, clinic)
    first = first or last or store.day
    last = last or max(first, store.day)
    troubles: list[Trouble] = []
    figures = read_figures(store, first, last, clinic.zone, troubles)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(figures), indent=2).decode())
    else:
        print(_text(figures, settings, clinic, is_today=first == last == store.day))
    for trouble in troubles:
        print(f"{trouble.day}: {trouble.sentence}", file=sys.stderr)
    return LEFT_OUT if troubles else 0


def _text(figures: Period, settings: Settings, clinic: Clinic, *, is_today: bool) -> str:
    name = language(settings.language or SOURCE).pick(clinic.location(settings.location).name)
    when = f"{figures.day:%A %d %B %Y}"
    if figures.last != figures.day:
        when = f"{when} to {figures.last:%A %d %B %Y}, {figures.days} days"
    lines = [f"{when}, {name}", ""]
    if not (figures.arrivals or figures.by_status):
        nobody = "Nobody has checked in today." if is_today else "Nobody checked in."
        return "\n".join([*lines, nobody])
    lines += [f"{figures.arrivals} arrivals"]
    lines += [f"  {status.replace('_', ' '):<11}{n:>4}" for status, n in figures.by_status.items()]
    if figures.recorded < figures.arrivals:
        lines += [f"How it ended is known of {figures.recorded} of them."]
    if figures.rough_days:
        lines += [f"{figures.rough_days} of the days are purged: their times are approximate."]
    lines += ["", "Arrivals by hour"]
    lines += [f"  {hour}:00 {n:>9}" for hour, n in figures.by_hour.items()]
    if wait := figures.wait:
        lines += ["", "Wait until the call"]
        lines += [f"  mean {wait.mean_minutes:g} min, nine in ten at most {wait.p90_minutes} min"]
    lines += ["", "By service"]
    rows = [("Service", "Arrivals", "Mean wait", "Mean visit")]
    for slug, service in figures.by_service.items():
        name = title(slug, settings, clinic)
        rows.append((name, str(service.arrivals), _mean(service.wait), _mean(service.visit)))
    lines += ["  " + line for line in table(rows).splitlines()]
    if figures.rooms:
        lines += ["", "By room"]
        rooms = [("Room", "Visits", "Mean visit")]
        rooms += [(room, str(r.people), _mean(r.visit)) for room, r in figures.rooms.items()]
        lines += ["  " + line for line in table(rooms).splitlines()]
    return "\n".join(lines)


def _mean(took: Took | None) -> str:
    return "" if took is None else f"{took.mean_minutes:g} min"
