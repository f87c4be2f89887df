"""The line of the last action: what was done, when, and the key that takes it back."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static

from kiosk.staff.asking.key_lines import Key
from kiosk.staff.desk.key_area import KeyHint
from kiosk.widgets.press import Press


class LastLine(Horizontal):
    """One sentence."""

    def __init__(self, undo: Key) -> None:
        super().__init__(id="last")
        self._undo = undo
        self._before: VisualType = ""

    def compose(self) -> ComposeResult:
        """The sentence, and the way back."""
        yield Static(id="number", markup=False)
        yield Static(id="said", markup=False)
        yield KeyHint(self._undo)

    def say(self, time: str, text: str, *, refused: bool, undo: bool) -> None:
        """Say this, with the time and the way back."""
        tone = "bold $terracotta" if refused else "bold"
        self.query_one(KeyHint).display = undo
        self.query_one("#said", Static).update(
            Content.assemble((f"{time} ", "$quiet"), (text, tone))
        )

    def show_number(self, words: str) -> None:
        """Show a number that is being typed before all else, "" for none any more."""
        number = self.query_one("#number", Static)
        number.display = bool(words)
        number.update(Content.assemble((f"{words}_", "bold $jade")))

    def show_pressed(self, key: str, *, pressed: bool) -> None:
        """Show a key that stands nowhere else while it waits; then what stood here before."""
        said = self.query_one("#said", Static)
        if pressed:
            self._before = said.content
            said.update(Content.styled(f" {key} ", Press.CHIP))
        else:
            said.update(self._before)
