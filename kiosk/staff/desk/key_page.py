"""All keys of the queue screen, in words; each can be pressed or touched here too."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.input.guard import Meaning
from kiosk.staff.acts.keys import bindings, staff_keys
from kiosk.staff.asking.bar import AnswerPress
from kiosk.staff.asking.columns import GAP
from kiosk.staff.asking.key_lines import Key, KeyLines
from kiosk.staff.asking.questions import MORE_KEY
from kiosk.staff.meaning import in_an_answer
from kiosk.widgets.press import Press
from kiosk.widgets.said import Saying
from kiosk.widgets.screen import KioskScreen, styles

LETTER_CELLS, TWIN_CELLS = 8, 4
WIDEST, EDGES, TALL_EDGES = 96, 4, 6
"""Cells of the page at most, and of its edges, as the style sheet has them."""


FRAME = 5
"""Rows of a tall page that are no keys: its edges, its title and the room around."""


class KeyPage(KeyLines):
    """A line for each key, in two columns to be read downwards, or one half after the other."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__("key-page")
        half = -(-len(keys) // 2)
        self._halves = keys[:half], keys[half:]
        self._second = False

    @property
    def cells(self) -> int:
        """How wide it is with both columns beside one another."""
        longest = max(cell_len(key.sentence) for half in self._halves for key in half)
        return 2 * (LETTER_CELLS + TWIN_CELLS + longest) + GAP

    @property
    def rows(self) -> int:
        """How many keys stand below one another."""
        return len(self._halves[0])

    def show(self, room: int, *, halves: bool, rows_each: int) -> None:
        """Fill so many cells with both columns, or with one half of them."""
        if halves:
            rows = [(key,) for key in self._halves[self._second]]
            self.lay_out(rows, [room], rows_each)
        else:
            beside = list(zip_longest(*self._halves))
            self.lay_out(beside, [(room - GAP) // 2] * 2, rows_each)

    def turn(self) -> None:
        """The other half is to be shown."""
        self._second = not self._second

    def said(self) -> list[Saying]:
        """Each key and what it does, down one column and then the other."""
        columns = zip_longest(*self._rows)
        return [self.saying(key) for column in columns for key in column if key]

    def saying(self, key: Key) -> Saying:
        """The key, its twin, and what it does."""
        return Saying(f"{key.twin.upper()} {key.sentence}".lstrip(), key.letter)

    def written(self, key: Key) -> Content:
        """In columns, so that the eye finds the letter."""
        chip = Content.styled(f" {key.letter} ", Press.CHIP)
        gap = " " * (LETTER_CELLS - chip.cell_length)
        return Content.assemble(
            chip, gap, (key.twin.upper().ljust(TWIN_CELLS), "$quiet"), key.sentence
        )


class StaffHelpScreen(ModalScreen[str | None], KioskScreen[str | None]):
    """A page that lists every key and gives the one that was chosen."""

    CSS_PATH = styles("staff")
    RESTS = ("#all-keys-title",)
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
            self._show(page)
            yield page

    def on_resize(self) -> None:
        """As large as the terminal is now."""
        self._show(self.query_one(KeyPage))

    def _show(self, page: KeyPage) -> None:
        """Where the words of two columns do not fit, show one half after the other."""
        tall = self.has_class("-tall")
        room = min(WIDEST, self.app.size.width) - (TALL_EDGES if tall else EDGES)
        halves = page.cells > room
        self.set_class(halves, "halves")
        airy = tall and 2 * page.rows + FRAME <= self.app.size.height
        page.show(room, halves=halves, rows_each=2 if airy else 1)

    def means(self, key: events.Key) -> Meaning:
        """What a key does: it closes the page, and most do something then."""
        return in_an_answer(key)

    def action_key(self, action: str) -> None:
        """Back to the queue, which does what was chosen."""
        if action == "other_half":
            page = self.query_one(KeyPage)
            page.turn()
            self._show(page)
        else:
            self.dismiss(None if action == "all_keys" else action)

    @on(KeyLines.Chosen)
    def _chosen(self, event: KeyLines.Chosen) -> None:
        self.action_key(event.action)

    @on(Press.Pressed)
    def _touched(self, event: Press.Pressed) -> None:
        self.action_key((event.press.id or "").removeprefix("do-").replace("close", "all_keys"))

    @on(KioskScreen.Command)
    def _command(self, event: KioskScreen.Command) -> None:
        """F1 again closes it; F10 locks from here too."""
        self.dismiss(None if event.name == "help" else "lock")
