"""Press: anything on a screen that a key, a finger or a mouse can choose."""

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kiosk.widgets.block import ROWS, block_rows, block_width
from kiosk.widgets.wrap import wrap


class Press(Static, can_focus=True):
    """A card with a key in a chip and a label; posts Press.Pressed.

    The label is shown as it is, never as markup: a patient's words may stand on it.
    """

    BINDINGS = [Binding("enter,space", "press", show=False)]
    CHIP = "bold $on-jade on $jade"
    SOLID_CHIP = "bold $jade on $card"

    class Pressed(Message):
        """A Press was chosen. `press.id` says which."""

        def __init__(self, press: "Press") -> None:
            super().__init__()
            self.press = press

        @property
        def control(self) -> "Press":
            """The Press that was chosen, so that `@on(…, "#id")` works."""
            return self.press

    def __init__(
        self,
        label: str,
        *lines: str,
        key: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Make a card that says `key label`, with quieter `lines` beneath."""
        super().__init__("", id=id, classes=classes, disabled=disabled, markup=False)
        self.key = key
        self.label = label
        self.lines = lines

    def relabel(self, label: str, *lines: str) -> None:
        """Say something else on the same card."""
        if (label, lines) != (self.label, self.lines):
            self.label, self.lines = label, lines
            self.refresh(layout=True)

    @property
    def chip(self) -> Content:
        """The key, as a patch of the opposite colour."""
        if not self.key:
            return Content("")
        return Content.styled(f" {self.key} ", self.SOLID_CHIP if self.solid else self.CHIP)

    @property
    def solid(self) -> bool:
        """Whether the card itself is jade: one a screen, what most people came for."""
        return self.has_class("main")

    @property
    def quiet(self) -> str:
        """The style of the lines under the label."""
        return "$on-jade" if self.solid else "$quiet"

    def render(self) -> Content:
        """The chip and the label, centred; the lines beneath it."""
        spacer = "  " if self.key else ""
        content = Content.assemble(self.chip, spacer, (self.label, "bold"))
        for line in self.lines:
            content = Content.assemble(content, "\n", (line, self.quiet))
        return content

    def press(self) -> None:
        """Choose it, as a tap does."""
        if not self.disabled:
            self.post_message(self.Pressed(self))

    def action_press(self) -> None:
        """Enter or space on the focused card."""
        self.press()

    def on_click(self, event: events.Click) -> None:
        """A tap or a click."""
        event.stop()
        self.press()


class Tile(Press):
    """A large card: the key to the left, label and lines beside it, larger where there is room."""

    def render(self) -> Content:
        """A block digit where five rows are free, else the chip."""
        width, height = self.size
        big = height >= ROWS + 1 and bool(self.key) and width >= 30
        left = (block_width(self.key) + 7) if big else (cell_len(self.key) + 7 if self.key else 3)
        text: list[tuple[str, str]] = [
            (line, "bold") for line in wrap(self.label, width - left - 1)
        ]
        for line in self.lines:
            text += [(part, self.quiet) for part in wrap(line, width - left - 1)]
        text = text[: max(1, height)]
        if not big:
            return self._beside([self.chip] if self.key else [], text, left, at=0)
        digit = [
            Content.styled(row, self.SOLID_CHIP.split(" on ")[1] if self.solid else "$jade")
            for row in block_rows(self.key)
        ]
        return self._beside(digit, text, left, at=max(0, (ROWS - len(text)) // 2))

    @staticmethod
    def _beside(sign: list[Content], text: list[tuple[str, str]], left: int, *, at: int) -> Content:
        rows = max(len(sign), len(text) + at)
        lines = []
        for row in range(rows):
            mark = sign[row] if row < len(sign) else Content("")
            words = text[row - at] if 0 <= row - at < len(text) else ("", "")
            pad = left - 3 - mark.cell_length
            lines.append(Content.assemble("   ", mark, " " * pad, words))
        return Content("\n").join(lines)
