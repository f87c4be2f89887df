"""CalledStrip: the tickets being called now, in one row that repaints alone."""

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from kiosk.languages.language import Language
from kiosk.languages.room_names import room_text
from kiosk.queue.public import QueueState
from kiosk.widgets.queue_watcher import follow_queue_state
from kiosk.widgets.said import Saying

SHOWN = 4
"""Tickets at most; fewer where they would not stand there whole."""
_GAP = "  "


class CalledStrip(Widget):
    """Follows the queue by itself. While nobody is called it may say how many wait."""

    DEFAULT_CSS = "CalledStrip { height: 1; width: 1fr; }"
    CHIP = "bold $on-terracotta on $terracotta"

    state: reactive[QueueState] = reactive(QueueState())
    """The queue as it stands."""

    def __init__(
        self,
        *languages: Language,
        waiting: bool = False,
        id: str | None = None,
    ) -> None:
        """Say it in these languages, rooms in the first; `waiting`: how many wait, if no calls."""
        super().__init__(id=id)
        self._languages = languages
        self._waiting = waiting

    def on_mount(self) -> None:
        """Follow the queue."""
        follow_queue_state(self, self._follow)

    def _follow(self, state: QueueState) -> None:
        self.state = state
        self.set_class(bool(state.called), "calling")

    def said(self) -> list[Saying]:
        """Every call, the latest first."""
        if not self.state.called:
            return [Saying(self._number_waiting() if self._waiting else "")]
        calls = (f"{c.ticket} > {room_text(c.room, self._languages[0])}" for c in self.state.called)
        return [Saying(_GAP.join(_("Now calling") for _ in self._languages)), *map(Saying, calls)]

    def render(self) -> RenderResult:
        """As many calls as fit, the latest first."""
        if not self.state.called:
            return Content(self._number_waiting() if self._waiting else "")
        line = Content(_GAP.join(_("Now calling") for _ in self._languages))
        for call in self.state.called[:SHOWN]:
            room = room_text(call.room, self._languages[0])
            chip = Content.styled(f" {call.ticket} > {room} ", self.CHIP)
            longer = Content.assemble(line, _GAP, chip)
            if longer.cell_length > self.size.width and call is not self.state.called[0]:
                break
            line = longer
        return line

    def _number_waiting(self) -> str:
        if not self.state.waiting:
            return ""
        return _GAP.join(
            _.plural("{n} person waiting", "{n} people waiting", self.state.waiting)
            for _ in self._languages
        )
