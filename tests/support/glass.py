"""The words on the glass, each with the widget that paints it, and whether that one says them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from textual.errors import NoWidget
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.widgets.said import Saying, Says, said

WORD = re.compile(r"\d+|[A-Za-zÀ-ÖØ-öø-ÿŒœ]+|[^\W\d_A-Za-zÀ-ÖØ-öø-ÿŒœ]+")
"""A number, a word of Latin letters, or a run of any others."""


def painted(screen: Screen[object]) -> Iterator[tuple[str, Widget]]:
    """Every word on the glass with the widget that it belongs to; of a modal screen its own."""
    for y, strip in enumerate(screen._compositor.render_strips()):
        line = "".join(segment.text for segment in strip)
        for found in WORD.finditer(line):
            try:
                widget, _region = screen.get_widget_at(cell_len(line[: found.start()]), y)
            except NoWidget:
                continue
            if not (widget is screen and screen.is_modal):  # what lies beneath
                yield found[0], widget


def unsaid(screen: Screen[object]) -> list[str]:
    """Words on the glass that are not said by whoever paints them, or not by the screen."""
    told: dict[Widget, list[Saying]] = {}
    faults = []
    for word, widget in painted(screen):
        teller = _teller(widget)
        if teller not in told:
            told[teller] = said(teller)
        if not _is_among(word, told[teller]):
            faults.append(f"{word!r} of {teller!r}, which says {list(map(str, told[teller]))}")
    whole = Counter(said(screen))
    apart = sum((Counter(told[teller]) for teller in told if teller is not screen), Counter())
    faults += [f"{saying!r} is not said by the screen" for saying in apart - whole]
    return faults + [f"{widget!r} is composed out of order" for widget in _out_of_order(screen)]


def _out_of_order(widget: Widget) -> Iterator[Widget]:
    """Where what is composed later stands above or to the left.

    A row is all that begins before the one on top ends; in a row it goes from left to right.
    """
    seen = [child for child in widget.children if child.region]
    left, read = sorted(seen, key=lambda child: child.region.y), []
    while left:
        row = [child for child in left if child.region.y < left[0].region.bottom]
        read += sorted(row, key=lambda child: (child.region.x, child.region.y))
        left = left[len(row) :]
    if read != seen:
        yield widget
    for child in seen:
        yield from _out_of_order(child)


def _teller(widget: Widget) -> Widget:
    """Who says what a widget paints: itself, or what it is a part of."""
    for node in widget.ancestors_with_self:
        if isinstance(node, Says | Static | Input):
            assert isinstance(node, Widget)
            return node
    raise AssertionError(f"nobody says what {widget!r} paints")


def _is_among(word: str, told: Iterable[Saying]) -> bool:
    """Whether it is a word of these, or a part of one that is parted on the glass or cut there."""
    texts = [str(saying) for saying in told]
    if any(word in WORD.findall(text) for text in texts):
        return True
    return not word.isdecimal() and any(word in "".join(text.split()) for text in texts)
