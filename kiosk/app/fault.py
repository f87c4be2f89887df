"""The sentence that stands over a new start after a fault."""

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.languages.language import mark
from kiosk.widgets.any_key import AnyKeyScreen
from kiosk.widgets.words import Words

STANDS_FOR = 20.0
"""Seconds until the sentence goes by itself: long enough to read it twice."""

FOR_PATIENTS = (
    mark("Please check in at the desk"),
    mark("Something went wrong here. What was not finished was not kept."),
)
FOR_STAFF = (
    mark("This screen had to start again"),
    mark("Everything that was saved is there. Please sign in again."),
)


class FaultScreen(AnyKeyScreen):
    """Says, in both first languages, what an error means for the person; any key or touch ends it.

    It names no cause: nobody who reads it could do anything about one.
    """

    def __init__(self, sentences: tuple[str, str]) -> None:
        super().__init__()
        self._sentences = sentences

    def compose(self) -> ComposeResult:
        """What to do, and what it means, twice."""
        with Vertical(id="fault"):
            for lang in self.kiosk.pair:
                for text, style in zip(self._sentences, ("question", "hint"), strict=True):
                    yield Words(lang(text), classes=style)

    def on_mount(self) -> None:
        """Go by itself in the end."""
        self.set_timer(STANDS_FOR, self.dismiss)
