"""The clinic's own page on a topic, as a code for one's phone."""

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.lobby.code_frame import CodeFrame
from kiosk.lobby.reading.reading_order import Text
from kiosk.widgets.called import CalledStrip
from kiosk.widgets.words import Words


class TopicPageScreen(CodeFrame[None]):
    """The page that a text of content/ names as its source. It is in English."""

    IDLE = 2.0

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text

    def heading(self) -> str:
        """What this is."""
        return self._("The clinic's page (English)")

    def step(self) -> str:
        """The topic."""
        return self._.pick(self._text.title)

    def compose_strip(self) -> ComposeResult:
        """Who is being called, for those who wait."""
        yield CalledStrip(self._)

    def compose_body(self) -> ComposeResult:
        """The address in words."""
        with Vertical(id="said"):
            yield Words(self._("Scan with your phone's camera"), id="invitation", classes="scan")
            yield Words(self._("or open this page:"), classes="hint")
            yield Words(self._address(), classes="fact")

    def links(self) -> tuple[str, ...]:
        """The page, or where it is too long for a code nothing."""
        return (self._text.source_url,)

    def instead(self) -> str:
        """The address to type."""
        return self._address()

    def _address(self) -> str:
        return self._text.source_url.partition("://")[2].rstrip("/")
