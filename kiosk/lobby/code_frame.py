"""The frame of a screen whose subject is a code: words and buttons left, the code right."""

from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical

from kiosk.lobby.screen import LobbyScreen
from kiosk.qr import LARGEST
from kiosk.widgets.qr_code import QrCode

Result = TypeVar("Result")


class CodeFrame(LobbyScreen[Result]):
    """A lobby screen with its buttons beside the code, which has every row below the head.

    At 80 × 24 that is room for 41 × 21 cells; the code grows with the window.
    """

    NEXT = False

    def links(self) -> tuple[str, ...]:
        """What the code holds: the first of these that has room; none for a text alone."""
        return ()

    def instead(self) -> str:
        """What stands there when no code has room."""
        return ""

    def compose(self) -> ComposeResult:
        """Head, then body and buttons beside the code."""
        yield from self.compose_head()
        with Horizontal(id="with-code"):
            with Vertical(id="beside-code"):
                with Vertical(id="body"):
                    yield from self.compose_body()
                with Grid(id="bar", classes="pair"):
                    yield from self.compose_bar()
            with Vertical(id="code"):
                yield QrCode("", instead="", largest=LARGEST)

    def on_mount(self) -> None:
        """Show the code."""
        super().on_mount()
        self.show_code()

    async def relanguage(self) -> None:
        """The same in another language."""
        await super().relanguage()
        self.show_code()

    def show_code(self) -> None:
        """Show what `links` and `instead` say now."""
        self.query_one(QrCode).show(*self.links(), instead=self.instead())
        self.call_after_refresh(self._mark_code)

    async def on_resize(self) -> None:
        """Another window may have room for a code, or none any more."""
        self.call_after_refresh(self._mark_code)

    def _mark_code(self) -> None:
        """Where no code is to be seen, nothing that asks to scan one is said (class `scan`)."""
        for code in self.query(QrCode):
            self.set_class(code.fit(code.size) is None, "no-code")
        self.call_after_refresh(self._close_up)

    def _close_up(self) -> None:
        """Where the words have not room enough, without air between them, and the fewest."""
        for said in self.query("#said"):
            below = max((word.region.bottom for word in said.children if word.display), default=0)
            if below > said.region.bottom - said.styles.padding.bottom:
                said.add_class("close")
