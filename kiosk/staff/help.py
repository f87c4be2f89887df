"""All keys of the queue screen, in words."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Grid, Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.staff.keys import staff_keys
from kiosk.staff.questions import AnswerPress
from kiosk.widgets.press import Press
from kiosk.widgets.screen import KioskScreen


class StaffHelpScreen(ModalScreen[None], KioskScreen[None]):
    """A page that lists every key; any of the usual ones closes it."""

    CSS_PATH = "../styles/staff.tcss"
    BINDINGS = [Binding("escape,enter,space,question_mark,？,minus", "close", show=False)]

    def compose(self) -> ComposeResult:
        """A line a key, and the way back."""
        with Vertical(id="all-keys"):
            with Horizontal():
                yield Static(self._("All keys"), id="all-keys-title", markup=False)
                yield AnswerPress(self._("Close"), key="Esc", id="close")
            with Grid():
                for key in staff_keys(self._):
                    letter = Content.styled(f" {key.letter} ", "bold $on-jade on $jade")
                    yield Static(letter, classes="letter")
                    yield Static(key.twin.upper(), classes="twin", markup=False)
                    yield Static(key.sentence, markup=False)

    @on(Press.Pressed, "#close")
    def action_close(self) -> None:
        """Back to the queue."""
        self.dismiss()

    @on(KioskScreen.Command)
    def _command(self) -> None:
        """F1 again closes it too."""
        self.dismiss()
