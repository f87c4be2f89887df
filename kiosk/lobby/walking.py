"""How arrows and Tab move the focus over a patients' screen."""

from typing import Any

from textual.binding import Binding
from textual.screen import Screen

KEYS = [
    # A keypad without NumLock sends all of these, and no digits.
    Binding("down,right,pagedown", "walk(1)", show=False),
    Binding("up,left,pageup", "walk(-1)", show=False),
    Binding("home", "walk_to_first", show=False),
    Binding("end", "walk_to_last", show=False),
    # No field wants these: they need not go by way of all that the focused card stands in.
    Binding("tab", "walk(1)", show=False, priority=True),
    Binding("shift+tab", "walk(-1)", show=False, priority=True),
]


def walk(screen: Screen[Any], by: int) -> None:
    """Move the focus on or back; on from nothing, to the first choice."""
    if by < 0:
        screen.focus_previous()
    elif screen.focused is None:
        walk_to_first(screen)
    else:
        screen.focus_next()


def walk_to_first(screen: Screen[Any]) -> None:
    """Focus the first choice: what stands in the head, every screen has."""
    head = screen.query("#head *")
    chain = [widget for widget in screen.focus_chain if widget not in head]
    screen.set_focus(next(iter(chain), None))


def walk_to_last(screen: Screen[Any]) -> None:
    """Focus the last button, which is Next where there is one."""
    screen.set_focus(next(reversed(screen.focus_chain), None))
