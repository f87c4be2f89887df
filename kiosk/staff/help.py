"""All keys of the queue screen, in words; each can be pressed or touched here too."""

from collections.abc import Iterable

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
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


class KeyPage(Static):
    """A line for each key, in two columns to be read downwards, or one half after the other.

    One widget and not one a line: they would take longer to come up than the key may.
    """

    class Chosen(Message):
        """A line was touched."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__(id="key-page", markup=False)
        keys = list(keys)
        half = -(-len(keys) // 2)
        self._halves = [keys[:half], keys[half:]]
        self._shown = self._halves
        self._rows_each = 1
        self._pointed_at: Key | None = None

    @property
    def cells(self) -> int:
        """How wide it is with both columns beside one another."""
        longest = max(cell_len(key.sentence) for half in self._halves for key in half)
        return 2 * (LETTER_CELLS + TWIN_CELLS + longest) + GAP

    def lay_out(self, *, halves: bool, rows_each: int) -> None:
        """Show one half after the other, or both; a line each that many rows."""
        self._shown = self._halves[:1] if halves else self._halves
        self._rows_each = rows_each
        self.refresh(layout=True)

    def turn(self) -> None:
        """Show the other half."""
        if len(self._shown) == 1:
            self._shown = self._halves[1:] if self._shown == self._halves[:1] else self._halves[:1]
            self.refresh(layout=True)

    def render(self) -> Content:
        """The lines, the one under the mouse tinted."""
        cells = self._cells_each
        lines = [
            Content(" " * GAP).join(
                self._line(half[row], cells) if row < len(half) else Content(" " * cells)
                for half in self._shown
            )
            for row in range(max(map(len, self._shown)))
        ]
        return Content("\n" * self._rows_each).join(lines)

    def _line(self, key: Key, cells: int) -> Content:
        """In columns, so that the eye finds the letter."""
        chip = Content.styled(f" {key.letter} ", Press.CHIP)
        gap = " " * (LETTER_CELLS - chip.cell_length)
        twin = key.twin.upper().ljust(TWIN_CELLS)
        line = Content.assemble(chip, gap, (twin, "$quiet"), key.sentence)
        line = Content.assemble(line, " " * max(0, cells - line.cell_length))
        return line.stylize_before("on $tint") if key is self._pointed_at else line

    @property
    def _cells_each(self) -> int:
        columns = len(self._shown)
        return (self.size.width - GAP * (columns - 1)) // columns

    def _at(self, x: int, y: int) -> Key | None:
        column, row = x // (self._cells_each + GAP), y // self._rows_each
        half = self._shown[column] if column < len(self._shown) else []
        return half[row] if 0 <= row < len(half) else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tint the line under the mouse."""
        self._point_at(self._at(event.x, event.y))

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self._point_at(None)

    def _point_at(self, key: Key | None) -> None:
        if key is not self._pointed_at:
            self._pointed_at = key
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the key of the line."""
        event.stop()
        if key := self._at(event.x, event.y):
            self.post_message(self.Chosen(key.action))


class StaffHelpScreen(ModalScreen[str | None], KioskScreen[str | None]):
    """A page that lists every key and gives the one that was chosen."""

    CSS_PATH = "../styles/staff.tcss"
    BINDINGS = [
        *bindings(),
        Binding("escape,enter,space,minus", "key('all_keys')", show=False),
        Binding(f"{MORE_KEY},left,right,up,down,pageup,pagedown", "key('other_half')", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The keys, and the way back."""
        with Vertical(id="all-keys"):
            with Horizontal():
                yield Static(self._("All keys"), id="all-keys-title", markup=False)
                yield AnswerPress(self._("more"), key=MORE_KEY, id="do-other_half")
                yield AnswerPress(self._("Close"), key="Esc", id="close")
            page = KeyPage(staff_keys(self._))
            self._lay_out(page)
            yield page

    def on_resize(self) -> None:
        """As large as the terminal is now."""
        self._lay_out(self.query_one(KeyPage))

    def _lay_out(self, page: KeyPage) -> None:
        """Where the words of two columns do not fit, show one half after the other."""
        halves = page.cells > min(WIDEST, self.app.size.width) - EDGES
        self.set_class(halves, "halves")
        page.lay_out(halves=halves, rows_each=2 if self.has_class("-tall") else 1)

    def action_key(self, action: str) -> None:
        """Back to the queue, which does what was chosen."""
        if action == "other_half":
            self.query_one(KeyPage).turn()
        else:
            self.dismiss(None if action == "all_keys" else action)

    @on(KeyPage.Chosen)
    def _chosen(self, event: KeyPage.Chosen) -> None:
        self.action_key(event.action)

    @on(Press.Pressed)
    def _touched(self, event: Press.Pressed) -> None:
        self.action_key((event.press.id or "").removeprefix("do-").replace("close", "all_keys"))

    @on(KioskScreen.Command)
    def _command(self, event: KioskScreen.Command) -> None:
        """F1 again closes it; F10 locks from here too."""
        self.dismiss(None if event.name == "help" else "lock")
