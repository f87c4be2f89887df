"""`accounts`: the staff's accounts, listed, made, changed and removed at the machine itself."""

import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime
from getpass import getpass, getuser
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db import AccountError, AccountNow, Accounts, StoreError, UnknownAccount
from kiosk.app import start
from kiosk.commands.given import Given
from kiosk.commands.tables import table
from kiosk.content.clinic import ContentError
from kiosk.settings import SettingsError

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers

ROLES = ["reception", "practitioner", "manager"]


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command, and what it can do, to the command line."""
    accounts = subparsers.add_parser("accounts", help="the staff's accounts")
    actions = accounts.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="make an account")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=ROLES, required=True)
    pin = actions.add_parser("set-pin", help="give an account a new PIN")
    pin.add_argument("name", metavar="NAME")
    for command in (add, pin):
        command.add_argument("--pin-stdin", action="store_true", help="read the PIN from stdin")
    role = actions.add_parser("set-role", help="give an account another role")
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", choices=ROLES)
    rename = actions.add_parser("rename", help="give an account another name; its PIN stays")
    rename.add_argument("name", metavar="NAME")
    rename.add_argument("new", metavar="NEW")
    unlock = actions.add_parser("unlock", help="let an account try again after wrong PINs")
    unlock.add_argument("name", metavar="NAME")
    remove = actions.add_parser("remove", help="remove an account")
    remove.add_argument("name", metavar="NAME")
    actions.add_parser("list", help="names, roles, and when somebody last signed in")


def run(args: Namespace, given: Given) -> int:
    """Do what `accounts ACTION` asks; 0, or 1 with a sentence on standard error.

    Raises StoreError when the accounts cannot be reached.
    """
    accounts = start.open_clinic_accounts(given.settings)
    try:
        print(_listed(accounts, _zone(given)) if args.action == "list" else _act(args, accounts))
    except (AccountError, ValueError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\nNothing was changed.", file=sys.stderr)
        return 1
    return 0


def _act(args: Namespace, accounts: Accounts) -> str:
    """Act, and say what was done."""
    match args.action:
        case "add":
            accounts.check_name(args.name)  # a PIN is not asked for in vain
            account = accounts.add(args.name, args.role, _new_pin(args), by=_who())
            return f"{account.name} ({account.role}) can sign in now."
        case "set-pin":
            if accounts.stamp(args.name) is None:
                raise UnknownAccount(args.name)
            accounts.set_pin(args.name, _new_pin(args), by=_who())
            return f"{args.name} has a new PIN."
        case "set-role":
            account = accounts.set_role(args.name, args.role, by=_who())
            return f"{account.name} is {account.role} now, and signs in anew."
        case "rename":
            account = accounts.rename(args.name, args.new, by=_who())
            return f"{args.name} is {account.name} now, with the PIN as before, and signs in anew."
        case "unlock":
            was_locked = accounts.unlock(args.name, by=_who())
            return f"{args.name} can try again." if was_locked else f"{args.name} was not locked."
        case "remove":
            accounts.remove(args.name, by=_who())
            return f"{args.name} can no longer sign in."
    raise AssertionError(args.action)


def _who() -> str:
    """Who is at this machine's command line: there are no accounts to sign in with, at first."""
    try:
        return f"{getuser()} (command line)"
    except (KeyError, OSError):
        return "command line"


def _new_pin(args: Namespace) -> str:
    if args.pin_stdin:
        return sys.stdin.readline().strip()
    if not sys.stdin.isatty():
        raise ValueError("There is no terminal to ask for a PIN; use --pin-stdin.")
    pin = getpass(f"PIN for {args.name} (6 to 8 digits): ")
    if getpass("The same PIN again: ") != pin:
        raise ValueError("The two PINs differ. Nothing was changed.")
    return pin.strip()


def _zone(given: Given) -> ZoneInfo | None:
    """The clinic's time zone, None for the machine's own: accounts need no content."""
    try:
        return given.clinic.zone
    except (ContentError, SettingsError):
        return None


def _listed(accounts: Accounts, zone: ZoneInfo | None) -> str:
    everyone = accounts.now()
    if not everyone:
        return "There are no accounts yet. Make the first: accounts add NAME --role manager"
    noted = {} if all(one.signed_in for one in everyone) else _noted(accounts)
    return table([_row(one, noted, zone) for one in everyone])


def _noted(accounts: Accounts) -> Mapping[str, datetime]:
    """When people signed in by the audit journal: an earlier version kept it nowhere else."""
    try:
        entries = accounts.audit.entries()
    except StoreError:
        return {}
    return {entry.by: entry.at for entry in entries if entry.kind == "signed_in"}


def _row(
    now: AccountNow, noted: Mapping[str, datetime], zone: ZoneInfo | None
) -> tuple[str, str, str]:
    at = now.signed_in or noted.get(now.account.name)
    last = f"last signed in {at.astimezone(zone):%Y-%m-%d %H:%M}" if at else "no sign-in known"
    if now.locked_until:
        last += f"; locked until {now.locked_until.astimezone(zone):%H:%M}"
    return now.account.name, str(now.account.role), last
