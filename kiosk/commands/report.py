"""`report`: the figures of some days to take away, as a page to print, rows or JSON; no name."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

import msgspec

from kiosk.app import start
from kiosk.commands import arguments
from kiosk.commands.given import Given
from kiosk.commands.on_store import name_days, on_store
from kiosk.commands.rows import as_utf8, print_csv

if TYPE_CHECKING:
    from db import CheckInStore
    from kiosk.commands.arguments import Subparsers

NO_DAYS = 2
"""The exit code where what was asked for are no days."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "report", help="print figures to take away: arrivals, waits, visits, and the days before"
    )
    arguments.add_days(command)
    command.add_argument("--format", choices=["html", "csv", "json"], default="html")


def run(args: Namespace, given: Given) -> int:
    """Print the report; 3 if days were left out because they cannot be read."""
    return on_store(given, lambda store, _: _print(args, given, store), beside_rows=True)


def _print(args: Namespace, given: Given, store: "CheckInStore") -> int:
    from db import Role, Trouble, utc_now
    from kiosk.commands.reporting.lines import Row, rows
    from kiosk.commands.reporting.page import Names, page
    from kiosk.languages.language import language
    from kiosk.queue.report_of_days import read_report

    settings, clinic = given.settings, given.clinic
    days = arguments.days_asked(args, store.day)
    if days is None:
        return NO_DAYS
    practitioners = []
    if settings.practitioner_figures:
        accounts = start.open_clinic_accounts(settings).all()
        practitioners = [one.name for one in accounts if one.role is Role.practitioner]
    troubles: list[Trouble] = []
    location = clinic.location(settings.location)
    report = read_report(
        store,
        *days,
        clinic.zone,
        {room.name: room.services for room in settings.rooms},
        location=location.slug,
        made_at=utc_now().astimezone(clinic.zone),
        practitioners=practitioners,
        troubles=troubles,
    )
    lang = language(settings.language or clinic.languages[0])
    services = {one.slug: lang.pick(one.title) for one in clinic.services}
    names = Names(clinic.short_name, lang.pick(location.name), services)
    match args.format:
        case "html":
            as_utf8()
            print(page(report, names, lang))
        case "csv":
            print_csv(Row._fields, rows(report, names, lang))
        case _:
            as_utf8()
            told = {"service_names": services} | msgspec.to_builtins(report)
            print(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())
    sys.stdout.flush()
    return name_days(troubles)
