"""How a card's ground is painted: hollow until it may be chosen, tinted while it is pressed."""

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip


def on_ground(
    strips: list[Strip], ground: Color, other: Color, *, ink: Color | None
) -> list[Strip]:
    """The same lines with `other` for their `ground`; `ink` for what was written on it, if any."""
    was = ground.rich_color
    now = Style(bgcolor=other.rich_color, color=ink.rich_color if ink else None)

    def repaint(segment: Segment) -> Segment:
        text, style, control = segment
        if style is None or style.bgcolor != was:
            return segment
        return Segment(text, style + now, control)

    return [Strip(map(repaint, strip), strip.cell_length) for strip in strips]
