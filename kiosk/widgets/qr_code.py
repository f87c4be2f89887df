"""QrCode: a link painted as a QR code in literal black on white, or as text where none fits."""

import os
from functools import cached_property
from typing import cast

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from kiosk.languages.wrap import wrap
from kiosk.qr import BLACK, LOWER, WHITE, Fit, cells, fit, half_blocks
from kiosk.widgets.host import Kiosk
from kiosk.widgets.said import Saying

_UNKNOWN = 0
"""What a container of automatic height says of its rows: it takes as many as the code needs."""
_MARGIN, _AIR = 3, 2
"""Cells left and right of the text, and rows above and below it."""


class QrCode(Widget):
    """A QR code, whole or not at all: of `link`, or of a `shorter` one that says enough.

    Where none has room it says `instead`, which is the link itself unless another text is given.
    With `largest` it grows with the room of the container, which it then must not share: modules
    of up to so many columns. The app's setting `qr` says whether half blocks may be used.
    """

    DEFAULT_CSS = "QrCode { width: auto; height: auto; }"

    def __init__(
        self,
        link: str,
        *shorter: str,
        instead: str | None = None,
        largest: int = 1,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.link = link
        self.largest = largest
        self._links = (link, *shorter)
        self._instead = link if instead is None else instead

    def show(self, *links: str, instead: str) -> None:
        """Show the code of another link, or without any the text `instead`."""
        self.link = links[0] if links else ""
        self._links, self._instead = links, instead
        self.refresh(layout=True)

    def said(self) -> list[Saying]:
        """What the code is for; where none fits, the text."""
        words = self._instead.removeprefix("https://")
        if words and self.fit(self.size):
            _ = cast(Kiosk, self.app).language
            words = f"{_('A code for your phone')}: {words}"
        return [Saying(words)]

    @cached_property
    def _half(self) -> bool:
        """Whether this terminal's half blocks scan."""
        settings = getattr(self.app, "settings", None)
        return half_blocks(getattr(settings, "qr", "auto"), os.environ)

    def fit(self, room: Size) -> Fit | None:
        """How the code is shown in so much room; None where it stands as text."""
        if room.height != _UNKNOWN:
            return fit(self._links, *room, half=self._half, largest=self.largest)
        # Not larger than it must be: the container grows by what is asked for here.
        return fit(self._links, room.width, room.width, half=self._half, largest=1)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Columns of the code, quiet zone included, or of the text."""
        if found := self.fit(container):
            return len(_rows(found)[0])
        longest = max(map(cell_len, self._lines(container.width)), default=-2 * _MARGIN)
        return longest + 2 * _MARGIN

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows of the code, quiet zone included, or of the text."""
        if found := self.fit(container):
            return len(_rows(found))
        lines = self._lines(width)
        return len(lines) + 2 * _AIR if lines else 0

    def _lines(self, columns: int) -> list[str]:
        return wrap(self._instead, max(1, columns - 2 * _MARGIN)) if self._instead else []

    def render(self) -> Content:
        """The text, where no code fits."""
        margin = " " * _MARGIN
        lines = (margin + line for line in self._lines(self.size.width))
        return Content("\n" * _AIR + "\n".join(lines))

    def render_line(self, y: int) -> Strip:
        """One row of cells; the colours bypass the theme."""
        found = self.fit(self.size)
        if found is None:
            return super().render_line(y)
        rows = _rows(found)
        return Strip([_segment(*cell) for cell in rows[y]] if y < len(rows) else [])


def _rows(found: Fit) -> tuple[tuple[tuple[bool, bool], ...], ...]:
    return cells(found.link, found.quiet, found.level, found.scale)


def _segment(upper: bool, lower: bool) -> Segment:
    """One cell. A space where both halves are alike: no font draws a block so evenly."""
    ground = BLACK if upper else WHITE
    if upper == lower:
        return Segment(" ", Style(bgcolor=ground))
    return Segment(LOWER, Style(color=BLACK if lower else WHITE, bgcolor=ground))
