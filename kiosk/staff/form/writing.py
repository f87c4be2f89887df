"""A line while it is typed: a text, where the cursor stands in it, and as much as fits; pure."""

import unicodedata

import msgspec
from rich.cells import cell_len

_JOINERS = "\u200c\u200d"
"""Needed inside Persian names and emoji; every other invisible character is left out."""
EDITING = ("backspace", "delete", "left", "right", "home", "end", "ctrl+u", "ctrl+w")


class Writing(msgspec.Struct, frozen=True):
    """A text, and the place in it where the next letter goes."""

    text: str = ""
    at: int = 0

    def __repr__(self) -> str:
        """Nothing of a patient stands in a traceback."""
        return "Writing(…)"

    @classmethod
    def at_end(cls, text: str) -> "Writing":
        """A text with the cursor behind it."""
        return cls(text, len(text))

    def write(self, text: str) -> "Writing":
        """More text where the cursor stands."""
        before, after = self.text[: self.at], self.text[self.at :]
        return Writing(before + text + after, self.at + len(text))

    def edit(self, key: str) -> "Writing":
        """What a key that edits makes of it."""
        text, at = self.text, self.at
        match key:
            case "left":
                return Writing(text, max(0, at - 1))
            case "right":
                return Writing(text, min(len(text), at + 1))
            case "home":
                return Writing(text, 0)
            case "end":
                return Writing(text, len(text))
            case "backspace":
                return Writing(text[: max(0, at - 1)] + text[at:], max(0, at - 1))
            case "delete":
                return Writing(text[:at] + text[at + 1 :], at)
            case "ctrl+u":
                return Writing(text[at:], 0)
            case "ctrl+w":
                kept = text[:at].rstrip().rpartition(" ")
                before = kept[0] + kept[1]
                return Writing(before + text[at:], len(before))
        return self


def shown(text: str) -> str:
    """A text that was handed over whole, in one line, without what does not show."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    return "".join(c for c in spaced if c in _JOINERS or unicodedata.category(c)[0] != "C")


def window(writing: Writing, cells: int) -> tuple[str, str, str]:
    """What is seen in so many cells: before the cursor, under it, and after it."""
    under = writing.text[writing.at : writing.at + 1] or " "
    room = cells - max(1, cell_len(under))
    before, used = "", 0
    for char in reversed(writing.text[: writing.at]):
        if used + cell_len(char) > room:
            break
        before, used = char + before, used + cell_len(char)
    after = ""
    for char in writing.text[writing.at + 1 :]:
        if used + cell_len(char) > room:
            break
        after, used = after + char, used + cell_len(char)
    return before, under, after
