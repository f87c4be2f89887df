"""`export`: prints check-ins as rows, without names unless a manager asks for them."""

import csv
import json
import sys
from argparse import Namespace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from kiosk.app import start
from kiosk.commands import arguments, signing_in
from kiosk.commands.cells import BOM, safe
from kiosk.commands.given import Given
from kiosk.commands.on_store import NAMES_MISSING, name_days, on_store
from kiosk.commands.progress import Progress
from kiosk.commands.rows import as_utf8
from kiosk.commands.tables import title

if TYPE_CHECKING:
    from db import Accounts, CheckInStore
    from kiosk.commands.arguments import Subparsers


TIMES = ("arrived_at", "called_at", "began_at", "ended_at")
BESIDE = {"service": ["service_name"]} | {name: [f"{name}_local"] for name in TIMES}
"""What a column has beside it in CSV, for people: a service's name, the clinic's time."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "export", help="print check-ins as rows, without names unless asked for"
    )
    arguments.add_span(command, "service day", required=True)
    command.add_argument("--format", choices=["csv", "jsonl"], default="csv")
    command.add_argument(
        "--names", action="store_true", help="names and phones; asks for a manager's PIN"
    )
    command.add_argument("--reason", metavar="TEXT", help="why names are needed (else it is asked)")
    signing_in.add_options(command)


def run(args: Namespace, given: Given) -> int:
    """Print the rows; 3 if days are missing, 4 if names can no longer be opened."""

    def work(store: "CheckInStore", progress: Progress) -> int:
        if args.names:
            accounts = start.open_clinic_accounts(given.settings)
            _allow_names(args, accounts, given.settings.device)
        return _export(store, args, given, progress)

    return on_store(given, work, beside_rows=True)


def _allow_names(args: Namespace, accounts: "Accounts", device: str) -> None:
    """Note which manager takes names away and why, or raise StoreError or EOFError."""
    who = signing_in.manager(args, accounts, device)
    why = signing_in.reason(args)
    span = {"first": str(args.first), "last": str(args.last)}
    accounts.audit.note("names_exported", who.name, device, reason=why, **span)


def _export(store: "CheckInStore", args: Namespace, given: Given, progress: Progress) -> int:
    from db import Arrival, CheckIn, Trouble

    # Whose ticket it is first, what was said on arriving after it.
    columns = sorted(CheckIn.__struct_fields__, key=lambda name: name in Arrival.__struct_fields__)
    columns += ["name", "phone"] if args.names else []
    troubles: list[Trouble] = []
    rows = store.days.export(
        args.first, args.last, names=args.names, progress=progress, troubles=troubles
    )
    missing = False
    writer = csv.writer(sys.stdout, lineterminator="\n")
    to_a_file = as_utf8()
    if args.format == "csv":
        columns = [also for column in columns for also in (column, *BESIDE.get(column, ()))]
        sys.stdout.write(BOM if to_a_file else "")
        writer.writerow(columns)
    for row in rows:
        missing |= args.names and (
            (row["has_name"] and row["name"] is None) or (row["has_phone"] and row["phone"] is None)
        )
        if args.format == "csv":
            row |= _beside(row, given)
            writer.writerow([safe(row[column]) for column in columns])
        else:
            print(json.dumps(row, ensure_ascii=False))
    progress.clear()
    if missing:
        print("Some names can no longer be opened: their key is gone.", file=sys.stderr)
    return name_days(troubles) or (NAMES_MISSING if missing else 0)


def _beside(row: dict[str, Any], given: Given) -> dict[str, str]:
    """What people read beside a slug and a moment in UTC."""
    beside = {"service_name": title(row["service"], given.settings, given.clinic)}
    for name in TIMES:
        at = row[name] and msgspec.convert(row[name], datetime).astimezone(given.clinic.zone)
        beside[f"{name}_local"] = f"{at:%Y-%m-%d %H:%M:%S}" if at else ""
    return beside
