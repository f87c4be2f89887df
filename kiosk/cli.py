"""The commands of run_kiosk.py, or of clinic-kiosk where that is installed."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from kiosk.commands.given import Given
from kiosk.content.clinic import ContentError
from kiosk.languages.showable import Plain
from kiosk.settings import PROGRAM, Mode, SettingsError, load_settings

COMMANDS = {
    "lobby": "kiosk.commands.screens",
    "staff": "kiosk.commands.screens",
    "board": "kiosk.commands.screens",
    "demo": "kiosk.commands.demo",
    "check": "kiosk.commands.check",
    "doctor": "kiosk.commands.doctor",
    "preview": "kiosk.commands.preview",
    "new-clinic": "kiosk.commands.new_clinic",
    "queue": "kiosk.commands.queue",
    "stats": "kiosk.commands.stats",
    "report": "kiosk.commands.report",
    "appointments": "kiosk.commands.appointments",
    "reception": "kiosk.commands.reception",
    "verify": "kiosk.commands.verify",
    "close-day": "kiosk.commands.close_day",
    "purge": "kiosk.commands.purge",
    "backup": "kiosk.commands.backup",
    "restore": "kiosk.commands.restore",
    "tend": "kiosk.commands.tend",
    "set-aside": "kiosk.commands.set_aside",
    "erase": "kiosk.commands.person",
    "what-is-kept": "kiosk.commands.person",
    "export": "kiosk.commands.export",
    "audit": "kiosk.commands.audit",
    "history": "kiosk.commands.history",
    "accounts": "kiosk.commands.accounts",
}
"""Each command and the module that adds it to the command line (`add_parser`) and does it (`run`).

Only that of the command that was named is loaded; for `--help` all are.
"""
SCREENS = (*Mode, "demo")
"""Those that take the terminal for themselves, and need to be told nothing more."""
FIRST = Mode.lobby
"""What runs when no command is named."""


class CommandLine(argparse.ArgumentParser):
    """A parser with the options of every command; those within it have them too."""

    def __init__(self, **names: Any) -> None:
        super().__init__(parents=[_shared()], **names)


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
    """The command line in its parts; no module is loaded for a command that was not named."""
    first = CommandLine(add_help=False, exit_on_error=False)
    first.add_argument("command", nargs="?")
    for flags in (("-h", "--help"), ("--version",)):
        first.add_argument(*flags, action="store_true")
    try:
        args, more = first.parse_known_args(argv)
    except argparse.ArgumentError:
        return parser().parse_args(argv)
    if not (args.help or args.version or more) and args.command in (None, *SCREENS):
        return args
    if args.help or args.command not in COMMANDS:
        return parser(*[FIRST] * (args.version and not args.help)).parse_args(argv)
    return parser(args.command).parse_args(argv)


def parser(*named: str) -> argparse.ArgumentParser:
    """The command line with the commands that are named, or as `--help` shows it: with all."""
    main: argparse.ArgumentParser = CommandLine(
        prog=PROGRAM,
        description="A clinic's lobby kiosk, its staff queue and its board, in a terminal.",
    )
    commands = main.add_subparsers(dest="command", metavar="COMMAND")
    main.add_argument("--version", action="version", version=_version(), help="which one this is")
    for module in dict.fromkeys(COMMANDS[name] for name in named or COMMANDS):
        import_module(module).add_parser(commands)
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
        if (args.command or FIRST) in (*SCREENS, "preview"):
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
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - it stays open


def _run(args: argparse.Namespace) -> int:
    try:
        flags = {
            "data_dir": getattr(args, "data", None),
            "content_dir": getattr(args, "content", None),
            "location": getattr(args, "location", None),
            "language": getattr(args, "language", None),
        }
        settings = load_settings(flags, getattr(args, "config", None))
        code: int = import_module(COMMANDS[args.command or FIRST]).run(args, Given(settings))
        return code
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
