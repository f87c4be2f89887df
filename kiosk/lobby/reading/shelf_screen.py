"""A list of texts to read: six on a page, a search on 8, and who is being called."""

from textual.app import ComposeResult

from kiosk.lobby.reading.reading_order import Text, item, named
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.called import CalledStrip
from kiosk.widgets.press import Press
from kiosk.widgets.shelf import Shelf


class ShelfScreen(LobbyScreen[None]):
    """Texts on a shelf; each opens in the reader. Subclasses say which."""

    NEXT = False
    IDLE = 2.0

    def __init__(self) -> None:
        super().__init__()
        self._page = 0

    def texts(self) -> list[Text]:
        """What stands on the shelf, in order."""
        raise NotImplementedError

    def compose_strip(self) -> ComposeResult:
        """Who is being called, for those who wait."""
        yield CalledStrip(self._)

    def compose_body(self) -> ComposeResult:
        """A page of titles."""
        yield Shelf(
            [item(text, self.kiosk.clinic, self._) for text in self.texts()],
            earlier=self._("Page back"),
            later=self._("Next page"),
            page=self._page,
            larger=self.kiosk.larger,
            eight=Press(self._("Search"), key="8", id="search"),
        )

    async def chosen(self, name: str) -> None:
        """Open a text, turn the page, or search."""
        if name == "search":
            self.enter("search")
            return
        shelf = self.query_one(Shelf)
        chosen = shelf.choose(name)
        self._page = shelf.page
        if chosen and (text := named(chosen, self.kiosk.clinic)):
            self.enter("text", text)
