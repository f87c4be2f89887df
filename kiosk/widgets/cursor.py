"""Where the terminal's cursor stands, seen or not: braille lines and screen readers follow it."""

from typing import Any

from rich.cells import cell_len
from textual.errors import NoWidget
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input


def cursor_of(screen: Screen[Any], resting: Widget | None) -> Offset:
    """The cell of a screen where the cursor belongs.

    It is on the first words of what has the focus, or else of `resting`; where that has a cursor of
    its own (`cursor_screen_offset`, as Textual's fields call it), there.
    """
    widget = screen.focused or resting
    if widget is None:
        return Offset()
    own = getattr(widget, "cursor_screen_offset", None)
    return own if isinstance(own, Offset) else first_words(widget)


def has_cursor(widget: Widget) -> bool:
    """Whether a widget is to be seen, and its own cursor, if it may have one."""
    own = getattr(widget, "cursor_screen_offset", Offset())
    return widget.visible and own is not None and bool(seen_of(widget))


def text_cursor(field: Input) -> Offset:
    """The cell in which a field paints its cursor; Textual's own is one further at the end."""
    before = cell_len(field.value[: field.cursor_position])
    return field.content_region.offset + Offset(before - field.scroll_offset.x, 0)


def first_words(widget: Widget) -> Offset:
    """The first cell of a widget's first words that are to be seen; of drawings alone, its own."""
    seen = seen_of(widget)
    if not seen:
        return Offset()
    within = seen.translate(-widget.region.offset)
    for row in range(seen.height):
        (strip,) = widget.render_lines(Region(within.x, within.y + row, within.width, 1))
        text = strip.text
        at = next((at for at, char in enumerate(text) if char.isalnum()), None)
        if at is not None:
            return seen.offset + Offset(cell_len(text[:at]), row)
    return widget.content_region.offset


def seen_of(widget: Widget) -> Region:
    """What is to be seen of a widget, in cells of the screen; an empty region for nothing."""
    try:
        place = widget.screen.find_widget(widget)
    except NoWidget:
        return Region()
    return place.region.intersection(place.clip)
