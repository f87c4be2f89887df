"""Quiet hours: when the board makes no sound."""

from datetime import time

from kiosk import typed

ANY = "00:00-24:00"
"""Always quiet."""

_MINUTES_A_DAY = 24 * 60


def is_quiet(quiet_hours: str | None, now: time) -> bool:
    """Whether a time of the clinic's day lies in the quiet hours; raises ValueError as `spans`."""
    minute = now.hour * 60 + now.minute
    return any(
        start <= minute < end if start < end else minute >= start or minute < end
        for start, end in spans(quiet_hours or "")
    )


def spans(text: str) -> list[tuple[int, int]]:
    """Minutes of the day from and until; "12:00-13:30, 21:00-08:00" may go over midnight.

    Raises ValueError with a sentence.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        start, dash, end = part.partition("-")
        span = _minutes(start), _minutes(end)
        if not dash or None in span or span[0] == span[1]:
            raise ValueError(f'quiet_hours are written like "21:00-08:00", not {part!r}')
        found.append((span[0] or 0, span[1] or 0))
    return found


def _minutes(text: str) -> int | None:
    if typed.plain(text) == "24:00":
        return _MINUTES_A_DAY
    try:
        hour, minute = typed.clock(text).split(":")
    except ValueError:
        return None
    return int(hour) * 60 + int(minute)
