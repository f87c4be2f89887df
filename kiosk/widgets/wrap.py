"""Breaking text into lines as readers of each language expect, by terminal cells."""

import re

from rich.cells import cell_len

# What may not begin a line (it clings to the character before) or end one (to the one after).
_CLOSING = "，。、；：？！）」』】》〉％,.;:?!)]}%ー々〜ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_OPENING = "（「『【《〈([{"
_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
_SPACE = r"[^\S\u00a0\u202f]"  # French has spaces at which no line breaks
_TOKEN = re.compile(rf"{_SPACE}+|[{_WIDE}]|(?:(?!{_SPACE})[^{_WIDE}])+")


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells: broken at spaces, and between Chinese or Japanese characters.

    Punctuation that closes stays with what it closes, and an opening bracket with what it
    opens. A word wider than a line is cut.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if cell_len(line + piece.rstrip()) <= width:
                line += piece if line or not piece.isspace() else ""
                continue
            if line.strip():
                lines.append(line.rstrip())
            line = piece.lstrip()
            while cell_len(line) > width:
                head = _fitting(line, width)
                lines.append(head)
                line = line[len(head) :]
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> list[str]:
    """Unbreakable pieces of a paragraph, spaces being pieces of their own."""
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        clings = token[0] in _CLOSING and pieces and not pieces[-1].isspace()
        follows = pieces and pieces[-1][-1] in _OPENING
        if clings or (follows and not token.isspace()):
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


def _fitting(text: str, width: int) -> str:
    """The longest beginning of `text` that fits; at least one character."""
    head = ""
    for char in text:
        if head and cell_len(head + char) > width:
            break
        head += char
    return head
