"""Which treatment a booking is for, where the clinic's booking page asks for one."""

from textual.app import ComposeResult

from kiosk.content.clinic import Service
from kiosk.lobby.reading.reading_order import item, named, services
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.shelf import Shelf


class TreatmentsScreen(LobbyScreen[Service | None]):
    """The services; the one that is chosen goes back to where the question came from."""

    NEXT = False
    IDLE = 2.0

    def heading(self) -> str:
        """What is asked."""
        return self._("Which treatment?")

    def compose_body(self) -> ComposeResult:
        """A page of services."""
        clinic = self.kiosk.clinic
        items = [item(service, clinic, self._) for service in services(clinic)]
        yield Shelf(
            items,
            earlier=self._("Page back"),
            later=self._("Next page"),
            larger=self.kiosk.larger,
        )

    async def chosen(self, name: str) -> None:
        """Take a service back, or turn the page."""
        if found := self.query_one(Shelf).choose(name):
            service = named(found, self.kiosk.clinic)
            self.dismiss(service if isinstance(service, Service) else None)
