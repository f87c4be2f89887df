"""The services, in the groups' order; each opens in the reader."""

from textual.app import ComposeResult

from kiosk.lobby.reader import ReaderScreen
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.pages import Item, Pages


class ServicesScreen(LobbyScreen[None]):
    """What the clinic offers, with a line on each."""

    NEXT = False
    IDLE = 2.0

    def __init__(self) -> None:
        super().__init__()
        self._page = 0

    def heading(self) -> str:
        """What this is."""
        return self._("Our services")

    def step(self) -> str:
        """What is not here."""
        return self._("Prices and insurance: please ask at the desk")

    def compose_body(self) -> ComposeResult:
        """A page of services."""
        clinic = self.kiosk.clinic
        services = [s for group in clinic.groups for s in clinic.services_of(group.slug)]
        items = [Item(s.slug, self._.pick(s.title), self._.pick(s.summary)) for s in services]
        yield Pages(items, more=self._("More services"), page=self._page)

    async def chosen(self, name: str) -> None:
        """Open a service, or turn the page."""
        pages = self.query_one(Pages)
        slug = pages.choose(name)
        self._page = pages.page
        service = self.kiosk.clinic.service(slug) if slug else None
        if service:
            self.app.push_screen(ReaderScreen(service))
