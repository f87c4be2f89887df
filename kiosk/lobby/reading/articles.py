"""What there is to read, by topic, with the minutes it takes."""

from kiosk.lobby.reading.reading_order import Text, articles
from kiosk.lobby.reading.shelf_screen import ShelfScreen


class ArticlesScreen(ShelfScreen):
    """The articles, in the order of their topics."""

    def heading(self) -> str:
        """What this is."""
        return self._("Read while you wait")

    def step(self) -> str:
        """How to choose."""
        return self._("Press a number or touch a title")

    def texts(self) -> list[Text]:
        """All of them."""
        return [*articles(self.kiosk.clinic)]
