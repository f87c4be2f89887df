"""What was found of this machine: one line of `check` or `doctor`."""

from msgspec import Struct


class Finding(Struct, frozen=True):
    """One line of the report; `wrong` if somebody should do something."""

    text: str
    wrong: bool = False
    error: bool = False
    """Whether the kiosk cannot work as it should until then; it is wrong, too."""


def grave(text: str) -> Finding:
    """What the kiosk cannot work with."""
    return Finding(text, wrong=True, error=True)
