"""A list of texts to read: six on a page, and who is being called."""

from textual.app import ComposeResult

from kiosk.lobby.reader import ReaderScreen
from kiosk.lobby.screen import LobbyScreen
from kiosk.lobby.texts import Text, line
from kiosk.widgets.called import CalledStrip
from kiosk.widgets.pages import Item
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
            [
                Item(t.slug, self._.pick(t.title), line(t, self.kiosk.clinic, self._))
                for t in self.texts()
            ],
            earlier=self._("Page back"),
            later=self._("Next page"),
            page=self._page,
        )

    async def chosen(self, name: str) -> None:
        """Open a text, or turn the page."""
        shelf = self.query_one(Shelf)
        slug = shelf.choose(name)
        self._page = shelf.page
        text = next((text for text in self.texts() if text.slug == slug), None)
        if text:
            self.app.push_screen(ReaderScreen(text))
