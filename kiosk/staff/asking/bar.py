"""A bar in place of the keys that asks one thing at a time, and its answers to be touched."""

from collections.abc import Callable

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.widgets.press import Press

Then = Callable[[str | None], None]
"""Hears the answer, or None where there is none."""


class AnswerPress(Press, can_focus=False):
    """An answer on one line, to be touched."""

    def say(self, key: str, label: str) -> None:
        """Be this answer; without a key none at all."""
        self.display = bool(key)
        self.seen_since = None
        self.key, self.label = key, label
        self.refresh(layout=True)

    def render(self) -> Content:
        """The key as a patch, and the label."""
        return Content.assemble(self.chip, f" {self.label}")

    @property
    def cells(self) -> int:
        """How wide it is."""
        return cell_len(f" {self.key}  {self.label}")


class AskingBar(Vertical):
    """What is asked, what Enter means, and the way out; while it asks, keys are answers."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._then: Then | None = None

    @property
    def asking(self) -> bool:
        """Whether something waits for its answer."""
        return self._then is not None

    def compose(self) -> ComposeResult:
        """The line on top."""
        with Horizontal():
            yield Static(classes="asked", markup=False)
            yield AnswerPress("", classes="enter")
            yield AnswerPress("", classes="cancel")

    def begin(self, text: str, then: Then, *, enter: str, cancel: str) -> None:
        """Ask; `enter` says what that key answers, "" where it means nothing."""
        self._then = then
        self.query_one(".asked", Static).update(text)
        self.query_one(".enter", AnswerPress).say("Enter" if enter else "", enter)
        self.query_one(".cancel", AnswerPress).say("Esc", cancel)

    def cancel(self) -> None:
        """Ask no more; whoever asked is answered None."""
        self.answer(None)

    def answer(self, value: str | None) -> None:
        """Ask no more, and give this answer to whoever asked."""
        then, self._then = self._then, None
        if then:
            then(value)

    def choose(self, key: str) -> None:
        """Answer with a key other than Escape."""

    @on(Press.Pressed)
    def _touched(self, event: Press.Pressed) -> None:
        event.stop()
        if event.press.key == "Esc":
            self.cancel()
        else:
            self.choose(event.press.key)
