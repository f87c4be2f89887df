"""Keys and their words in one line, or in as many as hold them."""

from collections.abc import Sequence

from textual.content import Content

from kiosk.staff.asking.columns import fitted
from kiosk.staff.asking.key_lines import Key, KeyLines
from kiosk.widgets.press import Press


class KeyRow(KeyLines):
    """The keys of a page beside the queue."""

    def __init__(self, id: str, keys: Sequence[Key]) -> None:
        super().__init__(id)
        self._keys = keys

    def written(self, key: Key) -> Content:
        """The key as a patch, and its word."""
        return Content.assemble((f" {key.letter} ", Press.CHIP), f" {key.label}")

    def fit(self, room: int) -> None:
        """Fill so many cells."""
        cells = [self.written(key).cell_length for key in self._keys]
        columns = len(cells)
        while (widths := fitted(cells, columns, room)) is None and columns > 1:
            columns -= 1
        even = -(-len(cells) // -(-len(cells) // columns))  # as many in each line
        if (better := fitted(cells, even, room)) is not None:
            columns, widths = even, better
        rows = [self._keys[n : n + columns] for n in range(0, len(self._keys), columns)]
        self.lay_out(rows, widths or [room])

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.fit(self.size.width)
