"""The commands that look after the check-ins: verify, close-day, purge, backup, restore, export.

Exit codes: 0 done; 1 it could not be done, with a sentence on standard error; 2 the command line
is wrong; 3 some days are damaged or could not be read, and are named, while the rest was done;
4 `export --names` wrote everything, but some names could no longer be opened.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands import arguments, signing_in
from kiosk.commands.cells import BOM, safe
from kiosk.commands.progress import Progress
from kiosk.content.clinic import Clinic
from kiosk.settings import Settings

if TYPE_CHECKING:
    from db import Accounts, CheckInStore, Trouble, Verified

DAMAGED, NAMES_MISSING = 3, 4
ACCOUNTS = "accounts.json"
"""What the staff's accounts are named in a backup."""


def add_parsers(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]",
    shared_parent: argparse.ArgumentParser,
) -> None:
    """Add the commands to the command line; `shared_parent` holds the options all share."""

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return subparsers.add_parser(name, help=text, parents=[shared_parent])

    verify = add("verify", "check every line of every day's journal, or a backup")
    verify.add_argument("folder", metavar="BACKUP", type=Path, nargs="?", help="one that was made")
    close = add("close-day", "end what is still open today, and write the day out")
    close.add_argument("--confirm", action="store_true", help="though people are still here")
    purge = add("purge", "show what has been kept for its time")
    purge.add_argument("--confirm", action="store_true", help="remove it for good")
    backup = add("backup", "copy the check-ins, never the keys")
    backup.add_argument(
        "folder", metavar="DEST", type=Path, nargs="?", help="a new folder (one in backup_dir)"
    )
    backup.add_argument("--accounts", action="store_true", help="the staff's accounts too")
    restore = add("restore", "bring a backup back; refuses to overwrite what is newer")
    restore.add_argument("folder", metavar="SRC", type=Path)
    restore.add_argument("--accounts", action="store_true", help="the staff's accounts too")
    add("tend", "close days that are over, and remove what was kept for its time; for a timer")
    aside = add("set-aside", "move a day out of the way that a clock running ahead has begun")
    aside.add_argument("day", metavar="DAY", type=arguments.day, help="a day that is still to come")
    for name, text in (
        ("erase", "destroy the name and phone of one ticket, for good"),
        ("what-is-kept", "print all that is kept of one ticket, for the person"),
    ):
        person = add(name, text)
        person.add_argument("ticket", metavar="TICKET", help="such as A012")
        person.add_argument(
            "--day", metavar="DAY", type=arguments.day, help="its service day (today)"
        )
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
    from kiosk.app.start import open_clinic_accounts, open_clinic_store

    store = open_clinic_store(settings, clinic)
    progress = Progress(beside_rows=args.command == "export")
    try:
        match args.command:
            case "verify" if args.folder:
                return _verify_backup(store, args.folder)
            case "verify":
                return _verify(store, progress)
            case "close-day":
                return _close_day(store, args.confirm)
            case "purge":
                return _purge(store, args.confirm, progress)
            case "tend":
                store.days.tend()
            case "backup" if args.folder is None:
                from kiosk.commands import backups

                return _name(backups.make(store, settings, clinic, progress))
            case "backup":
                return _backup(args, store, settings, progress)
            case "restore":
                _restore(args, store, settings, progress)
            case "set-aside":
                store.days.set_aside(args.day)
                print(f"{args.day} is set aside. Who was still here by it is in today's queue.")
            case "erase" | "what-is-kept":
                from kiosk.commands import person

                return person.run(args, store, clinic)
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
    """Print a line for each day, those that were set aside and what is no journal too."""
    checks: list[tuple[str, Callable[[], Verified]]] = [
        (f"{day}", partial(store.days.verify, day)) for day in store.days.on_disk()
    ]
    checks += [
        (f"{one.day}, set aside {one.since}", partial(store.days.verify_set_aside, one))
        for one in store.days.all_set_aside()
    ]
    strangers = store.days.strangers()
    is_damaged = bool(strangers)
    for done, (name, check) in enumerate(checks):
        progress(done, len(checks))
        said, is_sound = _verified(check)
        is_damaged |= not is_sound
        progress.clear()
        print(f"{name}  {said}")
    for name in strangers:
        print(f"{name}  is not the journal of a day")
    return DAMAGED if is_damaged else 0


def _verify_backup(store: "CheckInStore", folder: Path) -> int:
    made = store.days.verify_backup(folder)
    print(f"{len(made.days)} days, of {made.location}: everything is as it was copied.")
    return _name(made.troubles)


def _verified(check: "Callable[[], Verified]") -> tuple[str, bool]:
    from db import StoreError

    try:
        found = check()
    except StoreError as refusal:
        return f"UNREADABLE: {refusal}", False
    state = "closed" if found.is_closed else "open"
    if found.damaged_line is not None:
        state = f"DAMAGED at line {found.damaged_line}"
    elif found.torn_bytes:
        state += f", {found.torn_bytes} bytes of an unfinished line at the end"
    if found.garbage_bytes:
        state += f", {found.garbage_bytes} bytes that cannot be read were left behind"
    return f"{found.lines:>6} lines  {found.hash}  {state}", found.damaged_line is None


def _name(troubles: "Sequence[Trouble]") -> int:
    """Name the days that were left out on standard error, and give the exit code."""
    for trouble in troubles:
        print(f"{trouble.day}: {trouble.sentence}", file=sys.stderr)
    return DAMAGED if troubles else 0


def _backup(
    args: argparse.Namespace, store: "CheckInStore", settings: Settings, progress: Progress
) -> int:
    from kiosk.app.start import open_clinic_accounts

    also = {ACCOUNTS: open_clinic_accounts(settings).exported()} if args.accounts else {}
    made = store.days.backup(args.folder, progress, also)
    progress.clear()
    print(f"{len(made.days)} days copied. The keys to the names are not among them.")
    return _name(made.troubles)


def _restore(
    args: argparse.Namespace, store: "CheckInStore", settings: Settings, progress: Progress
) -> None:
    from kiosk.app.start import open_clinic_accounts

    restored = store.days.restore(args.folder, progress)
    progress.clear()
    days = len(restored.days)
    print(f"{days} days restored." if days else "Everything was here already.")
    for day in restored.healed:
        print(f"{day} was damaged here: what stood there is kept beside, as {day}.damaged.")
    if restored.erased_again:
        print(f"{restored.erased_again} names that were erased since were erased again.")
    if restored.without_keys:
        missing = len(restored.without_keys)
        print(f"The names and phones of {missing} days cannot be opened: a backup holds no keys.")
    if args.accounts:
        names, with_pins = open_clinic_accounts(settings).bring(args.folder / ACCOUNTS)
        print(f"{names} accounts restored.")
        if not with_pins:
            print("Their PINs cannot be: give each a new one with accounts set-pin.")
    elif days and (args.folder / ACCOUNTS).exists():
        print("The staff's accounts are in the backup too: add --accounts to bring them.")


def _purge(store: "CheckInStore", confirm: bool, progress: Progress) -> int:
    overdue = store.days.purge(progress=progress) if confirm else store.days.overdue()
    progress.clear()
    verb = "Removed" if confirm else "To be removed with --confirm"
    for what, days in (("names and phones", overdue.names), ("records", overdue.records)):
        if days:
            print(f"{verb}, {what}: {', '.join(map(str, days))}")
    if not (overdue.names or overdue.records):
        print("Nothing has been kept for longer than it may be.")
    return _name(overdue.failed)


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
    if here and not confirmed and sys.stdin.isatty():  # a timer is not asked
        people = "1 person is" if here == 1 else f"{here} people are"
        print(f"{people} still here and would become left or done.", file=sys.stderr)
        if input("End the day all the same? [y/N] ").strip().casefold() not in ("y", "yes"):
            print("Nothing was changed.", file=sys.stderr)
            return 1
    figures = store.days.close()
    print(f"{figures.day} is closed: {figures.arrivals} check-ins.")
    return 0


def _export(store: "CheckInStore", args: argparse.Namespace, progress: Progress) -> int:
    import csv  # as getpass: this module is loaded at every start, for its parsers

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
    return _name(troubles) or (NAMES_MISSING if missing else 0)
