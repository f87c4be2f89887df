"""BigText: a ticket or a room in block letters, as large as fits."""

from textual.geometry import Size
from textual.widgets import Static

from kiosk.typesetting.block import ROWS, block_rows, block_width
from kiosk.widgets.said import Saying


class BigText(Static):
    """Block letters, scaled to the width it is given, and to the rows of the screen.

    `leaving` is how many of those all else needs; unless that is said, a third is for the letters.
    """

    MAX_SCALE = 4

    def __init__(
        self,
        text: str,
        *,
        id: str | None = None,
        classes: str | None = None,
        leaving: int | None = None,
    ) -> None:
        super().__init__("", id=id, classes=classes, markup=False)
        self.text = text
        self._leaving = leaving

    def show(self, text: str) -> None:
        """Show something else."""
        if text != self.text:
            self.text = text
            self.refresh(layout=True)

    def said(self) -> list[Saying]:
        """What the letters say."""
        return [Saying(self.text)]

    def scale(self, columns: int) -> int:
        """How many times its smallest size fits."""
        height = self.app.size.height
        fits = columns // max(1, block_width(self.text))
        rows = height // 3 if self._leaving is None else height - self._leaving
        return max(1, min(self.MAX_SCALE, fits, rows // ROWS))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the letters at their scale."""
        return block_width(self.text, self.scale(container.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Five rows at each scale."""
        return ROWS * self.scale(width)

    def render(self) -> str:
        """The letters."""
        return "\n".join(block_rows(self.text, self.scale(self.size.width)))
