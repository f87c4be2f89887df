"""How well painted words stand out: WCAG contrast of every cell of the screen that is up."""

from collections.abc import Iterator
from typing import Any

from painter import colours
from textual.app import App
from textual.screen import Screen
from textual.widgets import Input

from kiosk.styles.themes import THEMES

READABLE = 7.0
DISABLED = 4.5
"""What rests may stand out less: the screen behind a question, and what cannot be chosen."""
BORDERS = "▏▕▊▎▔▁▂▃▄▅▆▇▐▌▛▜▙▟▀─━"
"""What draws the edges of cards, progress, scroll bars, and the modules of codes."""
EVERY_THEME = [theme.name for theme in THEMES]


def luminance(colour: tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [c / 255 for c in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def faint(app: App[Any]) -> Iterator[str]:
    """Painted words and block digits that stand out less than they must."""
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            text, style, _control = segment
            words = text.strip().strip(BORDERS).strip()
            if words and (ratio := contrast(*colours(style))) < READABLE:
                at = x + len(text) - len(text.lstrip(BORDERS + " "))
                if ratio < DISABLED or not _rests(app.screen, at, y):
                    yield f"{words!r} {ratio:.1f}"
            x += segment.cell_length


def _rests(screen: Screen[Any], x: int, y: int) -> bool:
    """Whether a cell belongs to what cannot be chosen now."""
    widget, _region = screen.get_widget_at(x, y)
    return widget.disabled or (widget is screen and screen.is_modal)


def blinking(app: App[Any]) -> bool:
    """Whether anything flashes or glides: cells, a cursor, or one of Textual's animations."""
    strips = app.screen._compositor.render_strips()
    cells = any(s and (s.blink or s.blink2) for strip in strips for _, s, _ in strip)
    cursor = any(field.has_focus and field.cursor_blink for field in app.screen.query(Input))
    return cells or cursor or bool(app.animator._animations or app.animator._scheduled)


def coloured(app: App[Any]) -> list[tuple[int, int, int]]:
    """The shades on the screen that are no grey."""
    strips = app.screen._compositor.render_strips()
    shades = {shade for strip in strips for _, style, _ in strip for shade in colours(style)}
    return [shade for shade in shades if len(set(shade)) > 1]
