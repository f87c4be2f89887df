"""`verify`: reads every line of every day's journal, or a backup, and says whether it is sound."""

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.given import Given
from kiosk.commands.on_store import DAMAGED, name_days, on_store
from kiosk.commands.progress import Progress

if TYPE_CHECKING:
    from db import CheckInStore, Verified
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "verify", help="check every line of every day's journal, or a backup"
    )
    command.add_argument("folder", metavar="BACKUP", type=Path, nargs="?", help="one that was made")


def run(args: Namespace, given: Given) -> int:
    """Print what was found; 3 if anything is damaged, 1 if a backup is not what was copied."""
    if args.folder:
        return on_store(given, lambda store, _: _verify_backup(store, args.folder))
    return on_store(given, _verify)


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
    return name_days(made.troubles)


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
