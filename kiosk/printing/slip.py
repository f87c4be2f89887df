"""The slip a ticket is printed on: plain text, narrow enough for a receipt printer."""

from datetime import datetime

from kiosk.content.clinic import Clinic, Location
from kiosk.content.phone_text import phone_lines
from kiosk.languages.language import Language
from kiosk.languages.wrap import wrap
from kiosk.typesetting.block import block_rows, block_width

WIDTH = 32
"""Columns: what paper 58 mm wide has in the printers' usual letters."""
INK = "#"
"""What the number is drawn with: every printer has it, full blocks have few."""
TO_TEAR = 3
"""Empty lines at the end, so that nothing is torn off with the edge."""


def slip(
    ticket: str, place: str, clinic: Clinic, location: Location, now: datetime, _: Language
) -> str:
    """The number large, how many are before it, and what the ticket's screen says; no name.

    `place` is a sentence, true at `now` (clinic time).
    """
    rows = block_rows(ticket) if block_width(ticket) <= WIDTH else [ticket]
    above = [
        clinic.name,
        f"{_.pick(location.name)}  {_.pick(location.street)}",
        f"{_.day(now.date())}  {_.clock(now)}",
    ]
    below = [
        place,
        _("We call numbers, not names."),
        _("Numbers may be called out of order."),
        "",
        clinic.short_url,
        *phone_lines(location, _),
    ]
    number = [row.replace("█", INK).rstrip() for row in rows]
    lines = [*_wrapped(above), "", *number, "", *_wrapped(below)]
    return "\n".join(lines) + "\n" * (1 + TO_TEAR)


def _wrapped(texts: list[str]) -> list[str]:
    return [line for text in texts for line in wrap(text, WIDTH)]
