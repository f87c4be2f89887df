"""The screens beyond the queue: all keys, figures, today's list; what rings takes them down."""

from collections.abc import Callable

from textual.screen import Screen

from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.desk.key_page import StaffHelpScreen
from kiosk.staff.desk.list_screen import ListScreen
from kiosk.staff.figures.screen import FiguresScreen

KINDS = (FiguresScreen, StaffHelpScreen, ListScreen)


class Beyond:
    """Opens them over the queue, and hears what was chosen there."""

    def __init__(self, at: AtDesk, queue: Screen[None], key: Callable[[str], None]) -> None:
        """`key` does what a key stands for that was pressed there."""
        self._at = at
        self._queue = queue
        self._key = key

    def open_key_page(self) -> None:
        """Show all keys, in words."""
        self._queue.app.call_later(self._open, StaffHelpScreen())

    def open_figures(self) -> None:
        """Show the figures of today and other days."""
        self._queue.app.call_later(self._open, FiguresScreen())

    def open_list(self, then: Callable[[str], None]) -> None:
        """Show today's list; `then` hears the id of whom was chosen there."""

        def chosen(result: str | None) -> None:
            if result in (None, "lock"):
                self._chosen(result)
            elif result and not self._at.desk.leaving_for:
                then(result)

        self._queue.app.call_later(self._open, ListScreen(self._at), chosen)

    def hear(self) -> None:
        """Show what has changed in the queue, where one of them does."""
        if isinstance(self._queue.app.screen, ListScreen):
            self._queue.app.screen.show_list()

    def take_down(self) -> None:
        """Have the queue be seen."""
        if isinstance(self._queue.app.screen, KINDS):
            self._queue.app.screen.dismiss(None)

    async def _open(
        self, screen: Screen[str | None], then: Callable[[str | None], None] | None = None
    ) -> None:
        """Open a screen that gives a key, painted once it is whole."""
        with self._queue.app.batch_update():
            await self._queue.app.push_screen(screen, then or self._chosen)

    def _chosen(self, key: str | None) -> None:
        if key:
            self._key(key)
