"""On from a text: what belongs to it, the clinic's own page, booking, and checking in."""

from textual.app import ComposeResult
from textual.containers import Grid

from kiosk.content.clinic import Service
from kiosk.lobby.reading.came_for import came_for
from kiosk.lobby.reading.reading_order import Text, lines, name, named, next_text, related
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.called import CalledStrip
from kiosk.widgets.press import Tile

PLACES, LARGER_PLACES = 8, 4
"""How many ways on, and how many of them in the larger size, one in a row."""


class OnwardScreen(LobbyScreen[Text | None]):
    """Where to go after a text; dismisses with the text to read, or None to go back to it."""

    IDLE = 4.0

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text

    def heading(self) -> str:
        """What this is."""
        return self._("More on this")

    def step(self) -> str:
        """What "this" is."""
        return self._.pick(self._text.title)

    def compose_strip(self) -> ComposeResult:
        """Who is being called, for those who wait."""
        yield CalledStrip(self._)

    def next_label(self) -> str:
        """Enter opens the next on the same shelf."""
        return self._("Next one")

    def compose_body(self) -> ComposeResult:
        """Checking in first; codes for one's phone; then what belongs to the text."""
        service = isinstance(self._text, Service)
        places = LARGER_PLACES if self.kiosk.larger else PLACES
        first = self._("Check in for this") if service else self._("Check in here")
        tiles = [Tile(first, self._("Take a number, then read on"), id="check-in", classes="main")]
        if service:
            tiles.append(Tile(self._("Book this"), self._("A code for your phone"), id="book"))
        if self._text.source_url:
            tiles.append(
                Tile(
                    self._("The clinic's page (English)"),
                    self._("A code for your phone"),
                    id="page",
                )
            )
        for text in related(self._text, self.kiosk.clinic)[: max(0, places - len(tiles))]:
            title = self._.pick(text.title)
            tiles.append(Tile(title, *lines(text, self.kiosk.clinic, self._), id=name(text)))
        with Grid(classes="onward"):
            for key, tile in enumerate(tiles, start=1):
                tile.key = str(key)
                yield tile

    async def chosen(self, name: str) -> None:
        """A text to read, a code to scan, or the check-in."""
        match name:
            case "check-in":
                self.begin_check_in(came_for(self._text, self.kiosk.queue_state.reception))
            case "book" if isinstance(self._text, Service):
                self.enter("book", self._text)
            case "page":
                self.enter("topic-page", self._text)
            case _:
                self.dismiss(named(name, self.kiosk.clinic))

    async def next(self) -> None:
        """The next text on the same shelf."""
        self.dismiss(next_text(self._text, self.kiosk.clinic))

    async def back(self) -> None:
        """To the text itself."""
        self.dismiss(None)
