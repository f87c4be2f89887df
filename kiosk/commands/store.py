"""The commands that look after the check-ins: verify, close-day, purge, backup, restore, export.

Exit codes: 0 done; 1 it could not be done, with a sentence on standard error; 2 the command line
is wrong; 3 `verify` found damage; 4 `export --names` wrote everything, but some names could no
longer be opened.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands import arguments, signing_in
from kiosk.commands.progress import Progress
from kiosk.commands.tables import safe
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
    close = add("close-day", "end what is still open today, and write the day out")
    close.add_argument("--confirm", action="store_true", help="though people are still here")
    purge = add("purge", "show what has been kept for its time")
    purge.add_argument("--confirm", action="store_true", help="remove it for good")
    backup = add("backup", "copy the check-ins, never the keys")
    backup.add_argument("folder", metavar="DEST", type=Path, help="a new folder")
    restore = add("restore", "bring a backup back; refuses to overwrite what is newer")
    restore.add_argument("folder", metavar="SRC", type=Path)
    export = add("export", "print check-ins as rows, without names unless asked for")
    for flag, name in (("--from", "first"), ("--to", "last")):
        text = "service day, such as 2026-11-23"
        export.add_argument(
            flag, dest=name, metavar="DAY", type=arguments.day, required=True, help=text
        )
    export.add_argument("--format", choices=["csv", "jsonl"], default="csv")
    export.add_argument(
        "--names", action="store_true", help="names and phones; asks for a manager's PIN"
    )
    export.add_argument("--reason", metavar="TEXT", help="why names are needed (else it is asked)")
    signing_in.add_options(export)


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
                return _close_day(store, args.confirm)
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
                    _allow_names(args, open_clinic_accounts(settings), settings.device)
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


def _allow_names(args: argparse.Namespace, accounts: "Accounts", device: str) -> None:
    """Note which manager takes names away and why, or raise StoreError or EOFError."""
    who = signing_in.manager(args, accounts, device)
    why = signing_in.reason(args)
    span = {"first": str(args.first), "last": str(args.last)}
    accounts.audit.note("names_exported", who.name, device, reason=why, **span)


def _close_day(store: "CheckInStore", confirmed: bool) -> int:
    """End the day, if those who are still here may be sent away; 1 if not."""
    from db import OPEN

    here = sum(one.status in OPEN for one in store.today())
    if here and not confirmed:
        people = "1 person is" if here == 1 else f"{here} people are"
        print(f"{people} still here and would become left or done.", file=sys.stderr)
        if not sys.stdin.isatty():
            print("Say that this is meant with --confirm. Nothing was changed.", file=sys.stderr)
            return 1
        if input("End the day all the same? [y/N] ").strip().casefold() not in ("y", "yes"):
            print("Nothing was changed.", file=sys.stderr)
            return 1
    figures = store.close_day()
    print(f"{figures.day} is closed: {figures.arrivals} check-ins.")
    return 0


def _export(store: "CheckInStore", args: argparse.Namespace, progress: Progress) -> int:
    import csv  # as getpass: this module is loaded at every start, for its parsers

    from db import Arrival, CheckIn

    # Whose ticket it is first, what was said on arriving after it.
    columns = sorted(CheckIn.__struct_fields__, key=lambda name: name in Arrival.__struct_fields__)
    columns += ["name", "phone"] if args.names else []
    rows = store.export(args.first, args.last, names=args.names, progress=progress)
    missing = False
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if args.format == "csv":
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
