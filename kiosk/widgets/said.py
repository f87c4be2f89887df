"""What a screen says, in reading order: the same words for the eye, a voice, braille and a line.

A widget that paints words of its own has a method `said` that tells them; nothing is put together
unless somebody asks.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

import msgspec
from textual.widget import Widget
from textual.widgets import Input, Static


class Saying(msgspec.Struct, frozen=True):
    """Words that belong together: a sentence, a line of a table, a choice."""

    words: str
    key: str = ""
    """What chooses it, where it is a choice."""

    def __str__(self) -> str:
        return f"{self.key} {self.words}" if self.key else self.words


@runtime_checkable
class Says(Protocol):
    """Whatever knows its own words."""

    def said(self) -> Iterable[Saying]:
        """Its words, in the order in which they are read."""
        ...


def said(widget: Widget) -> list[Saying]:
    """What a screen, or a widget with all that stands in it, says now; nothing that is hidden."""
    told = widget.said() if isinstance(widget, Says) else _told(widget)
    return [saying for saying in told if saying.words or saying.key]


def said_within(widget: Widget) -> Iterator[Saying]:
    """What stands in a widget says, from the top."""
    for child in _in_reading_order(widget):
        yield from said(child)


def _told(widget: Widget) -> Iterator[Saying]:
    """By rules for Textual's own: a field says what is in it, a masked one how much."""
    match widget:
        case Input(password=True):
            yield Saying(str(len(widget.value)))
        case Input():
            yield Saying(widget.value or widget.placeholder)
        case Static():
            yield Saying(str(widget.visual))
        case _:
            yield from said_within(widget)


def _in_reading_order(widget: Widget) -> Iterator[Widget]:
    """What is seen in a widget: down its rows, and in each from left to right.

    A row is all that begins before the one on top ends.
    """
    seen = [c for c in widget.children if c.display and c.region and (c.visible or c.children)]
    left = sorted(seen, key=lambda child: child.region.y)
    while left:
        row = [child for child in left if child.region.y < left[0].region.bottom]
        yield from sorted(row, key=lambda child: (child.region.x, child.region.y))
        left = left[len(row) :]
