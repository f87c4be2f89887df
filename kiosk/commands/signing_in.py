"""Signing in for a command that only some may run: an account, its PIN, and for some a reason."""

import argparse
import sys

from db import Account, AccountError, Accounts, Role
from kiosk.staff.door.terminal_name import terminal_name

SHORTEST_REASON = 3


class ForManagersOnly(AccountError):
    """The account is none of a manager's."""

    sentence = "Only a manager's account may do this."


class ReasonMissing(AccountError):
    """Nobody said what names are given away for."""

    sentence = "Names are given away only with a reason: --reason TEXT."


def add_options(command: argparse.ArgumentParser) -> None:
    """Add what says who signs in."""
    command.add_argument("--account", metavar="NAME", help="whose PIN it is (else it is asked)")
    command.add_argument("--pin-stdin", action="store_true", help="read the PIN from stdin")


def manager(args: argparse.Namespace, accounts: Accounts, device: str) -> Account:
    """Give the manager whose PIN is right; raises StoreError and EOFError."""
    from getpass import getpass  # slow to import, and this module is loaded for its options

    name = args.account or input("Account: ")
    pin = sys.stdin.readline().strip() if args.pin_stdin else getpass(f"PIN of {name}: ")
    account = accounts.verify(name, pin, terminal_name(device))
    if account.role is not Role.manager:
        accounts.audit.note("refused", account.name, device, command=args.command)
        raise ForManagersOnly
    return account


def reason(args: argparse.Namespace) -> str:
    """Give why names are wanted, asked for at a terminal; raises ReasonMissing and EOFError."""
    said: str = args.reason or ""
    if not said.strip() and sys.stdin.isatty():
        said = input("Why are names needed? ")
    said = " ".join(said.split())
    if len(said) < SHORTEST_REASON:
        raise ReasonMissing
    return said
