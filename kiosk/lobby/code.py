"""A large code for one's own phone: the clinic's page on a topic, or the booking of a service."""

from textual.app import ComposeResult
from textual.containers import Container, Grid, Horizontal, Vertical

from kiosk.lobby.screen import LobbyScreen
from kiosk.lobby.texts import Text
from kiosk.widgets.called import CalledStrip
from kiosk.widgets.phone_text import phone_text
from kiosk.widgets.press import Press
from kiosk.widgets.qr_code import QrCode
from kiosk.widgets.words import Words


class CodeScreen(LobbyScreen[None]):
    """The code takes the whole height; what it is, the address in words and the buttons beside."""

    NEXT = False
    IDLE = 2.0

    def __init__(self, text: Text, *, booking: bool) -> None:
        """Show the booking of a service, or the clinic's page on a text."""
        super().__init__()
        self._text = text
        self._booking = booking

    def heading(self) -> str:
        """What it is about."""
        return self._.pick(self._text.title)

    def _what(self) -> str:
        if self._booking:
            return self._("Book this for another day")
        return self._("The clinic's page on this topic (English)")

    def _link(self) -> str:
        if self._booking:
            return self.kiosk.clinic.booking_link(self.kiosk.location.slug, self._text.slug)
        return self._text.source_url

    def compose(self) -> ComposeResult:
        """Left what it is and the buttons, right the code."""
        with Horizontal(id="code-page"):
            with Vertical(id="beside-code"):
                with Horizontal(id="code-head"):
                    yield Words(self.heading(), id="heading")
                    yield Words(self._.clock(self.kiosk.now()), id="clock")
                if self.kiosk.demo:
                    yield Words("DEMO 演示", id="demo")
                with Vertical(id="about-code"):
                    yield Words(self._what(), classes="question")
                    yield Words(self._("Scan with your phone's camera"), classes="hint")
                    yield from self._otherwise()
                yield CalledStrip(self._)
                with Grid(classes="pair"):
                    yield Press(self._("Back"), key="-", id="back")
                    yield Press(self._("Start over"), key="*", id="start-over")
                    yield Press(self._("Help"), key="/", id="help")
                    yield from self.language_button()
            with Container(id="code"):
                yield QrCode(self._link())

    def _otherwise(self) -> ComposeResult:
        yield Words(self._("or open this page:"), classes="hint")
        if not self._booking:
            yield Words(self._link().partition("://")[2], classes="fact")
            return
        yield Words(self.kiosk.clinic.short_url, classes="fact")
        yield Words(self._("or ring us:"), classes="hint")
        phone = phone_text(self.kiosk.location, self._, extensions=True)
        yield Words(phone, classes="fact")
