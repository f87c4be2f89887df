"""What keys do on the staff's screens, for whoever judges held keys and scans."""

import re

from textual import events

from kiosk.input.guard import Meaning
from kiosk.languages import typed

TWICE = ("f1", "escape", "minus", "backspace", "delete")
"""Keys that lead back, help or delete: they may come as often as they like."""


def in_the_queue(key: events.Key) -> Meaning:
    """Letters and function keys change something; digits are a field; arrows move."""
    char = key.character or ""
    if key.key in TWICE or (not char and not _is_function(key.key)) or key.key == "tab":
        return Meaning.MOVES
    return Meaning.TYPES if typed.digit(char) else Meaning.CHANGES


def in_an_answer(key: events.Key) -> Meaning:
    """Whatever answers changes something, digits too."""
    meaning = in_the_queue(key)
    return Meaning.CHANGES if meaning is Meaning.TYPES else meaning


def in_a_line(key: events.Key) -> Meaning:
    """Text, but for what ends it."""
    if key.key == "enter":
        return Meaning.CHANGES
    char = key.character or ""
    return Meaning.TEXT if char.isprintable() and char else Meaning.MOVES


def _is_function(key: str) -> bool:
    return bool(re.fullmatch(r"f[0-9]+", key))
