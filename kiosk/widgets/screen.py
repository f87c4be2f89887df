"""The base of every screen: its language, its host, and what all screens forbid."""

from typing import TypeVar, cast

from textual.screen import Screen

from kiosk.i18n import Language
from kiosk.widgets.host import Kiosk

Result = TypeVar("Result")


class KioskScreen(Screen[Result]):
    """A screen of the kiosk; `self._("…")` is its text in the session's language."""

    AUTO_FOCUS = None
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]

    @property
    def kiosk(self) -> Kiosk:
        """The app, as far as screens may know it."""
        return cast(Kiosk, self.app)

    @property
    def _(self) -> Language:
        return self.kiosk.language
