"""`accounts`: add, set-pin, remove and list the staff's accounts, at the machine itself."""

import sys
from argparse import Namespace
from getpass import getpass, getuser
from typing import TYPE_CHECKING

from db import AccountError, Accounts
from kiosk.app import start
from kiosk.commands.given import Given

if TYPE_CHECKING:
    from kiosk.commands.arguments import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command, and what it can do, to the command line."""
    accounts = subparsers.add_parser("accounts", help="the staff's accounts")
    actions = accounts.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="make an account")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=["reception", "practitioner", "manager"], required=True)
    pin = actions.add_parser("set-pin", help="give an account a new PIN")
    pin.add_argument("name", metavar="NAME")
    for command in (add, pin):
        command.add_argument("--pin-stdin", action="store_true", help="read the PIN from stdin")
    remove = actions.add_parser("remove", help="remove an account")
    remove.add_argument("name", metavar="NAME")
    actions.add_parser("list", help="names and roles")


def run(args: Namespace, given: Given) -> int:
    """Do what `accounts ACTION` asks; 0, or 1 with a sentence on standard error.

    Raises StoreError when the accounts cannot be reached.
    """
    accounts = start.open_clinic_accounts(given.settings)
    try:
        print(_act(args, accounts))
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
            if _is_there(args.name, accounts):
                raise ValueError(f"There is already an account named {args.name}.")
            account = accounts.add(args.name, args.role, _new_pin(args), by=_who())
            return f"{account.name} ({account.role}) can sign in now."
        case "set-pin":
            if not _is_there(args.name, accounts):
                raise ValueError(f"There is no account named {args.name}.")
            accounts.set_pin(args.name, _new_pin(args), by=_who())
            return f"{args.name} has a new PIN."
        case "remove":
            accounts.remove(args.name, by=_who())
            return f"{args.name} can no longer sign in."
        case _:
            return _listed(accounts)


def _who() -> str:
    """Who is at this machine's command line: there are no accounts to sign in with, at first."""
    try:
        return f"{getuser()} (command line)"
    except (KeyError, OSError):
        return "command line"


def _is_there(name: str, accounts: Accounts) -> bool:
    """Whether there is such an account: a PIN is not asked for in vain."""
    wanted = " ".join(name.split()).casefold()
    return any(account.name.casefold() == wanted for account in accounts.all())


def _new_pin(args: Namespace) -> str:
    if args.pin_stdin:
        return sys.stdin.readline().strip()
    if not sys.stdin.isatty():
        raise ValueError("There is no terminal to ask for a PIN; use --pin-stdin.")
    pin = getpass(f"PIN for {args.name} (6 to 8 digits): ")
    if getpass("The same PIN again: ") != pin:
        raise ValueError("The two PINs differ. Nothing was changed.")
    return pin.strip()


def _listed(accounts: Accounts) -> str:
    everyone = accounts.all()
    if not everyone:
        return "There are no accounts yet. Make the first: accounts add NAME --role manager"
    width = max(len(account.name) for account in everyone)
    return "\n".join(f"{account.name:<{width}}  {account.role}" for account in everyone)
