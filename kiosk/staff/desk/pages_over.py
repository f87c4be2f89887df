"""What opens over the queue: the page of keys, the figures, today's list."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.screen import Screen

from kiosk.staff.acts.at_desk import AtDesk
from kiosk.staff.desk.key_page import StaffHelpScreen
from kiosk.staff.desk.list_screen import ListScreen
from kiosk.staff.figures.screen import FiguresScreen

OVER = (FiguresScreen, StaffHelpScreen, ListScreen)

Then = Callable[[str | None], None]
"""Hears the key that was chosen there, or whom of the list."""


def open_over(app: App[Any], page: Screen[str | None], then: Then) -> None:
    """Open a page, painted once it is whole."""
    app.call_later(_push, app, page, then)


def open_list(app: App[Any], at: AtDesk, key: Then, then: Callable[[str], None]) -> None:
    """Open today's list; `then` hears whom of it was chosen, `key` what else was."""

    def chosen(result: str | None) -> None:
        if result == "lock":
            key(result)
        elif result and not at.desk.leaving_for:
            then(result)

    open_over(app, ListScreen(at), chosen)


async def _push(app: App[Any], page: Screen[str | None], then: Then) -> None:
    with app.batch_update():
        await app.push_screen(page, then)


def close_over(app: App[Any]) -> None:
    """Close what is open: what rings, or a lock, must be seen."""
    if isinstance(app.screen, OVER):
        app.screen.dismiss(None)


def show_news(app: App[Any]) -> None:
    """Have the list say what has changed, if it is open."""
    if isinstance(app.screen, ListScreen):
        app.screen.show_list()
