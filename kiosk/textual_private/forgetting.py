"""Forgetting what was painted: libraries remember thousands of texts, a patient's among them."""

from typing import Any

from rich.cells import cached_cell_len
from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.widget import Widget

from kiosk.textual_private.freed import write_over_soon


def forget_painted() -> None:
    """Forget texts whose width was asked, that were cut, and all that widgets now gone had on them.

    What is asked for again is found out again, in some milliseconds.
    """
    cached_cell_len.cache_clear()
    Segment._split_cells.cache_clear()
    StylesCache.get_inner_outer.cache_clear()
    write_over_soon()


def forget_shown(screen: Screen[Any]) -> None:
    """Let go at once of what a screen that has been taken away had painted.

    Textual would leave it to the collector of garbage, which then makes some key wait.
    """
    for widget in screen.walk_children(Widget, with_self=True):
        widget._styles_cache.clear()
