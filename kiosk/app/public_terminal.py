"""PublicTerminal: what Textual's own app would do otherwise, and must not where strangers stand."""

from collections import deque
from contextlib import ExitStack

from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.geometry import Offset

from kiosk.textual_private.faults import FaultTolerant
from kiosk.textual_private.forgetting import forget_shown
from kiosk.textual_private.stylesheet import ParsedOnce
from kiosk.widgets.screen import KioskScreen
from kiosk.widgets.themes import THEMES

BATCHES_HELD = 8
"""The last batches of paint that were to end a little later; each ends once, whoever ends it."""


class PublicTerminal(FaultTolerant, inherit_bindings=False):
    """An app without palette, clipboard or movement, which paints once what changes at once."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    ESCAPE_TO_MINIMIZE = False

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[ExitStack] = deque(maxlen=BATCHES_HELD)
        self.stylesheet = ParsedOnce(variables=self.get_css_variables())
        for theme in THEMES:
            self.register_theme(theme)
        self.animation_level = "none"  # nothing glides or flashes, whatever TEXTUAL_ANIMATIONS says

    def get_driver_class(self) -> type[Driver]:
        """A terminal that strangers type at."""
        from kiosk.textual_private.driver import KioskDriver

        return KioskDriver

    def pop_screen(self) -> AwaitComplete:
        """Take the screen on top away, and paint what is beneath once: when it is gone."""
        with ExitStack() as batch:
            batch.enter_context(self.batch_update())
            leaving = self.screen
            popped = super().pop_screen()
            forget_shown(leaving)
            # Textual refreshes what is beneath once more, right after the other has gone.
            held = batch.pop_all()
            self._held.append(held)
            self.call_next(self.call_next, held.close)
        return popped

    def end_batches(self) -> None:
        """Paint from now on: what would have ended a batch may have gone with a fault."""
        for held in self._held:
            held.close()

    @property
    def cursor_position(self) -> Offset:
        """The cell where the terminal's cursor stands: asked for with every change painted."""
        screen = self.screen
        return screen.cursor if isinstance(screen, KioskScreen) else Offset()

    @cursor_position.setter
    def cursor_position(self, _at: Offset) -> None:
        """Nothing is noted: a field is asked where its cursor stands."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key does anything else while a screen waits for any key at all."""
        if action in ("command", "staff") and getattr(self.screen, "ANY_KEY", False):
            return False
        return super().check_action(action, parameters)

    # No clipboard: what one patient copies, the next could paste.

    @property
    def clipboard(self) -> str:
        """Always empty."""
        return ""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy nothing."""
