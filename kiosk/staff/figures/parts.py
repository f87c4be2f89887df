"""Parts of the figures' screen: arrivals as bars, and the keys in as many lines as they need."""

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

from kiosk.languages.language import Language
from kiosk.staff.asking.key_lines import Key
from kiosk.staff.asking.key_row import KeyRow
from kiosk.staff.figures.plot import bars
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


class DayKeys(KeyRow):
    """Which days, and what is shown of them."""

    def __init__(self, lang: Language) -> None:
        keys = [
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
        super().__init__("days-keys", keys)
