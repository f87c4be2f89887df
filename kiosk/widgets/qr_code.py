"""QrCode: a link painted as a QR code, in literal black on white."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from kiosk.qr import BLACK, UPPER, WHITE, cell_size, cells

_STYLES = {
    (upper, lower): Style(color=BLACK if upper else WHITE, bgcolor=BLACK if lower else WHITE)
    for upper in (False, True)
    for lower in (False, True)
}


class QrCode(Widget):
    """A QR code of exactly its own size; where it does not fit, show the link as text."""

    DEFAULT_CSS = "QrCode { width: auto; height: auto; }"

    def __init__(self, link: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.link = link
        self._rows = cells(link)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Columns of the code, quiet zone included."""
        return cell_size(self.link)[0]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows of the code, quiet zone included."""
        return len(self._rows)

    def render_line(self, y: int) -> Strip:
        """One row of cells; the colours bypass the theme."""
        if y >= len(self._rows):
            return Strip.blank(self.size.width)
        return Strip([Segment(UPPER, _STYLES[cell]) for cell in self._rows[y]])
