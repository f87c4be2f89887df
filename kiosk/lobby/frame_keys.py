"""What the keys and cards do that every patients' screen has."""

from kiosk.input.guard import Meaning
from kiosk.widgets.keypad import DELETE, Key
from kiosk.widgets.press import Press

COMMANDS = {
    "escape": "back",
    "minus": "back",
    "asterisk": "start-over",
    "slash": "help",
    "enter": "next",
    "plus": "language",
    "full_stop": "display",
    "f2": "display",
}
"""Keys that are a button of the frame. A field that is being typed in takes them first."""
FRAME = {
    "back": Meaning.LEAVES,
    "start-over": Meaning.LEAVES,
    "help": Meaning.LEAVES,
    "language": Meaning.CHANGES,
    "display": Meaning.CHANGES,
}
"""What the buttons of the frame do; where Next leads, each screen knows."""
EVERYWHERE = {"f1": Meaning.LEAVES, "f10": Meaning.LEAVES, "f12": Meaning.CHANGES}
"""Keys that the app itself takes."""
TURNERS = ("page-back", "earlier", "later")
"""Cards that turn a page, besides those of the class `more`."""


def frame_means(card: Press) -> Meaning | None:
    """What a card of a frame, a keypad or a row of pages does; None for the screen's own."""
    name = card.id or ""
    if isinstance(card, Key):
        return Meaning.MOVES if name.endswith(DELETE) else Meaning.TYPES
    if name in TURNERS or card.has_class("more"):
        return Meaning.PAGES
    return FRAME.get(name)
