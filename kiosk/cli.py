"""The commands of run_kiosk.py."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.content import Clinic, ContentError
from kiosk.content_files import load_clinic
from kiosk.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from db import Accounts, CheckInStore

SCREENS = {
    "lobby": "the patients' kiosk (this is what runs when no command is named)",
    "staff": "the queue, for reception and practitioners",
    "board": "the now-serving screen for the waiting room",
    "demo": "the lobby over a throw-away folder, with simulated patients",
}


def parser() -> argparse.ArgumentParser:
    """The command line, as `--help` shows it."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--config", type=Path, metavar="FILE", help="settings (kiosk.toml)")
    shared.add_argument("--data", type=Path, metavar="DIR", help="where check-ins are kept")
    shared.add_argument("--content", type=Path, metavar="DIR", help="what the clinic publishes")
    shared.add_argument("--location", metavar="SLUG", help="which location this machine is in")
    shared.add_argument("--language", metavar="TAG", help="language to begin with: en, zh-Hans")
    main = argparse.ArgumentParser(
        prog="run_kiosk.py",
        description="A clinic's lobby kiosk, its staff queue and its board, in a terminal.",
        parents=[shared],
    )
    commands = main.add_subparsers(dest="command", metavar="COMMAND")
    for name, text in SCREENS.items():
        commands.add_parser(name, help=text, parents=[shared])
    commands.add_parser("check", help="look for what is wrong with the content", parents=[shared])
    for name, text in {
        "queue": "print today's tickets, status and times, without names",
        "stats": "print today's figures",
    }.items():
        command = commands.add_parser(name, help=text, parents=[shared])
        command.add_argument("--json", action="store_true", help="for programs to read")
    accounts = commands.add_parser("accounts", help="the staff's accounts", parents=[shared])
    actions = accounts.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="make an account", parents=[shared])
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=["reception", "practitioner", "manager"], required=True)
    pin = actions.add_parser("set-pin", help="give an account a new PIN", parents=[shared])
    pin.add_argument("name", metavar="NAME")
    for command in (add, pin):
        command.add_argument("--pin-stdin", action="store_true", help="read the PIN from stdin")
    remove = actions.add_parser("remove", help="remove an account", parents=[shared])
    remove.add_argument("name", metavar="NAME")
    actions.add_parser("list", help="names and roles", parents=[shared])
    return main


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit code is 0, or 1 with a sentence on standard error."""
    args = parser().parse_args(argv)
    try:
        flags = {
            "data_dir": getattr(args, "data", None),
            "content_dir": getattr(args, "content", None),
            "location": getattr(args, "location", None),
            "language": getattr(args, "language", None),
        }
        settings = load_settings(flags, getattr(args, "config", None))
        command = args.command or "lobby"
        if command == "accounts":
            from kiosk import accounts_command

            return accounts_command.run(args, settings)
        if command == "check":
            from kiosk import check_command

            return check_command.run(settings)
        clinic = load_clinic(settings.content_dir)
        clinic.location(settings.location)
        if command in ("queue", "stats"):
            from kiosk import queue_commands

            return queue_commands.run(command, args.json, settings, clinic)
        if command == "demo":
            from kiosk import demo

            return demo.run(settings, clinic)
        return run_app(settings, clinic, command)
    except (SettingsError, ContentError) as error:
        print(error, file=sys.stderr)
        return 1
    except Exception as error:
        # The store's refusals are sentences; anything else is a fault and shows itself.
        from db import StoreError

        if isinstance(error, StoreError):
            print(error, file=sys.stderr)
            return 1
        raise


def _utc_now() -> datetime:
    return datetime.now(UTC)


def open_clinic_store(
    settings: Settings, clinic: Clinic, *, clock: Callable[[], datetime] = _utc_now
) -> "CheckInStore":
    """The store of the location this machine stands in, as the settings say; raises StoreError.

    `clock` gives aware moments.
    """
    from db import open_store

    return open_store(
        settings.data_dir,
        location=clinic.location(settings.location).slug,
        keys_dir=settings.keys_dir,
        time_zone=clinic.time_zone,
        day_starts=settings.day_starts,
        series=settings.ticket_series,
        device=settings.device,
        phone_region=clinic.region,
        clock=clock,
    )


def open_clinic_accounts(settings: Settings) -> "Accounts":
    """The staff's accounts, as the settings say."""
    from db import open_accounts

    return open_accounts(settings.data_dir, keys_dir=settings.keys_dir)


def run_app(settings: Settings, clinic: Clinic, mode: str) -> int:
    """Open one of the screens and stay until it ends; a crash gives 1."""
    prepare_terminal()
    from kiosk.app import KioskApp

    app = KioskApp(
        settings,
        clinic,
        mode=mode,
        open_store=lambda: open_clinic_store(settings, clinic),
        open_accounts=lambda: open_clinic_accounts(settings),
    )
    return run_until_signalled(app)


def prepare_terminal() -> None:
    """Before Textual is imported: no foreign drivers, and no key that makes a signal."""
    for name in [n for n in os.environ if n.startswith("TEXTUAL") and n != "TEXTUAL_ANIMATIONS"]:
        del os.environ[name]


def run_until_signalled(app: "KioskApp") -> int:
    """Run the app; SIGTERM and SIGHUP end it with the terminal restored."""
    import asyncio

    async def run() -> int | None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, app.exit, 0)
        return await app.run_async()

    result = asyncio.run(run())
    # A panic leaves neither a result nor a code; the supervisor must see a failure.
    return result if result is not None else app.return_code or 1


if TYPE_CHECKING:
    from kiosk.app import KioskApp
