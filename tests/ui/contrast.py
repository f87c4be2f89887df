"""How well painted words stand out: WCAG contrast of every cell of the screen that is up."""

from collections.abc import Iterator
from typing import Any

from painter import colours
from textual.app import App

READABLE = 7.0
DISABLED = 4.5
"""What rests, such as the screen behind a question, may stand out less."""
BORDERS = "▏▕▊▎▔▁▂▃▄▅▆▇▐▌▛▜▙▟▀─━"
"""What draws the edges of cards, progress, scroll bars, and the modules of codes."""


def luminance(colour: tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [c / 255 for c in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def faint(app: App[Any], at_least: float = READABLE) -> Iterator[str]:
    """Painted words and block digits that stand out less than they must."""
    for strip in app.screen._compositor.render_strips():
        for text, style, _control in strip:
            words = text.strip().strip(BORDERS).strip()
            if words and (ratio := contrast(*colours(style))) < at_least:
                yield f"{words!r} {ratio:.1f}"


def blinking(app: App[Any]) -> bool:
    strips = app.screen._compositor.render_strips()
    return any(style and (style.blink or style.blink2) for strip in strips for _, style, _ in strip)
