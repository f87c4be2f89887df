"""The line above the table: how many stand where, or which part of them is shown."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from kiosk.languages.language import Language
from kiosk.staff.asking.key_lines import Key
from kiosk.staff.desk.key_area import KeyHint
from kiosk.staff.seen.rows import Counts, View, fit
from kiosk.staff.seen.shown import Shown, parts
from kiosk.staff.seen.staff_words import sent_on

PADDING = 4
"""Cells left free beside the counts."""
LEAST_GAP = 2
NOTE = "bold $terracotta"


class Above(Horizontal):
    """One line."""

    def __init__(self, show_all: str) -> None:
        """`show_all` is the label of the key that leads back to everybody."""
        super().__init__(id="above")
        self._everybody = Key("everybody", "Esc", show_all, "")

    def compose(self) -> ComposeResult:
        """The words, and the way back to everybody."""
        yield Static(id="counts", markup=False)
        hint = KeyHint(self._everybody)
        hint.display = False
        yield hint

    def show(
        self,
        counts: Counts,
        wanted: Shown,
        found: int,
        view: View,
        room: str,
        notes: Sequence[str] = (),
    ) -> None:
        """The counts, and `notes` behind them; while only a part is shown, which, and how many."""
        lang, cells = view.lang, self.screen.size.width
        hint = self.query_one(KeyHint)
        hint.display = not wanted.everybody
        if wanted.everybody:
            gap = 5 if self.screen.has_class("-wide") else 2
            line = counts_line(counts, lang, gap=gap, cells=cells - PADDING, notes=notes)
        else:
            offered = parts(lang, view.settings, room)
            what, number = offered.get(wanted.part, ""), lang.number(found)
            if typed := wanted.typed:
                words = lang("Found for {typed}", typed="")
                beside = hint.cells(twin=False) + cell_len(words) + len(f"  {number}")
                typed = fit(typed, cells - 2 * PADDING - beside)
                what = lang("Found for {typed}", typed=typed)
            line = Content.assemble((f"{what}  ", "bold $jade"), (number, "bold"))
        self.query_one("#counts", Static).update(line, layout=False)


def counts_line(
    counts: Counts, lang: Language, *, gap: int, cells: int, notes: Sequence[str] = ()
) -> Content:
    """How many people stand where, the longest wait, and `notes`, with a `gap` between.

    Where so many `cells` do not hold it all, the gaps shrink, those who need nobody any more are
    left out, then the last notes, of which it is said how many they are.
    """
    longest = lang("{n} min", n=counts.longest) + (" !" if counts.late else "")
    tone = "bold $terracotta" if counts.late else "bold"
    parts = [
        Content.assemble((f"{word} ", "$quiet"), (number, style))
        for word, number, style in (
            (lang("Waiting"), lang.number(counts.waiting), "bold"),
            (lang("Called"), lang.number(counts.called), "bold"),
            (lang("With staff"), lang.number(counts.in_service), "bold"),
            (sent_on(lang, lab_only=counts.lab_only), lang.number(counts.parked), "bold"),
            (lang("Finished"), lang.number(counts.done), "bold"),
            (lang("Longest"), longest, tone),
        )
    ]
    noted = [Content.styled(note, NOTE) for note in notes]

    def line(some: Sequence[Content], gap: int, shown: int = len(noted)) -> Content:
        words = Content(" " * gap).join([*some, *noted[:shown]])
        left_out = len(noted) - shown
        return words if not left_out else Content.assemble(words, (f" +{left_out}", NOTE))

    here = parts[:-2] + parts[-1:]
    ways = [line(some, each) for some in (parts, here) for each in (gap, LEAST_GAP)]
    ways += [line(here, LEAST_GAP, shown) for shown in range(len(noted) - 1, 0, -1)]
    while len(parts) > 2:
        del parts[-2]
        ways.append(line(parts, LEAST_GAP, min(1, len(noted))))
    return next((way for way in ways if way.cell_length <= cells), ways[-1])
