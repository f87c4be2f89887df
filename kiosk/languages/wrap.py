"""Breaking text into lines as readers of each language expect, by terminal cells."""

import re

from rich.cells import cell_len

# What may not begin a line (it clings to the character before) or end one (to the one after).
_CLOSING = "，。、；：？！）」』】》〉％,.;:?!)]}%ー々〜ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_OPENING = "（「『【《〈([{"
_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
_ORPHAN = 7  # cells of a last line that is too short for what flows over several
_JOINTS = "/-"  # after which a link breaks best
_SPACE = r"[^\S\u00a0\u202f]"  # French has spaces at which no line breaks
_TOKEN = re.compile(rf"{_SPACE}+|(?:[\u00a0\u202f]|[^\s{_WIDE}])+|.")


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells: broken at spaces, and between Chinese or Japanese characters.

    Punctuation that closes stays with what it closes, and an opening bracket with what it
    opens. A word wider than a line is cut, a link after a stroke where it has one.
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
                head = head[: max(head.rfind(joint) for joint in _JOINTS) + 1] or head
                lines.append(head)
                line = line[len(head) :]
        lines.append(line.rstrip())
    return lines


def wrap_evenly(text: str, width: int) -> list[str]:
    """As many lines as `wrap` makes, and no word or two left alone in the last.

    For headings and labels: two lines become about equal, where the last is less than half.
    """
    return [line for paragraph in text.split("\n") for line in _evened(paragraph, width)]


def _evened(paragraph: str, width: int) -> list[str]:
    lines = wrap(paragraph, width)
    # Chinese breaks within words: the less it is moved, the better.
    flows = len(lines) > 2 or cell_len(paragraph) > len(paragraph)
    while len(lines) > 1:
        if cell_len(lines[-1]) >= (_ORPHAN if flows else max(map(cell_len, lines)) / 2):
            break
        widest = max(map(cell_len, lines))
        narrower = wrap(paragraph, widest - 1)
        # A wide character in a single column is as narrow as it can be.
        if len(narrower) > len(lines) or max(map(cell_len, narrower)) >= widest:
            break
        lines = narrower
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
