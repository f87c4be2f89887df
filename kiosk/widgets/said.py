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
    """What is seen in a widget says, in the order in which it was composed: from the top."""
    for child in widget.children:
        if child.region:  # what is hidden has none
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
