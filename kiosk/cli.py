"""The commands of run_kiosk.py."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kiosk.app.start import run_app
from kiosk.content.clinic import ContentError
from kiosk.content.texts import load_clinic
from kiosk.languages.showable import Plain
from kiosk.settings import SettingsError, load_settings

SCREENS = {
    "lobby": "the patients' kiosk (this is what runs when no command is named)",
    "staff": "the queue, for reception and practitioners",
    "board": "the now-serving screen for the waiting room",
    "demo": "the lobby over a throw-away folder, with simulated patients",
}


def _shared() -> argparse.ArgumentParser:
    """The options of every command; each takes a value."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--config", type=Path, metavar="FILE", help="settings (kiosk.toml)")
    shared.add_argument("--data", type=Path, metavar="DIR", help="where check-ins are kept")
    shared.add_argument("--content", type=Path, metavar="DIR", help="what the clinic publishes")
    shared.add_argument("--location", metavar="SLUG", help="which location this machine is in")
    shared.add_argument("--language", metavar="TAG", help="language to begin with, such as ja")
    return shared


def understood(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line in its parts; a screen is opened without the parsers of all the others."""
    screens = argparse.ArgumentParser(add_help=False, parents=[_shared()], exit_on_error=False)
    screens.add_argument("command", nargs="?", choices=list(SCREENS))
    try:
        args, more = screens.parse_known_args(argv)
    except argparse.ArgumentError:
        return parser().parse_args(argv)
    return parser().parse_args(argv) if more else args


def parser() -> argparse.ArgumentParser:
    """The command line, as `--help` shows it."""
    from kiosk.commands import arguments, audit, reception, store

    shared = _shared()
    main = argparse.ArgumentParser(
        prog="run_kiosk.py",
        description="A clinic's lobby kiosk, its staff queue and its board, in a terminal.",
        parents=[shared],
    )
    commands = main.add_subparsers(dest="command", metavar="COMMAND")
    for name, text in SCREENS.items():
        screen = commands.add_parser(name, help=text, parents=[shared])
        if name == "staff":
            screen.add_argument("--account", metavar="NAME", help="nobody else can sign in")
    main.add_argument("--version", action="version", version=_version(), help="which one this is")
    check = commands.add_parser(
        "check", help="what is wrong with the content, and how the machine is", parents=[shared]
    )
    check.add_argument("--json", action="store_true", help="for programs that watch the kiosk")
    doctor = commands.add_parser(
        "doctor", help="one page on this machine, for the telephone", parents=[shared]
    )
    doctor.add_argument("--json", action="store_true", help="for programs that watch the kiosk")
    preview = commands.add_parser(
        "preview", help="read one text as patients do, anew whenever it is saved", parents=[shared]
    )
    preview.add_argument(
        "file", type=Path, metavar="FILE", help="content/articles/sleep.en.md, say"
    )
    for name, text in {
        "queue": "print today's tickets, status and times, without names",
        "stats": "print the figures of today, or of the days asked for",
    }.items():
        command = commands.add_parser(name, help=text, parents=[shared])
        command.add_argument("--json", action="store_true", help="for programs to read")
        if name == "stats":
            for flag in ("from", "to"):
                command.add_argument(
                    f"--{flag}", type=arguments.day, metavar="DAY", help="such as 2026-11-23"
                )
    reception.add_parser(commands, shared)
    store.add_parsers(commands, shared)
    audit.add_parser(commands, shared)
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


def _version() -> str:
    from kiosk.commands.version import MADE_ON, VERSION

    return f"clinic-kiosk {VERSION}, of {MADE_ON}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit code is 0, or 1 with a sentence on standard error.

    Where nobody reads on, as behind `| head`, it ends as other programs do: quietly, with 141.
    """
    _open_what_is_closed()
    try:
        args = understood(argv)
        if (args.command or "lobby") in (*SCREENS, "preview"):
            code = _run(args)
        else:
            with _plain_streams():
                code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes what is left once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    return code


@contextmanager
def _plain_streams() -> Iterator[None]:
    """Whatever a command prints, of content, settings or journals, steers no terminal."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Plain(sys.stdout), Plain(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _open_what_is_closed() -> None:
    """Lead streams that whoever started this has closed to nowhere.

    Python has None in their place, and a file of ours would take their number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115


def _run(args: argparse.Namespace) -> int:
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
            from kiosk.commands import accounts

            return accounts.run(args, settings)
        if command == "check":
            from kiosk.commands import check

            return check.run(settings, args.json)
        if command == "doctor":
            from kiosk.commands import doctor

            return doctor.run(settings, args.json)
        if command == "preview":
            from kiosk.preview import run as preview

            return preview.run(settings, args.file)
        clinic = load_clinic(settings.content_dir)
        clinic.location(settings.location)
        if settings.language not in (None, *clinic.languages):
            known = ", ".join(clinic.languages)
            raise SettingsError(
                f"There is no language {settings.language!r}. The clinic has: {known}."
            )
        if command == "queue":
            from kiosk.commands import queue

            return queue.run(args.json, settings, clinic)
        if command == "stats":
            from kiosk.commands import stats

            days = {"first": getattr(args, "from", None), "last": args.to}
            return stats.run(args.json, settings, clinic, **days)
        if command == "reception":
            from kiosk.commands import reception

            return reception.run(args, settings, clinic)
        if command == "audit":
            from kiosk.commands import audit

            return audit.run(args, settings, clinic)
        if command == "demo":
            from kiosk.demo import run as demo

            return demo.run(settings, clinic)
        if command in SCREENS:
            return run_app(settings, clinic, command, getattr(args, "account", None))
        from kiosk.commands import store

        return store.run(args, settings, clinic)
    except (SettingsError, ContentError) as error:
        print(error, file=sys.stderr)
        return 1
    except Exception as error:
        if isinstance(error, BrokenPipeError):
            raise
        # The store's refusals are sentences; anything else is a fault and shows itself.
        from db import StoreError

        if isinstance(error, StoreError):
            print(error, file=sys.stderr)
            return 1
        raise
