"""What the commands read on the command line: days and times, as everywhere else."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kiosk.languages import typed, typed_days

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


class Days(NamedTuple):
    """Days as they were typed; which they are depends on what day it is."""

    text: str

    def of(self, today: date) -> tuple[date, date]:
        """The first and the last of them; raises ValueError with a sentence."""
        return typed_days.days(self.text, today)


def days(text: str) -> Days:
    """A day or a span of them; raises ArgumentTypeError."""
    try:
        Days(text).of(date(typed.LAST_YEAR, 12, 31))
    except typed_days.StillToCome:
        pass  # by what day it is then, the command says so
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2026-11-23") from None
    return Days(text)


def add_days(command: ArgumentParser) -> None:
    """Add days in words, such as "last month", and `--from` and `--to`; see `days_asked`."""
    such = "such as 2026-11-23, yesterday, Nov or 1.11-15.11"
    command.add_argument("days", nargs="*", metavar="DAYS", help=f"{such} (today)")
    for flag, name in (("--from", "first"), ("--to", "last")):
        command.add_argument(flag, dest=name, metavar="DAY", type=days, help=such)


def days_asked(args: Namespace, today: date) -> tuple[date, date] | None:
    """The first and last day of what `add_days` took; None, with a sentence, if there are none.

    From a day on means until today; a longer span alone, as a month, means itself.
    """
    try:
        if args.days:
            return typed_days.days(" ".join(args.days), today)
        if args.first is None:
            return args.last.of(today) if args.last else (today, today)
        first, last = args.first.of(today)
        if args.last:
            last = args.last.of(today)[1]
            return min(first, last), max(first, last)
        return first, (today if first == last else last)
    except ValueError as refused:
        print(refused, file=sys.stderr)
        return None


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
