"""What the commands read on the command line: days and times, as everywhere else."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import TYPE_CHECKING

from kiosk.languages import typed

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Subparsers = _SubParsersAction[ArgumentParser]
    """Where a command adds itself."""


def day(text: str) -> date:
    """A service day; raises ArgumentTypeError."""
    try:
        return typed.day(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2026-11-23") from None


def clock(text: str) -> str:
    """A time of day as HH:MM; raises ArgumentTypeError."""
    try:
        return typed.clock(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a time such as 13:00") from None


def add_span(command: ArgumentParser, what: str, *, required: bool = False) -> None:
    """Add `--from` and `--to`, which give `first` and `last`; `what` says which days."""
    for flag, name in (("--from", "first"), ("--to", "last")):
        text = f"{what}, such as 2026-11-23"
        command.add_argument(flag, dest=name, metavar="DAY", type=day, required=required, help=text)


def add_json(command: ArgumentParser, whom: str = "for programs to read") -> None:
    """Add `--json`."""
    command.add_argument("--json", action="store_true", help=whom)
