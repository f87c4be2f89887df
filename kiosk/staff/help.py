"""All keys of the queue screen, in words; each can be pressed or touched here too."""

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Grid, Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.staff.asking import AnswerPress
from kiosk.staff.columns import GAP
from kiosk.staff.keys import Key, bindings, staff_keys
from kiosk.staff.questions import MORE_KEY
from kiosk.widgets.press import Press
from kiosk.widgets.screen import KioskScreen

LETTER_CELLS, TWIN_CELLS = 8, 4
WIDEST, EDGES = 96, 4
"""Cells of the page at most, and of its edges."""


class KeyLine(Press, can_focus=False):
    """A key, its twin and what it does; a touch does it. Its id is `do-<action>`."""

    def __init__(self, key: Key) -> None:
        super().__init__(key.sentence, key=key.letter, id=f"do-{key.action}")
        self.twin = key.twin.upper()

    def render(self) -> Content:
        """In columns, so that the eye finds the letter."""
        chip = self.chip
        gap = " " * (LETTER_CELLS - chip.cell_length)
        return Content.assemble(chip, gap, (self.twin.ljust(TWIN_CELLS), "$quiet"), self.label)


class StaffHelpScreen(ModalScreen[str | None], KioskScreen[str | None]):
    """A page that lists every key and gives the one that was chosen."""

    CSS_PATH = "../styles/staff.tcss"
    BINDINGS = [
        *bindings(),
        Binding("escape,enter,space,minus", "key('all_keys')", show=False),
        Binding(f"{MORE_KEY},left,right,up,down,pageup,pagedown", "key('other_half')", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Two columns, to be read downwards, and the way back."""
        keys = staff_keys(self._)
        half = -(-len(keys) // 2)
        with Vertical(id="all-keys"):
            with Horizontal():
                yield Static(self._("All keys"), id="all-keys-title", markup=False)
                yield AnswerPress(self._("more"), key=MORE_KEY, id="do-other_half")
                yield AnswerPress(self._("Close"), key="Esc", id="close")
            with Grid():
                for place in range(half):
                    first, *second = keys[place::half]
                    yield KeyLine(first)
                    yield from (KeyLine(key).add_class("second") for key in second)

    def on_resize(self) -> None:
        """Where the words of two columns do not fit, show one half after the other."""
        longest = max(cell_len(line.label) for line in self.query(KeyLine))
        room = min(WIDEST, self.size.width) - EDGES
        needed = 2 * (LETTER_CELLS + TWIN_CELLS + longest) + GAP
        self.set_class(needed > room, "halves")

    def action_key(self, action: str) -> None:
        """Back to the queue, which does what was chosen."""
        if action == "other_half":
            self.toggle_class("second-half")
        else:
            self.dismiss(None if action == "all_keys" else action)

    @on(Press.Pressed)
    def _touched(self, event: Press.Pressed) -> None:
        self.action_key((event.press.id or "").removeprefix("do-").replace("close", "all_keys"))

    @on(KioskScreen.Command)
    def _command(self, event: KioskScreen.Command) -> None:
        """F1 again closes it; F10 locks from here too."""
        self.dismiss(None if event.name == "help" else "lock")
