"""Days and times on the command line, read as everywhere else."""

from argparse import ArgumentTypeError
from datetime import date

from kiosk.languages import typed


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
