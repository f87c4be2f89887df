"""The services, in the groups' order; each opens in the reader."""

from kiosk.lobby.reading.reading_order import Text, services
from kiosk.lobby.reading.shelf_screen import ShelfScreen


class ServicesScreen(ShelfScreen):
    """What the clinic offers, with a line on each."""

    def heading(self) -> str:
        """What this is."""
        return self._("Our services")

    def step(self) -> str:
        """What is not here."""
        return self._("Prices, insurance: ask at the desk")

    def texts(self) -> list[Text]:
        """All of them."""
        return [*services(self.kiosk.clinic)]
