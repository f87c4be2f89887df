"""The base of every screen: its language, its host, and what all screens forbid."""

from pathlib import Path, PurePath
from typing import TypeVar, cast

from textual.message import Message
from textual.screen import Screen

from kiosk.i18n import Language
from kiosk.widgets.host import Kiosk

Result = TypeVar("Result")

_STYLES = Path(__file__).parent.parent / "styles"


def styles(*names: str) -> list[str | PurePath]:
    """Paths of style sheets, for a CSS_PATH that subclasses in other folders inherit.

    A screen names all sheets of its audience, so that no later screen makes Textual parse anew.
    """
    return [_STYLES / f"{name}.tcss" for name in names]


class KioskScreen(Screen[Result]):
    """A screen of the kiosk; `self._("…")` is its text in the session's language."""

    AUTO_FOCUS = None
    ALLOW_SELECT = False
    ANY_KEY = False
    """Whether this screen waits for any key at all, F1, F10 and F12 among them."""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]

    class Command(Message):
        """A key that works on every screen was pressed: `name` is "help" or "start-over"."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    @property
    def kiosk(self) -> Kiosk:
        """The app, as far as screens may know it."""
        return cast(Kiosk, self.app)

    @property
    def on_top(self) -> bool:
        """Whether keys and touches come here; `is_current` is true under a modal screen too."""
        return self.app.screen is self

    @property
    def _(self) -> Language:
        return self.kiosk.language
