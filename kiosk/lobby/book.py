"""Booking: a code for one's own phone, the address in words, and the number to ring."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.lobby.screen import LobbyScreen
from kiosk.qr import cell_size
from kiosk.widgets.phone_text import phone_text
from kiosk.widgets.qr_code import QrCode
from kiosk.widgets.words import Words

ROOM_FOR_CODE = (41, 17)
"""Columns and rows that stand free between head and buttons at 80 × 24."""


class BookScreen(LobbyScreen[None]):
    """The clinic's booking page as a QR code; what does not fit is shown as text."""

    NEXT = False

    def heading(self) -> str:
        """What this is."""
        return self._("Book an appointment")

    def step(self) -> str:
        """What it is not."""
        return self._("For another day. To be seen today, check in.")

    def compose_body(self) -> ComposeResult:
        """The code, and beside it every other way."""
        kiosk = self.kiosk
        link = kiosk.clinic.booking_link(kiosk.location.slug)
        columns, rows = cell_size(link)
        with Horizontal(id="book"):
            if columns <= ROOM_FOR_CODE[0] and rows <= ROOM_FOR_CODE[1]:
                yield QrCode(link)
            with Vertical(classes="message"):
                yield Words(self._("Scan with your phone's camera"), classes="question")
                yield Words(self._("or open this page:"), classes="hint")
                yield Words(kiosk.clinic.short_url, classes="fact")
                yield Words(self._("or ring us:"), classes="hint")
                phone = phone_text(kiosk.location, self._, extensions=True)
                yield Words(phone, classes="fact")
                yield Words(self._("or ask at the desk."), classes="hint")
