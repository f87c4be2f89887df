"""The commands that look after the check-ins: verify, close-day, purge, backup, restore, export.

Exit codes: 0 done; 1 it could not be done, with a sentence on standard error; 2 the command line
is wrong; 3 `verify` found damage; 4 `export --names` wrote everything, but some names could no
longer be opened.
"""

import argparse
import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.cells import BOM, safe
from kiosk.commands.progress import Progress
from kiosk.content import Clinic
from kiosk.settings import Settings

if TYPE_CHECKING:
    from db import Accounts, CheckInStore

COMMANDS = ("verify", "close-day", "purge", "backup", "restore", "export")
DAMAGED, NAMES_MISSING = 3, 4


def add_parsers(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]",
    shared_parent: argparse.ArgumentParser,
) -> None:
    """Add the commands to the command line; `shared_parent` holds the options all share."""

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return subparsers.add_parser(name, help=text, parents=[shared_parent])

    add("verify", "check every line of every day's journal")
    add("close-day", "end what is still open today, and write the day out")
    purge = add("purge", "show what has been kept for its time")
    purge.add_argument("--confirm", action="store_true", help="remove it for good")
    backup = add("backup", "copy the check-ins, never the keys")
    backup.add_argument("folder", metavar="DEST", type=Path, help="a new folder")
    restore = add("restore", "bring a backup back; refuses to overwrite what is newer")
    restore.add_argument("folder", metavar="SRC", type=Path)
    export = add("export", "print check-ins as rows, without names unless asked for")
    for flag, name in (("--from", "first"), ("--to", "last")):
        text = "service day, such as 2026-11-23"
        export.add_argument(flag, dest=name, metavar="DAY", type=_day, required=True, help=text)
    export.add_argument("--format", choices=["csv", "jsonl"], default="csv")
    export.add_argument("--names", action="store_true", help="names and phones; asks for a PIN")
    export.add_argument("--account", metavar="NAME", help="whose PIN it is (else it is asked)")
    export.add_argument("--pin-stdin", action="store_true", help="read the PIN from stdin")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-11-23") from None


def run(args: argparse.Namespace, settings: Settings, clinic: Clinic) -> int:
    """Do what `args.command` asks and give the exit code; raises StoreError."""
    from db import StoreError
    from kiosk.start import open_clinic_accounts, open_clinic_store

    store = open_clinic_store(settings, clinic)
    progress = Progress(beside_rows=args.command == "export")
    try:
        match args.command:
            case "verify":
                return _verify(store, progress)
            case "close-day":
                figures = store.close_day()
                print(f"{figures.day} is closed: {figures.arrivals} check-ins.")
            case "purge":
                _purge(store, args.confirm, progress)
            case "backup":
                made = store.backup(args.folder, progress)
                progress.clear()
                print(f"{len(made.days)} days copied. The keys to the names are not among them.")
            case "restore":
                days = store.restore(args.folder, progress)
                progress.clear()
                print(f"{len(days)} days restored." if days else "Everything was here already.")
            case _:
                if args.names:
                    _sign_in(args, open_clinic_accounts(settings), settings.device)
                return _export(store, args, progress)
    except StoreError as refusal:
        progress.clear()
        print(refusal, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\nStopped.", file=sys.stderr)
        return 1
    finally:
        progress.clear()
        store.close()
    return 0


def _verify(store: "CheckInStore", progress: Progress) -> int:
    damaged = False
    days = store.days()
    for done, day in enumerate(days):
        progress(done, len(days))
        found = store.verify(day)
        state = "closed" if found.is_closed else "open"
        if found.damaged_line is not None:
            damaged = True
            state = f"DAMAGED at line {found.damaged_line}"
        elif found.torn_bytes:
            state += f", {found.torn_bytes} bytes of an unfinished line at the end"
        progress.clear()
        print(f"{day}  {found.lines:>6} lines  {found.hash}  {state}")
    return DAMAGED if damaged else 0


def _purge(store: "CheckInStore", confirm: bool, progress: Progress) -> None:
    overdue = store.purge(progress=progress) if confirm else store.overdue()
    progress.clear()
    verb = "Removed" if confirm else "To be removed with --confirm"
    for what, days in (("names and phones", overdue.names), ("records", overdue.records)):
        if days:
            print(f"{verb}, {what}: {', '.join(map(str, days))}")
    if not (overdue.names or overdue.records):
        print("Nothing has been kept for longer than it may be.")


def _sign_in(args: argparse.Namespace, accounts: "Accounts", device: str) -> None:
    """Return if an account's PIN is right; raises StoreError, EOFError."""
    from getpass import getpass

    name = args.account or input("Account: ")
    pin = sys.stdin.readline().strip() if args.pin_stdin else getpass(f"PIN of {name}: ")
    accounts.verify(name, pin, device)


def _export(store: "CheckInStore", args: argparse.Namespace, progress: Progress) -> int:
    import csv  # as getpass: this module is loaded at every start, for its parsers

    from db import Arrival, CheckIn

    # Whose ticket it is first, what was said on arriving after it.
    columns = sorted(CheckIn.__struct_fields__, key=lambda name: name in Arrival.__struct_fields__)
    columns += ["name", "phone"] if args.names else []
    rows = store.export(args.first, args.last, names=args.names, progress=progress)
    missing = False
    writer = csv.writer(sys.stdout, lineterminator="\n")
    to_a_file = not sys.stdout.isatty()
    if to_a_file and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale says
    if args.format == "csv":
        sys.stdout.write(BOM if to_a_file else "")
        writer.writerow(columns)
    for row in rows:
        missing |= args.names and (
            (row["has_name"] and row["name"] is None) or (row["has_phone"] and row["phone"] is None)
        )
        if args.format == "csv":
            writer.writerow([safe(row[column]) for column in columns])
        else:
            print(json.dumps(row, ensure_ascii=False))
    progress.clear()
    if missing:
        print("Some names can no longer be opened: their key is gone.", file=sys.stderr)
    return NAMES_MISSING if missing else 0
