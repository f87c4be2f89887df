"""How a card's ground is painted: hollow until it may be chosen, tinted while it is pressed."""

from collections.abc import Mapping

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

_BLOCKS = frozenset(" ▀▄█▌▐▛▜▙▟▘▝▖▗▚▞")
"""What digits of blocks are made of."""


def hollow(strips: list[Strip], around: Color, inks: Mapping[str, str]) -> list[Strip]:
    """Lines of a card on what is around it: edges and words stay, what was filled is not.

    `inks` are the theme's colours by name. Where the ground is that of what is around, the key's
    patch and its digit of blocks still tell.
    """
    jade, quiet = Color.parse(inks["jade"]), Color.parse(inks["quiet"])

    def empty(segment: Segment) -> Segment:
        text, style, control = segment
        if style is None or style.bgcolor is None:
            return segment
        if style.bgcolor == jade:  # a patch, or the words of a card that is jade itself
            return Segment(text, style + Style(color=jade, bgcolor=around), control)
        if style.color == jade and _BLOCKS.issuperset(text) and not text.isspace():
            return Segment(text, style + Style(color=quiet, bgcolor=around), control)
        return Segment(text, style + Style(bgcolor=around), control)

    return [Strip(map(empty, strip), strip.cell_length) for strip in strips]


def tinted(strips: list[Strip], ground: Color, inks: Mapping[str, str]) -> list[Strip]:
    """Lines of a card on the tint of what is pressed."""
    tint = Style(bgcolor=Color.parse(inks["tint"]))

    def press(segment: Segment) -> Segment:
        text, style, control = segment
        if style is None or style.bgcolor != ground:
            return segment
        return Segment(text, style + tint, control)

    return [Strip(map(press, strip), strip.cell_length) for strip in strips]
