"""Where the terminal's cursor stands, seen or not: braille lines and screen readers follow it."""

from rich.cells import cell_len
from textual.geometry import Offset, Region
from textual.widget import Widget
from textual.widgets import Input


def cursor_in(widget: Widget, seen: Region) -> Offset | None:
    """The cell of the screen where the cursor stands in a widget of which `seen` is to be seen.

    That is where it says (`cursor_screen_offset`, as Textual's fields call it), None for nowhere;
    and without that on its first words.
    """
    if not hasattr(widget, "cursor_screen_offset"):
        return first_words(widget, seen)
    own: Offset | None = widget.cursor_screen_offset
    return own


def text_cursor(field: Input) -> Offset:
    """The cell in which a field paints its cursor; Textual's own is one further at the end."""
    before = cell_len(field.value[: field.cursor_position])
    return field.content_region.offset + Offset(before - field.scroll_offset.x, 0)


def first_words(widget: Widget, seen: Region) -> Offset:
    """The first cell of a widget's first words that are to be seen; of drawings alone, its own."""
    # All rows at once: what was painted a moment ago is kept, and asking for it has its cost.
    for row, strip in enumerate(widget.render_lines(seen.translate(-widget.region.offset))):
        text = strip.text
        at = next((at for at, char in enumerate(text) if char.isalnum()), None)
        if at is not None:
            return seen.offset + Offset(cell_len(text[:at]), row)
    return widget.content_region.offset
