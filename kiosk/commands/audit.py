"""`audit`: who signed in, saw, gave away and changed what, for a manager's eyes."""

import csv
import json
import sys
from argparse import Namespace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from kiosk.app import start
from kiosk.commands import arguments, signing_in
from kiosk.commands.cells import safe
from kiosk.commands.given import Given

if TYPE_CHECKING:
    from db import AuditEntry
    from kiosk.commands.arguments import Subparsers

COLUMNS = ("at", "kind", "by", "device", "told")


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "audit",
        help="print who signed in, saw names and numbers, and changed accounts; for managers",
    )
    arguments.add_span(command, "day")
    command.add_argument("--format", choices=["csv", "jsonl"], default="csv")
    signing_in.add_options(command)


def run(args: Namespace, given: Given) -> int:
    """Print the entries from `first` to `last` (days of the clinic); raises StoreError.

    That it was read is an entry too.
    """
    settings, clinic = given.settings, given.clinic
    accounts = start.open_clinic_accounts(settings)
    try:
        who = signing_in.manager(args, accounts, settings.device)
    except (KeyboardInterrupt, EOFError):
        print("\nStopped.", file=sys.stderr)
        return 1
    accounts.audit.note("audit_read", who.name, settings.device, **_days(args))
    # A day of the clinic lies in two days of UTC.
    around = timedelta(days=1)
    found = accounts.audit.entries(
        args.first and args.first - around, args.last and args.last + around
    )
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if args.format == "csv":
        writer.writerow(COLUMNS)
    for entry in found:
        at = entry.at.astimezone(clinic.zone)
        if (args.first and at.date() < args.first) or (args.last and at.date() > args.last):
            continue
        row = _row(entry, at.isoformat(timespec="seconds"))
        if args.format == "csv":
            told = "; ".join(f"{name}: {_words(value)}" for name, value in entry.told.items())
            writer.writerow([safe(value) for value in (*list(row.values())[:4], told)])
        else:
            print(json.dumps(row, ensure_ascii=False))
    return 0


def _row(entry: "AuditEntry", at: str) -> dict[str, Any]:
    return {
        "at": at,
        "kind": entry.kind,
        "by": entry.by,
        "device": entry.device,
        "told": entry.told,
    }


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _days(args: Namespace) -> dict[str, str]:
    return {name: str(day) for name, day in (("first", args.first), ("last", args.last)) if day}
