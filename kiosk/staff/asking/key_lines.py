"""Keys and their words in rows and columns, as one widget: many would take too long to come up."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kiosk.staff.acts.keys import Key
from kiosk.staff.asking.columns import GAP
from kiosk.widgets.said import Saying


class KeyLines(Static):
    """Each key can be touched where it stands, and is tinted under the mouse."""

    class Chosen(Message):
        """A key was touched."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._rows: Sequence[Sequence[Key | None]] = ()
        self._widths: Sequence[int] = ()
        self._rows_each = 1
        self._pointed_at: Key | None = None

    def lay_out(
        self, rows: Sequence[Sequence[Key | None]], widths: Sequence[int], rows_each: int = 1
    ) -> None:
        """Show these keys in columns of these cells, each row so many rows high."""
        layout = rows, widths, rows_each
        if layout != (self._rows, self._widths, self._rows_each):
            self._rows, self._widths, self._rows_each = layout
            self.refresh(layout=True)

    def written(self, key: Key) -> Content:
        """What is said of a key."""
        raise NotImplementedError

    def said(self) -> list[Saying]:
        """Each key and what it does, row by row."""
        return [self.saying(key) for row in self._rows for key in row if key]

    def saying(self, key: Key) -> Saying:
        """A key and what it does."""
        return Saying(key.label, key.letter)

    def render(self) -> Content:
        """The rows."""
        lines = [Content(" " * GAP).join(map(self._cell, row, self._widths)) for row in self._rows]
        return Content("\n" * self._rows_each).join(lines)

    def _cell(self, key: Key | None, cells: int) -> Content:
        words = self.written(key) if key else Content("")
        padded = Content.assemble(words, " " * max(0, cells - words.cell_length))
        pointed_at = key is not None and key is self._pointed_at
        return padded.stylize_before("on $tint") if pointed_at else padded

    def _under(self, event: events.MouseEvent) -> Key | None:
        """The key that stands where the mouse is."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y // self._rows_each >= len(self._rows):
            return None
        left = 0
        for key, cells in zip(self._rows[offset.y // self._rows_each], self._widths, strict=False):
            if left <= offset.x < left + cells:
                return key
            left += cells + GAP
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tint the key under the mouse."""
        self._point_at(self._under(event))

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self._point_at(None)

    def _point_at(self, key: Key | None) -> None:
        if key is not self._pointed_at:
            self._pointed_at = key
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the key that stands here."""
        event.stop()
        if key := self._under(event):
            self.post_message(self.Chosen(key.action))
