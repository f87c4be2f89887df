"""Words: text in a few lines that break as its language wants, never as markup."""

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from kiosk.languages.wrap import wrap_evenly
from kiosk.widgets.said import Saying


class Words(Widget):
    """Plain text. Unlike a Static it keeps Chinese punctuation off the beginning of a line."""

    DEFAULT_CSS = "Words { width: 100%; height: auto; }"

    text: reactive[str] = reactive("", layout=True)
    """What it says."""

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Words.text, text)

    def say(self, text: str) -> None:
        """Say something else."""
        self.text = text

    def said(self) -> list[Saying]:
        """Its text."""
        return [Saying(self.text)]

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as its longest line, and no wider than there is room."""
        longest = max(cell_len(line) for line in self.text.split("\n"))
        return min(longest, container.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as its lines take; none for no text."""
        return len(wrap_evenly(self.text, max(1, width))) if self.text else 0

    def render(self) -> Content:
        """The lines, for the width it has."""
        return Content("\n".join(wrap_evenly(self.text, max(1, self.size.width))))
