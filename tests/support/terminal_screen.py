"""What a person would see: the screen of a terminal, from the bytes a program writes to it."""

import re

from pyte import ByteStream, Screen

SIZE = (80, 24)
"""Columns and rows."""

_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]"  # CSI
    rb"|[\]PX^_].*?(?:\x07|\x1b\\)"  # OSC and its kin, with their text
    rb"|[ -/]+[0-~]|[0-Z\\`-~])",
    re.DOTALL,
)
_FOREIGN = re.compile(rb"\x1b(?:\[[<=>][^@-~]*[@-~]|\[\?[0-9;]*(?:\$p|u)|[PX^_])")
"""What pyte would misread: kitty's keyboard, questions to the terminal, device strings."""
_FRAME, _FRAME_END = b"\x1b[?2026h", b"\x1b[?2026l"
"""Synchronised output: what comes between the two appears at once."""


class TerminalScreen:
    """Its cells and its cursor."""

    def __init__(self) -> None:
        self._screen = Screen(*SIZE)
        self._stream = ByteStream(self._screen)
        self._unread = b""

    def feed(self, data: bytes) -> None:
        """Show bytes, but not unfinished frames, nor sequences pyte does not know."""
        data = self._unread + data
        whole = len(data) if data.rfind(_FRAME) <= data.rfind(_FRAME_END) else data.rfind(_FRAME)
        data, self._unread = data[:whole], data[whole:]
        done = 0
        while (escape := data.find(b"\x1b", done)) >= 0:
            self._stream.feed(data[done:escape])
            sequence = _SEQUENCE.match(data, escape)
            if sequence is None:
                self._unread = data[escape:] + self._unread
                return
            if not _FOREIGN.match(sequence.group()):
                self._stream.feed(sequence.group())
            done = sequence.end()
        self._stream.feed(data[done:])

    def lines(self) -> list[str]:
        """The rows as text, without blanks at their ends."""
        return ["".join(self._cells(row)).rstrip() for row in range(SIZE[1])]

    @property
    def text(self) -> str:
        """All of it as one text."""
        return "\n".join(self.lines())

    @property
    def framed(self) -> str:
        """The same between two rules, to be read in a report."""
        rule = "-" * SIZE[0]
        return f"{rule}\n{self.text}\n{rule}"

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row, from 0, of the cursor, whether it is shown or not."""
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def at_cursor(self) -> str:
        """What stands from the cursor to the end of its row, single-spaced."""
        column, row = self.cursor
        return " ".join("".join(self._cells(row)[column:]).split())

    def where(self, text: str) -> tuple[int, int] | None:
        """Column and row, from 0, at which a text begins; None where it does not stand."""
        for row in range(SIZE[1]):
            cells = self._cells(row)
            for column in range(SIZE[0]):
                if cells[column] and "".join(cells[column:]).startswith(text):
                    return column, row
        return None

    def _cells(self, row: int) -> list[str]:
        """One string a cell, "" being the second half of a wide character."""
        return [self._screen.buffer[row][column].data for column in range(SIZE[0])]
