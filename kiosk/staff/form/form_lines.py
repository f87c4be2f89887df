"""The fields of the form as lines: what each is called, what stands in it, what is said of that."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kiosk.staff.form.form_fields import Field
from kiosk.staff.form.form_line import Shown
from kiosk.staff.form.writing import Writing, window
from kiosk.staff.seen.rows import fit, printable
from kiosk.widgets.said import Saying

MARK = 2
"""Cells before a label."""
GAP = 2
BOXES = {Field.NAME: 28, Field.PHONE: 22, Field.TIME: 8, Field.PARTY: 8, Field.CAME: 8}
"""Cells for a text that is typed."""
GROUPS = (Field.NAME, Field.TIME, Field.WHOM, Field.URGENT, Field.PRINT)
"""Fields with some air above them where there is room."""


class FormLines(Widget, can_focus=True):
    """All fields; one line has the cursor."""

    COMPONENT_CLASSES = {
        "lines--line",
        "lines--label",
        "lines--here",
        "lines--text",
        "lines--cursor",
        "lines--note",
        "lines--alarm",
    }

    class Touched(Message):
        """A line was touched."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Shown, ...] = ()
        self._at = 0
        self._writing: Writing | None = None

    def show(self, shown: Sequence[Shown], at: int, writing: Writing | None) -> None:
        """Show these; the cursor stands on one, and in its text where it is `writing` there."""
        self._shown, self._at, self._writing = tuple(shown), at, writing
        self.refresh()

    def clear(self) -> None:
        """Forget what stood here."""
        self.show((), 0, None)

    def said(self) -> list[Saying]:
        """Each line that is seen."""
        return [Saying(_in_words(one)) for one in self._rows if one]

    @property
    def cursor_screen_offset(self) -> Offset:
        """In the text that is typed; else on the first cell of the line."""
        row = self._rows.index(self._shown[self._at]) if self._shown else 0
        column = 0
        if self._writing and self._shown:
            before, _under, _after = window(self._writing, self._box(self._shown[self._at]))
            column = MARK + self._label_cells + cell_len(printable(before))
        return self.content_region.offset + Offset(column, row)

    # Where lines are

    @property
    def _rows(self) -> list[Shown | None]:
        """What stands at each row that is seen, the cursor's among them."""
        height = self.size.height
        rows: list[Shown | None] = list(self._shown)
        airy: list[Shown | None] = []
        for one in self._shown:
            if airy and one.field in GROUPS:
                airy.append(None)
            airy.append(one)
        if self.screen.has_class("-tall") and len(airy) <= height:
            rows = airy
        at = rows.index(self._shown[self._at]) if self._shown else 0
        top = max(0, at - height + 1)
        return rows[top : top + height]

    @property
    def _label_cells(self) -> int:
        return max((cell_len(one.label) for one in self._shown), default=0) + GAP

    def _box(self, one: Shown) -> int:
        wide = self.size.width >= 100 and one.field is Field.NAME
        return BOXES.get(one.field, 0) * (3 if wide else 2) // 2

    def on_click(self, event: events.Click) -> None:
        """Go to the line that is touched."""
        event.stop()
        rows = self._rows
        if event.y < len(rows) and (one := rows[event.y]):
            self.post_message(self.Touched(one.field))

    # Painting

    def render_line(self, y: int) -> Strip:
        """A field, or air."""
        width, rows = self.size.width, self._rows
        one = rows[y] if y < len(rows) else None
        if one is None:
            return Strip.blank(width, self.get_component_rich_style("lines--line"))
        here = one is self._shown[self._at]
        ground = self.get_component_rich_style("lines--here" if here else "lines--line")
        label = _over(self.get_component_rich_style("lines--label"), ground)
        segments = [
            Segment(set_cell_size("> " if here else "", MARK), label),
            Segment(set_cell_size(one.label, self._label_cells), label),
            *self._value(one, ground, here),
        ]
        left = width - sum(cell_len(segment.text) for segment in segments)
        return Strip([*segments, Segment(self._note(one, left), self._note_style(one, ground))])

    def _value(self, one: Shown, ground: Style, here: bool) -> list[Segment]:
        cells = self._box(one)
        quiet = _over(self.get_component_rich_style("lines--note"), ground)
        if not cells:
            room = self.size.width - MARK - self._label_cells
            return [Segment(fit(one.value, room), quiet if one.quiet else ground)]
        text = self.get_component_rich_style("lines--text")
        if here and self._writing:
            before, under, after = map(printable, window(self._writing, cells))
            room = cells - cell_len(before) - cell_len(under)
            cursor = self.get_component_rich_style("lines--cursor")
            if not one.quiet or self._writing.text:
                return [
                    Segment(before, text),
                    Segment(under, cursor),
                    Segment(set_cell_size(after, room), text),
                ]
            covered = _over(self.get_component_rich_style("lines--note"), text)
            rest = set_cell_size(one.value, cells)
            return [Segment(rest[:1], cursor), Segment(rest[1:], covered)]
        style = _over(self.get_component_rich_style("lines--note"), text) if one.quiet else text
        return [Segment(set_cell_size(fit(printable(one.value), cells), cells), style)]

    def _note(self, one: Shown, cells: int) -> str:
        return set_cell_size(" " * GAP + fit(one.note.words, max(0, cells - GAP - 1)), cells)

    def _note_style(self, one: Shown, ground: Style) -> Style:
        loud = one.note.wrong or one.note.alarming
        name = "lines--alarm" if loud else "lines--note"
        return _over(self.get_component_rich_style(name), ground)


def _in_words(one: Shown) -> str:
    value = printable(one.value) if one.field in BOXES else one.value
    return " ".join(filter(None, (one.label, value, one.note.words)))


def _over(style: Style, ground: Style) -> Style:
    """A style's ink on the ground of another."""
    return ground + Style(color=style.color, bold=style.bold)
