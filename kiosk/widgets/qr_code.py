"""QrCode: a link painted as a QR code in literal black on white, or as text where none fits."""

import os
from functools import cached_property

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from kiosk.qr import BLACK, LOWER, WHITE, Fit, cells, fit, half_blocks
from kiosk.widgets.wrap import wrap

_UNKNOWN = 0
"""What a container of automatic height says of its rows: it takes as many as the code needs."""


class QrCode(Widget):
    """A QR code, whole or not at all.

    Where it has no room it says `instead`, which is the link itself unless another text is given.
    With `largest` it grows with the room of the container, which it then must not share: modules
    of up to so many columns. The app's setting `qr` says whether half blocks may be used.
    """

    DEFAULT_CSS = "QrCode { width: auto; height: auto; }"

    def __init__(
        self,
        link: str,
        *,
        instead: str | None = None,
        largest: int = 1,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.link = link
        self.largest = largest
        self.instead = link if instead is None else instead

    @cached_property
    def _half(self) -> bool:
        """Whether this terminal's half blocks scan."""
        settings = getattr(self.app, "settings", None)
        return half_blocks(getattr(settings, "qr", "auto"), os.environ)

    def fit(self, room: Size) -> Fit | None:
        """How the code is shown in so much room; None where it stands as text."""
        if room.height != _UNKNOWN:
            return fit(self.link, *room, half=self._half, largest=self.largest)
        # Not larger than it must be: the container grows by what is asked for here.
        return fit(self.link, room.width, room.width, half=self._half, largest=1)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Columns of the code, quiet zone included, or of the text."""
        found = self.fit(container)
        if found is None:
            return max(cell_len(line) for line in wrap(self.instead, max(1, container.width)))
        return len(cells(self.link, level=found.level, scale=found.scale)[0])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows of the code, quiet zone included, or of the text."""
        found = self.fit(container)
        if found is None:
            return len(wrap(self.instead, max(1, width))) if self.instead else 0
        return len(cells(self.link, level=found.level, scale=found.scale))

    def render(self) -> Content:
        """The text, where no code fits."""
        return Content("\n".join(wrap(self.instead, max(1, self.size.width))))

    def render_line(self, y: int) -> Strip:
        """One row of cells; the colours bypass the theme."""
        found = self.fit(self.size)
        if found is None:
            return super().render_line(y)
        rows = cells(self.link, level=found.level, scale=found.scale)
        return Strip([_segment(*cell) for cell in rows[y]]) if y < len(rows) else Strip([])


def _segment(upper: bool, lower: bool) -> Segment:
    """One cell. A space where both halves are alike: no font draws a block so evenly."""
    ground = BLACK if upper else WHITE
    if upper == lower:
        return Segment(" ", Style(bgcolor=ground))
    return Segment(LOWER, Style(color=BLACK if lower else WHITE, bgcolor=ground))
