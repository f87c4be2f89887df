"""Rooms as they are called: by a number, or by a name, which stands alone."""

import re
import unicodedata

from kiosk.languages.language import Language

_NUMBER = re.compile(r"[A-Za-z]?\d+[A-Za-z]?|[A-Za-z]")


def is_numbered(room: str) -> bool:
    """Whether a room has a number, such as 2, 12b or B, and not a name, such as Lab."""
    return bool(_NUMBER.fullmatch(unicodedata.normalize("NFKC", room).strip()))


def room_text(room: str, _: Language) -> str:
    """What people read, such as "Room 2"; where it has a name, the name alone."""
    return _("Room {room}", room=room) if is_numbered(room) else room


def room_mark(room: str, _: Language) -> str:
    """The same in a few cells, for tables: "R2"."""
    return _("R{room}", room=room) if is_numbered(room) else room
