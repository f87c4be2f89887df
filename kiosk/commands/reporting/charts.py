"""Charts as SVG text, to be read in black and white too: shades, lines and numbers; pure."""

from collections.abc import Callable, Sequence
from html import escape
from math import ceil

from db import Cell
from kiosk.queue.took import Took

WIDE = 720
"""Units across a page."""
LABEL = 64
"""Units for what stands before the rows of a chart."""
INK, MIDDLE, PALE, PAPER = "#1d2b27", "#5f7d73", "#dfe8e4", "#ffffff"
DARK = 0.45
"""Part of the darkest shade beyond which a number stands in white."""
ROOM = 20
"""Units a column must be high to hold its number."""
PLOT_WIDE, PLOT_TALL = 260, 18
TICKS = 5
"""Numbers under a plot at most."""


def heat(
    rows: Sequence[tuple[str, Sequence[Cell]]],
    hours: range,
    number: Callable[[int], str],
    said: str,
) -> str:
    """A row of hours for each label: the darker the more people an hour, each with its number."""
    tall, each = 26, (WIDE - LABEL) / len(hours)
    top = max(
        (cell.people / (cell.end - cell.start) for _, some in rows for cell in some), default=1
    )
    parts = [_hour_labels(hours, each)]
    for n, (label, cells) in enumerate(rows):
        y = 18 + n * tall
        parts.append(_text(0, y + 17, label))
        parts.append(_rect(LABEL, y + 1, each * len(hours), tall - 2, PAPER, PALE))
        for cell in cells:
            part = cell.people / (cell.end - cell.start) / top
            x, wide = LABEL + (cell.start - hours.start) * each, (cell.end - cell.start) * each
            parts.append(_rect(x + 1, y + 1, wide - 2, tall - 2, _shade(part)))
            ink = PAPER if part > DARK else INK
            parts.append(_text(x + wide / 2, y + 17, number(cell.people), ink, "middle"))
    return _svg(WIDE, 22 + len(rows) * tall, parts, said)


def columns(
    now: Sequence[Cell],
    before: Sequence[Cell],
    hours: range,
    number: Callable[[int], str],
    said: str,
) -> str:
    """Arrivals by hour: full columns, and those of the days before as outlines behind them."""
    tall, each = 130, (WIDE - LABEL) / len(hours)
    top = max((cell.people / (cell.end - cell.start) for cell in (*now, *before)), default=1)
    foot = tall + 16
    parts, told = [], []
    for cells, is_now in ((now, True), (before, False)):
        for cell in cells:
            wide = (cell.end - cell.start) * each
            height = cell.people / (cell.end - cell.start) / top * tall
            x, y = LABEL + (cell.start - hours.start) * each, foot - height
            if is_now:
                parts.append(_rect(x + 3, y, wide - 10, height, MIDDLE))
                inside = height > ROOM
                place, ink = (foot - 6, PAPER) if inside else (y - 4, INK)
                told.append(_text(x + wide / 2, place, number(cell.people), ink, "middle"))
            else:
                parts.append(_rect(x + 7, y, wide - 10, height, "none", INK, dashed=True))
    parts += [*told, _line(LABEL, foot, WIDE, foot)]
    parts += [
        _text(LABEL + (n + 0.5) * each, foot + 14, f"{hour:02d}", INK, "middle")
        for n, hour in enumerate(hours)
    ]
    return _svg(WIDE, foot + 20, parts, said)


def spread(took: Took | None, top: int, band: tuple[int, int] | None = None) -> str:
    """One line of a table: from shortest to longest, a bar to nine in ten, a mark at the median.

    `top` is the number of minutes at its right end; a `band` was told, and lies behind it.
    """
    parts = []
    if band:
        left, right = (min(one, top) / top * PLOT_WIDE for one in band)
        parts.append(_rect(left, 1, right - left, PLOT_TALL - 2, PALE, MIDDLE))
    if took:
        middle = PLOT_TALL / 2
        least, median, p90, most = (
            min(one, top) / top * PLOT_WIDE
            for one in (
                took.least_minutes,
                took.median_minutes,
                took.p90_minutes,
                took.most_minutes,
            )
        )
        parts.append(_line(least, middle, most, middle))
        parts.append(_rect(median, middle - 4, max(0.0, p90 - median), 8, MIDDLE))
        parts.append(_rect(max(0.0, median - 1.5), middle - 7, 3, 14, INK))
    return _svg(PLOT_WIDE, PLOT_TALL, parts, "", fixed=True)


def scale(top: int) -> str:
    """The minutes under the lines of `spread`, as a line of its own."""
    step = ceil(top / TICKS / 5) * 5
    parts = []
    for minutes in range(0, top + 1, step):
        x = minutes / top * PLOT_WIDE
        anchor = "start" if minutes == 0 else "end" if minutes == top else "middle"
        parts.append(_line(x, 0, x, 4))
        parts.append(_text(x, 14, str(minutes), INK, anchor))
    return _svg(PLOT_WIDE, PLOT_TALL, [_line(0, 0, PLOT_WIDE, 0), *parts], "", fixed=True)


def top_of(some: Sequence[Took | None]) -> int:
    """The minutes at the right end of plots of these: a round number that holds nine in ten.

    The longest of all would press the others together; a line that goes on beyond ends there.
    """
    most = max((2 * took.p90_minutes for took in some if took), default=0)
    longest = max((took.most_minutes for took in some if took), default=0)
    return max(15, ceil(min(most, longest) / 15) * 15)


def _hour_labels(hours: range, each: float) -> str:
    return "".join(
        _text(LABEL + (n + 0.5) * each, 12, f"{hour:02d}", INK, "middle")
        for n, hour in enumerate(hours)
    )


def _shade(part: float) -> str:
    """From pale to dark; grey prints of it differ as it does."""
    pale, dark = (0xE9, 0xF0, 0xED), (0x1F, 0x4A, 0x3D)
    return "#" + "".join(
        f"{round(a + (b - a) * part):02x}" for a, b in zip(pale, dark, strict=True)
    )


def _rect(
    x: float, y: float, wide: float, tall: float, fill: str, line: str = "", *, dashed: bool = False
) -> str:
    stroke = f' stroke="{line}"' if line else ""
    stroke += ' stroke-dasharray="3 2"' if dashed else ""
    size = f'x="{x:.1f}" y="{y:.1f}" width="{max(0, wide):.1f}" height="{max(0, tall):.1f}"'
    return f'<rect {size} fill="{fill}"{stroke}/>'


def _line(x: float, y: float, x2: float, y2: float) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{INK}"/>'


def _text(x: float, y: float, text: str, ink: str = INK, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" fill="{ink}" text-anchor="{anchor}"'
    return f"<text {place}>{escape(text)}</text>"


def _svg(wide: float, tall: float, parts: Sequence[str], said: str, *, fixed: bool = False) -> str:
    told = f'role="img" aria-label="{escape(said)}"' if said else 'aria-hidden="true"'
    size = f'width="{wide:g}" height="{tall:g}" ' if fixed else ""
    return f'<svg {size}viewBox="0 0 {wide:g} {tall:g}" {told}>{"".join(parts)}</svg>'
