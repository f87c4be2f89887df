"""The top of the queue screen: where, when, who, and whether reception takes people."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from kiosk.widgets.press import Press


class ReceptionPress(Press, can_focus=False):
    """Whether reception takes people; a click changes it."""

    def render(self) -> Content:
        """The key and the word."""
        return Content.assemble((f" {self.key} ", self.SOLID_CHIP), f" {self.label} ")


class StaffHeader(Horizontal):
    """One line across the top."""

    def __init__(self, place: str, who: str, *, demo: bool) -> None:
        """`place` is what and where, `who` is signed in."""
        super().__init__(id="staff-head")
        self._place, self._who, self._demo = place, who, demo
        self._when = ""

    def compose(self) -> ComposeResult:
        """Title, who is signed in, reception."""
        yield Static(id="title", markup=False)
        if self._demo:
            yield Static("DEMO 演示", id="demo", markup=False)
        yield Static(self._who, id="who", markup=False)
        yield ReceptionPress("", key="o", id="do-reception")

    def show(self, when: str, reception: str, *, is_open: bool) -> None:
        """Day and time; the reception state in a word, which stands out unless it is open."""
        if when != self._when:
            self._when = when
            title = Content.assemble((self._place, "bold"), f"  {when}")
            self.query_one("#title", Static).update(title)
        state = self.query_one(ReceptionPress)
        state.relabel(reception)
        state.set_class(not is_open, "not-open")
        state.display = bool(reception)
