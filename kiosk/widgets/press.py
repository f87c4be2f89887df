"""Press: anything on a screen that a key, a finger or a mouse can choose."""

from typing import cast

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static

from kiosk.languages.wrap import wrap, wrap_evenly
from kiosk.styles.fill import hollow, tinted
from kiosk.typesetting.block import HALF_ROWS, ROWS, block_rows, half_rows
from kiosk.widgets.host import Kiosk
from kiosk.widgets.said import Saying

LARGER = "-larger"
"""The class of a screen that shows fewer and bigger things."""
LEAST = 10
"""Columns of the narrowest button in a row."""
BROAD = 30
"""Columns of a card that has room for a block digit beside its words."""
WIDER = 15
"""Columns more for each time that the digit is larger."""
LARGEST = 3
_MARGIN = 2
"""Cells between a tile's edge and what stands on it."""


class Press(Static, can_focus=True):
    """A card with a key in a chip and a label; posts Press.Pressed.

    The label is shown as it is, never as markup: a patient's words may stand on it.
    """

    BINDINGS = [Binding("enter,space", "press", show=False)]
    # A touch must not take the focus with it: Enter would then repeat what was touched, and what
    # is typed would miss its field.
    FOCUS_ON_CLICK = False
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
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
        shorter: str = "",
    ) -> None:
        """Make a card that says `key label`, with quieter `lines` beneath.

        In a ButtonRow without room for all labels it says what is `shorter` instead.
        """
        super().__init__("", id=id, classes=classes, disabled=disabled, markup=False)
        self.key = key
        self.label = label
        self.lines = lines
        self.ways_to_say = (label, shorter or label)
        self.seen_since: float | None = None
        """When it was first painted as it is now, on the app's own clock."""
        self._pressed = False
        """Whether a key was pressed for it that still waits."""

    def relabel(self, label: str, *lines: str) -> None:
        """Say something else on the same card."""
        if (label, lines) != (self.label, self.lines):
            if label != self.label:
                self.seen_since = None
            self.label, self.lines = label, lines
            self.ways_to_say = (label, label)
            self._ask_for_room()
            self.refresh(layout=True)

    def said(self) -> list[Saying]:
        """The label and the lines, and the key that chooses it."""
        return [Saying("\n".join((self.label, *filter(None, self.lines))), self.key)]

    def take_room(self, *, shorter: bool, air: int) -> int:
        """Say the longer or the shorter label between so many cells of air; cells it asks for."""
        label = self.ways_to_say[shorter]
        if (label, air) != (self.label, self.styles.padding.left):
            self.label, self.styles.padding = label, (0, air)
            self.refresh(layout=True)
        patch = 2 if air and len(self.key) > 1 else 0  # the chip's own edges, as one key's has
        least = max(LEAST, self._closest + patch + self.gutter.width)
        self.styles.min_width = least
        return least + self.styles.margin.width

    @property
    def chip(self) -> Content:
        """The key, as a patch of the opposite colour."""
        return self._patch(f" {self.key} ") if self.key else Content("")

    def _patch(self, text: str) -> Content:
        return Content.styled(text, self.SOLID_CHIP if self.solid else self.CHIP)

    @property
    def solid(self) -> bool:
        """Whether the card itself is jade: one a screen, what most people came for."""
        return self.has_class("main")

    @property
    def quiet(self) -> str:
        """The style of the lines under the label."""
        return "$on-jade" if self.solid else "$quiet"

    def on_mount(self) -> None:
        """Take the room that the words ask for; a ButtonRow shares it out itself."""
        if not isinstance(self.parent, ButtonRow):
            self._ask_for_room()

    def on_resize(self) -> None:
        """A card of one row whose words do not fit gives its lower border for another row."""
        self.set_class(not isinstance(self, Tile) and self._narrowest > self.size.width, "-full")

    @property
    def _narrowest(self) -> int:
        """Cells of the key and the label, as close as they can stand."""
        return cell_len(f"{self.key} {self.label}" if self.key else self.label)

    @property
    def _closest(self) -> int:
        """Cells of the chip and the label with a space between them."""
        chip = len(self.key) + 2 if len(self.key) == 1 else len(self.key)
        return chip + 1 + cell_len(self.label)

    def _ask_for_room(self) -> None:
        """In a row of buttons one with long words is wider than its neighbours."""
        if isinstance(self.parent, ButtonRow):
            self.parent.fit()
        elif isinstance(self.parent, Horizontal):
            self.styles.min_width = max(LEAST, self._closest + self.gutter.width)

    def render(self) -> Content:
        """The chip and the label, centred; the lines beneath it."""
        content = self._headline()
        for line in self.lines:
            content = Content.assemble(content, "\n", (line, self.quiet))
        return content

    def _headline(self) -> Content:
        """The chip and the label as near to one another as the room asks for."""
        chip = self.chip
        room = self.size.width - chip.cell_length - cell_len(self.label)
        if room < (3 if len(self.key) > 1 and not self.styles.padding.left else 1):
            chip = self._patch(self.key)
        spacer = (" " if room < 4 else "  ") if self.key else ""
        label = self.label
        if self._narrowest > self.size.width > 0:
            label = "\n".join(wrap(f"{self.key} {label}", self.size.width))[len(self.key) + 1 :]
        spare = self.size.width - chip.cell_length - cell_len(spacer + label)
        edge = " " if self.key and spare == 1 else ""  # before the chip, whose edge is seen
        return Content.assemble(edge, chip, spacer, (label, "bold"))

    def show_pressed(self, pressed: bool) -> None:
        """Paint that a key was pressed for it, or no more."""
        self._pressed = pressed
        self.refresh()

    def on_hide(self) -> None:
        """What comes up again has to be read again."""
        self.seen_since = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Its lines; filled in once it may be chosen, and another colour while it is pressed."""
        strips = super().render_lines(crop)
        kiosk = cast(Kiosk, self.app)
        if self.seen_since is None:
            self.seen_since = kiosk.monotonic()
        fills_in = kiosk.fills_in(self)
        if not (fills_in or self._pressed):
            return strips
        around, ground = (colour.rich_color for colour in self.background_colors)
        if fills_in or self.solid:
            return hollow(strips, around, self.app.theme_variables)
        return tinted(strips, ground, self.app.theme_variables)

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


class ButtonRow(Horizontal):
    """Buttons side by side, none of whose words touch an edge as long as all have the room.

    Else the last that knows a shorter label says that, then the one before it; then air goes.
    """

    def on_mount(self) -> None:
        """Before the first layout, which would else be followed by another."""
        self.fit()

    def on_resize(self) -> None:
        """As wide as the terminal is now."""
        self.fit()

    def fit(self) -> None:
        """Share out the columns; not yet laid out, the row is taken for as wide as the screen."""
        buttons = [press for press in self.query_children(Press) if press.display]
        room = self.size.width or self.app.size.width - self.gutter.width
        for air in (1, 0):
            shorter: set[Press] = set()
            for press in (None, *reversed(buttons)):
                shorter |= {press} if press else set()
                asked = sum(b.take_room(shorter=b in shorter, air=air) for b in buttons)
                if asked <= room:
                    return


class Tile(Press):
    """A large card: the key to the left, label and lines beside it, larger where there is room.

    A line that would not fit whole is left out: half a sentence helps nobody.
    """

    _drawn: float | None = None
    """How large its digit was painted last."""

    def render(self) -> Content:
        """A block digit where five rows are free on every card of the group, else the chip.

        With more room it is two or three times its size. In the larger size three rows are
        enough for a digit of half blocks.
        """
        width, height = self.size
        scale = self._drawn = self._scale()
        big = scale > 0
        sign = self._digit(scale) if scale else [self.chip] if self.key else []
        indent = (sign[0].cell_length + 2 if sign else 0) + _MARGIN * (2 if big else 1)
        if height == 1 and cell_len(self.label) > width - indent - 1:
            headline = self._headline()
            return Content.assemble(" " * max(0, (width - headline.cell_length) // 2), headline)
        rows = self._words(width - indent - 1, height)
        above = max(0, (len(sign) - len(rows)) // 2)
        lines = []
        for row in range(max(len(sign), len(rows) + above)):
            mark = sign[row] if row < len(sign) else Content("")
            words = rows[row - above] if 0 <= row - above < len(rows) else ("", "")
            margin = " " * (_MARGIN * (2 if big else 1))
            gap = " " * (indent - len(margin) - mark.cell_length)
            lines.append(Content.assemble(margin, mark, gap, words))
        return Content("\n").join(lines)

    def on_resize(self) -> None:
        """A card that got lower makes the digits of its whole group smaller."""
        super().on_resize()
        for tile in self.siblings:
            if isinstance(tile, Tile) and tile._drawn not in (None, tile._scale()):
                tile.refresh()

    def _scale(self) -> float:
        """How many times its size the digit is: a half of half blocks; 0 for a chip instead."""
        if not self.key or not self.size:
            return 0
        # Where room is shared out some cards get less than those beside them.
        group = [self.size, *(tile.size for tile in self.siblings if isinstance(tile, Tile))]
        width = min(size.width for size in group if size)
        lowest = min(size.height for size in group if size)
        if width < BROAD:
            return 0
        if lowest < ROWS:
            return 0.5 if lowest >= HALF_ROWS and self.screen.has_class(LARGER) else 0
        return min(lowest // ROWS, 1 + (width - BROAD) // WIDER, LARGEST)

    def _digit(self, scale: float) -> list[Content]:
        colour = "$card" if self.solid else "$jade"
        rows = half_rows(self.key) if scale < 1 else block_rows(self.key, int(scale))
        return [Content.styled(row, colour) for row in rows]

    def _words(self, width: int, height: int) -> list[tuple[str, str]]:
        height = max(1, height)
        parts = wrap_evenly(self.label, width)
        if len(parts) > height:  # a name may be longer than any card: it says that it goes on
            last = parts[height - 1]
            parts[height - 1] = set_cell_size(last, max(0, min(cell_len(last), width - 2))) + ".."
        rows = [(part, "bold") for part in parts[:height]]
        for line in self.lines:
            parts = wrap_evenly(line, width)
            if line and len(rows) + len(parts) <= height:
                rows += [(part, self.quiet) for part in parts]
        return rows
