"""Parts of the figures' screen: arrivals as bars, and the keys in as many lines as they need."""

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

from kiosk.languages.language import Language
from kiosk.staff.asking.columns import fitted
from kiosk.staff.asking.key_lines import Key, KeyLines
from kiosk.staff.figures.plot import bars
from kiosk.widgets.press import Press
from kiosk.widgets.said import Saying


class Plot(Static):
    """Arrivals by hour or weekday, drawn anew for whatever room there is."""

    def __init__(self) -> None:
        super().__init__(id="plot", markup=False)
        self._hours: dict[str, int] = {}
        self._written: Callable[[int], str] = str

    def show(self, hours: dict[str, int], written: Callable[[int], str]) -> None:
        """Draw these: a label for each, and how many, as a language writes numbers."""
        self._hours, self._written = hours, written
        self.refresh()

    def said(self) -> list[Saying]:
        """Each with its number."""
        return [Saying(f"{label}: {self._written(n)}") for label, n in self._hours.items()]

    def render(self) -> Content:
        """The bars."""
        width, height = self.size
        labels, values = list(self._hours), list(self._hours.values())
        return bars(labels, values, cells=width, rows=height, written=self._written)


class DayKeys(KeyLines):
    """The keys in one line, or in as many as hold their words."""

    def __init__(self, lang: Language) -> None:
        super().__init__("days-keys")
        self._keys = [
            Key(action, letter, label, "")
            for action, letter, label in (
                ("today", "1", lang("Today")),
                ("week", "2", lang("7 days")),
                ("month", "3", lang("30 days")),
                ("days", "4", lang("Choose")),
                ("weekdays", "5", lang("Weekdays")),
                ("more", "9", lang("More")),
                ("earlier", "<", lang("earlier")),
                ("later", ">", lang("later")),
                ("queue", "Esc", lang("Queue")),
            )
        ]

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
