"""What went wrong with one day while the others were seen to."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from msgspec import Struct

from db.errors import StoreError
from db.files import refusal

log = logging.getLogger("clinic.store")


class Trouble(Struct, frozen=True):
    """A day that could not be seen to, and why, in a sentence."""

    day: date
    sentence: str


@contextmanager
def noting(troubles: list[Trouble], day: date) -> Iterator[None]:
    """Note what the block raises as the trouble of one day, in the log too, and go on."""
    try:
        yield
    except Exception as error:  # nothing about one day may stop the others
        troubles.append(Trouble(day, told(error)))
        log.warning("%s: %s", day, troubles[-1].sentence)


def told(error: Exception) -> str:
    """Say in a sentence what went wrong, without a path or a value."""
    if isinstance(error, OSError):
        error = refusal(error)
    if isinstance(error, StoreError):
        return str(error)
    return f"It cannot be read ({type(error).__name__})."
