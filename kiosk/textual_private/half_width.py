"""What an input method makes of keys, as the keys they were: digits, letters and marks."""

from textual import events
from textual.keys import _character_to_key

_FULL_WIDTH = 0xFEE0
"""From an ASCII character to its full-width form."""
_FIRST, _LAST = "\N{FULLWIDTH EXCLAMATION MARK}", "\N{FULLWIDTH TILDE}"
_MARKS = {
    "、": "/",
    "。": ".",
    "・": "/",
    "·": "/",
    "ー": "-",
    "−": "-",
    "×": "*",
    "\N{IDEOGRAPHIC SPACE}": " ",
}
"""What Chinese and Japanese input methods make of marks, full-width or not: right in a text."""


def half_width(key: events.Key) -> events.Key:
    """The same key without the full width."""
    char = key.character or ""
    if len(char) == 1 and _FIRST <= char <= _LAST:
        return _key(chr(ord(char) - _FULL_WIDTH))
    return key


def mark(key: events.Key) -> events.Key:
    """The same key where it is no text: the mark of the keyboard that it was."""
    meant = _MARKS.get(key.character or "")
    return _key(meant) if meant else key


def _key(char: str) -> events.Key:
    return events.Key(char if char.isalnum() else _character_to_key(char), char)
