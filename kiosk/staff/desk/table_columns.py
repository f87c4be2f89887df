"""The columns of the queue's table: what they are called, and how wide they are."""

from collections.abc import Mapping

import msgspec

from kiosk.languages.language import Language


class Column(msgspec.Struct, frozen=True):
    """A column: its cells in a terminal 80 wide, and its share of the cells there are beyond."""

    key: str
    cells: int
    share: float = 0.0


COLUMNS = (
    Column("mark", 2),
    Column("ticket", 6, 0.05),
    Column("name", 15, 0.2),
    Column("service", 17, 0.3),
    Column("appointment", 6, 0.05),
    Column("wait", 5, 0.05),
    Column("status", 14, 0.15),
    Column("flags", 14, 0.2),
)
NARROW = sum(column.cells for column in COLUMNS)


def widths_in(available: int) -> list[int]:
    """Each column's cells; what is left over goes to the last."""
    beyond = max(0, available - NARROW)
    widths = [column.cells + int(beyond * column.share) for column in COLUMNS]
    widths[-1] += available - sum(widths)
    return widths


def headers_in(lang: Language) -> Mapping[str, str]:
    """What stands above each, by its key."""
    return {
        "mark": "",
        "ticket": lang("No."),
        "name": lang("Name"),
        "service": lang("For"),
        "appointment": lang("Appt"),
        "wait": lang("Wait"),
        "status": lang("Status"),
        "flags": lang("Flags"),
    }
