"""Printing: hands a plain text to CUPS by its own program, `lp`."""

import subprocess

PATIENCE = 10.0
"""Seconds that `lp` may take to hand a text over; a print server that is gone answers never."""


class NotPrinted(Exception):
    """The text was not handed over: there is no `lp`, no such queue, or no answer."""


def print_text(text: str, queue: str) -> None:
    """Give a text to a CUPS queue; what the printer makes of it later nobody tells.

    It takes as long as `lp` does, so not on a UI thread. Raises NotPrinted.
    """
    try:
        subprocess.run(  # noqa: S603 - a list of words, no shell; settings.py checks the name
            ["lp", "-d", queue],  # noqa: S607 - wherever the system keeps it
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        raise NotPrinted from None
