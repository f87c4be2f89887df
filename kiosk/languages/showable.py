"""What may reach a terminal: no character that moves the cursor, rings, or reorders a line. Pure.

Such a character in a file, a setting or a journal would change what people read, or do what the
terminal is told by it.
"""

import re
import unicodedata
from typing import TextIO

from rich.cells import cell_len

_SPAN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 with ESC and carriage return, DEL, C1
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    r"\u2028\u2029\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"  # breaks, notes, halves, tags
)
_SEEN_AS_NOTHING = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_NEVER = re.compile(f"[{_SPAN}]")
_NEVER_ON_A_LINE = re.compile(rf"[\t\n{_SPAN}]")


def showable(text: str) -> str:
    """A line of text as it may be shown; what may not leaves as much room as it took."""
    return text if text.isprintable() else _NEVER_ON_A_LINE.sub(_room, text)


def hidden_in(text: str, *, lines: bool = False) -> str:
    """The first character that may not be shown, as U+001B; "" if there is none.

    With `lines` line breaks and tabs may be there.
    """
    if text.isprintable():
        return ""
    found = (_NEVER if lines else _NEVER_ON_A_LINE).search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def is_seen(text: str) -> bool:
    """Whether anything of a text is seen: spaces, accents without a letter and fillers are not."""
    return any(
        unicodedata.category(one)[0] in "LNPS" and one not in _SEEN_AS_NOTHING for one in text
    )


def _room(found: re.Match[str]) -> str:
    return " " * max(cell_len(found[0]), 0)


class Plain:
    """A stream that passes on what may reach a terminal: lines, and nothing that steers it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write the text without what may not be shown."""
        return self.stream.write(text if text.isprintable() else _NEVER.sub("", text))

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)
