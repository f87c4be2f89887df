"""Keyboard: letters and digits to touch, and above them what the last letters may become.

It is one widget that paints its own keys: fifty widgets would take longer to come up and to repaint
than a finger should wait.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kiosk.input.keycaps import (
    CAPITALS,
    DELETE,
    EARLIER,
    LATER,
    LETTERS,
    OFFER,
    PINYIN,
    SPACE,
    Cap,
    rows_of_caps,
)
from kiosk.widgets.said import Saying

ROW = 10
"""Keys of a letter's width in a row."""
PLACES = 8
"""Offers shown at once; before and after them one turns the page."""
LEAST, MOST = 3, 5
"""Rows of the glass that a key takes."""
WIDEST = 14
"""Columns of a letter's key at most: farther apart, a finger travels too far."""


class Keyboard(Widget):
    """Posts Struck for each key; keeps nothing of what is typed but the offers it shows."""

    COMPONENT_CLASSES = {
        "keyboard--key",
        "keyboard--edge",
        "keyboard--offer",
        "keyboard--on",
        "keyboard--cursor",
        "keyboard--hint",
    }

    class Struck(Message):
        """A key was touched: a character, or a name of keycaps.py; `place` of an offer."""

        def __init__(self, name: str, place: int = 0) -> None:
            super().__init__()
            self.name = name
            self.place = place

    def __init__(
        self,
        *,
        delete: str,
        space: str,
        hint: str = "",
        done: str = "",
        pinyin: bool = False,
        capitals: bool = True,
    ) -> None:
        """Without a `hint` there is no row of offers; `done` is the key that puts it away."""
        super().__init__()
        self._words = {DELETE: delete, SPACE: space}
        self._hint = hint
        self._done = done
        self.pinyin = pinyin
        self.capitals = capitals
        self._digits = False
        self._offers: Sequence[str] = ()
        self._page = 0
        self._painted: dict[tuple[object, ...], Strip] = {}
        """Lines through rows of keys as they have been painted; of letters, never of offers."""
        self.cursor: tuple[int, int] | None = None
        """Row and place of the key that arrows have moved to; none while fingers type."""
        self._touched = False

    # What is shown

    def offer(self, offers: Sequence[str], *, capitals: bool) -> None:
        """Show what the last letters may become, and the letters as the next one will be."""
        changed = tuple(offers) != tuple(self._offers) or self._page
        self._offers, self._page = tuple(offers), 0
        if capitals != self.capitals:
            self.capitals = capitals
            self._refresh_letters()
        if changed:
            self._refresh_offers()
        if self.cursor and self.cursor[0] == 0:
            self.cursor = (0, 0) if offers else (1, 0)
            self.refresh()

    def rest(self) -> None:
        """Nobody is moving over the keys any more."""
        if self.cursor:
            self.cursor = None
            self.refresh()

    def rows(self) -> list[Sequence[Cap]]:
        """The keys as they stand now, the offers in the first row."""
        caps = rows_of_caps(
            self._words[DELETE],
            self._words[SPACE],
            self._done,
            digits=self._digits,
            capitals=self.capitals,
        )
        return [self._offer_row(), *caps] if self._hint else [*caps]

    def _offer_row(self) -> list[Cap]:
        if not self._offers:
            return []
        first = self._page * PLACES
        page = [
            Cap(OFFER, text, place=first + at)
            for at, text in enumerate(self._offers[first : first + PLACES])
        ]
        if len(self._offers) <= PLACES:
            return page
        page += [Cap("", "")] * (PLACES - len(page))
        earlier = Cap(EARLIER, "<") if self._page else Cap("", "")
        later = Cap(LATER, ">") if first + PLACES < len(self._offers) else Cap("", "")
        return [*page, earlier, later]

    def said(self) -> list[Saying]:
        """Its keys as they stand, the offers or the hint first."""
        keys = [Saying(cap.label) for row in self.rows() for cap in row if cap.name]
        return keys if self._offers else [Saying(self._hint), *keys]

    # Places on the glass

    @property
    def _high(self) -> int:
        return max(LEAST, min(MOST, self.size.height // (5 if self._hint else 4)))

    def _columns(self) -> list[int]:
        """The columns where keys begin that have so many letters' widths before them."""
        room = self.size.width
        width = min(WIDEST * ROW, room)
        return [(room - width) // 2 + letters * width // ROW for letters in range(ROW + 1)]

    def _placed(self, row: Sequence[Cap]) -> list[tuple[Cap, int, int]]:
        """The keys of a row with the columns they begin and end before."""
        columns = self._columns()
        placed, letters = [], 0
        for cap in row:
            placed.append((cap, columns[letters], columns[letters + cap.width]))
            letters += cap.width
        return placed

    def cap_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Row and place of the key at a cell; None beside them."""
        rows, row = self.rows(), y // self._high
        if not 0 <= row < len(rows):
            return None
        for place, (cap, left, right) in enumerate(self._placed(rows[row])):
            if left <= x < right:
                return (row, place) if cap.name else None
        return None

    def region_of(self, label: str) -> Region | None:
        """Where the key with this label stands within the keyboard."""
        for number, row in enumerate(self.rows()):
            for cap, left, right in self._placed(row):
                if cap.name and label in (cap.label, cap.name):
                    return Region(left, number * self._high, right - left, self._high)
        return None

    @property
    def cursor_screen_offset(self) -> Offset | None:
        """The first cell of what stands on the key under the cursor; None while there is none."""
        if self.cursor is None:
            return None
        row, place = self.cursor
        keys = self._placed(self.rows()[row])
        cap, left, right = keys[min(place, len(keys) - 1)]
        label = left + 1 + max(0, right - left - 2 - cell_len(cap.label)) // 2
        return self.content_region.offset + Offset(label, row * self._high + self._high // 2)

    # Fingers and arrows

    def on_click(self, event: events.Click) -> None:
        """A tap strikes the key it falls on; the end of a double tap begun elsewhere does not."""
        event.stop()
        if event.chain == 1:
            self._touched = True
        if self._touched and (at := self.cap_at(event.x, event.y)):
            self.rest()
            self._strike(at)

    def move(self, direction: str) -> bool:
        """Move over the keys; False where none lies in that direction."""
        rows = self.rows()
        if self.cursor is None:
            if direction == "up":
                return False
            self.cursor = (0, 0) if rows[0] else (1, 0)
            self.refresh()
            return True
        row, place = self.cursor
        place = min(place, len(rows[row]) - 1)
        if direction in ("left", "right"):
            places = [n for n, cap in enumerate(rows[row]) if cap.name]
            at = places.index(place) + (1 if direction == "right" else -1)
            self.cursor = (row, places[at % len(places)])
        else:
            after = row + (1 if direction == "down" else -1)
            if not 0 <= after < len(rows) or not rows[after]:
                self.rest()
                return False
            _cap, left, _right = self._placed(rows[row])[place]
            columns = self._columns()
            found = self.cap_at(left + (columns[1] - columns[0]) // 2, after * self._high)
            self.cursor = found or (after, 0)
        self.refresh()
        return True

    def strike(self) -> bool:
        """Strike the key that the arrows stand on; False where they stand on none."""
        if self.cursor is None:
            return False
        self._strike(self.cursor)
        return True

    def _strike(self, at: tuple[int, int]) -> None:
        row = self.rows()[at[0]]
        cap = row[min(at[1], len(row) - 1)]
        match cap.name:
            case "":
                pass
            case "capitals":
                self.capitals = not self.capitals
                self.refresh()
            case "other":
                self._digits = not self._digits
                self.refresh()
            case "earlier" | "later":
                self._page += 1 if cap.name == LATER else -1
                if self.cursor:
                    self.cursor = (0, 0)
                self._refresh_offers()
            case _:
                if cap.name == PINYIN:
                    self.pinyin = not self.pinyin
                    self.refresh()
                self.post_message(self.Struck(cap.name, cap.place))

    def _refresh_offers(self) -> None:
        self.refresh(Region(0, 0, self.size.width, self._high))

    def _refresh_letters(self) -> None:
        """Where letters become capitals only middle lines change, but for the key that says so."""
        high, columns, first = self._high, self._columns(), 1 if self._hint else 0
        rows = range(first, first + len(LETTERS))
        self.refresh(
            Region(columns[0], rows[-1] * high, columns[1] - columns[0], high),
            *(Region(0, row * high + high // 2, self.size.width, 1) for row in rows),
        )

    # Painting

    def notify_style_update(self) -> None:
        """Other colours: what was painted is of no use any more."""
        self._painted.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One line through a row of keys."""
        row, line = divmod(y, self._high)
        if not row and self._hint:
            return self._render_row(row, line)
        at = self.cursor[1] if self.cursor and self.cursor[0] == row else None
        state = (row, line, self.size, at, self.capitals, self.pinyin, self._digits)
        if state not in self._painted:
            self._painted[state] = self._render_row(row, line)
        return self._painted[state]

    def _render_row(self, row: int, line: int) -> Strip:
        rows, high = self.rows(), self._high
        plain, width = self.rich_style, self.size.width
        if row >= len(rows):
            return Strip.blank(width, plain)
        if not rows[row]:
            hint = self._hint if line == high // 2 else ""
            style = self.get_component_rich_style("keyboard--hint")
            return Strip([Segment(_centred(hint, width), style)], width)
        segments = [Segment(" " * self._columns()[0], plain)]
        for place, (cap, left, right) in enumerate(self._placed(rows[row])):
            on = (row, place) == self.cursor
            segments += self._key(cap, right - left, line, under_cursor=on)
        return Strip(segments).adjust_cell_length(width, plain)

    def _key(self, cap: Cap, width: int, line: int, *, under_cursor: bool) -> list[Segment]:
        if not cap.name:
            return [Segment(" " * width, self.rich_style)]
        on = (cap.name == PINYIN and self.pinyin) or (cap.name == CAPITALS and self.capitals)
        name = "cursor" if under_cursor else "on" if on else "offer" if cap.name == OFFER else "key"
        style = self.get_component_rich_style(f"keyboard--{name}")
        line_colour = self.get_component_rich_style("keyboard--edge")
        edge = style if under_cursor else Style(color=line_colour.color, bgcolor=style.bgcolor)
        shape = "▛▀▜▌▐▙▄▟" if under_cursor else "▏▔▕▏▕▏▁▕"
        if line in (0, self._high - 1):
            left, across, right = tuple(shape[5:] if line else shape[:3])
            return [Segment(left + across * (width - 2) + right, edge)]
        left, right = shape[3], shape[4]
        label = _centred(cap.label if line == self._high // 2 else "", width - 2)
        return [Segment(left, edge), Segment(label, style), Segment(right, edge)]


def _centred(text: str, width: int) -> str:
    room = max(0, width - cell_len(text))
    return " " * (room // 2) + text + " " * (room - room // 2)
