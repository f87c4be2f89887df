"""What a locked screen still shows of the queue: alerts, counts and tickets, never a name."""

from collections.abc import Iterable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from db import CheckIn, Status
from kiosk.languages.room_names import room_mark
from kiosk.staff.desk.alerts import AlertArea, alerts
from kiosk.staff.desk.header import counts_line
from kiosk.staff.desk.rows import View, counts
from kiosk.staff.desk.snapshot import Snapshot

ALERTS = 2
"""Lines of alerts beside up to eight names to sign in with."""
APART = "    "
PADDING = 6
"""Cells left free beside a line at 80 columns, twice as many on a tall terminal."""


class Glance(Vertical):
    """Two lines about the queue beneath the alerts; empty until the queue was read."""

    def __init__(self) -> None:
        super().__init__(id="glance")

    def compose(self) -> ComposeResult:
        """Alerts, counts, tickets."""
        yield AlertArea(ALERTS)
        yield Static(id="counts", markup=False)
        yield Static(id="tickets", markup=False)

    def show(self, snapshot: Snapshot, view: View) -> None:
        """Show this moment of the queue."""
        found = alerts(snapshot)
        self.screen.set_class(bool(found), "alarmed")
        self.query_one(AlertArea).show(found, view.lang, view.now, answerable=False)
        wide = self.screen.has_class("-wide")
        cells = self.size.width - PADDING * (2 if wide else 1)
        gap = 5 if wide else 2
        numbers = counts_line(counts(snapshot, view), view.lang, gap=gap, cells=cells)
        self.query_one("#counts", Static).update(numbers)
        self.query_one("#tickets", Static).update(_tickets(snapshot, view, cells))


def _tickets(snapshot: Snapshot, view: View, cells: int) -> Content:
    """Who is being called, and where to, then who waits, as many as fit."""
    lang = view.lang
    called = [f"{c.ticket} {room_mark(c.room or '', lang)}" for c in _in(snapshot, Status.called)]
    waiting = [c.ticket for c in _in(snapshot, Status.waiting)]
    line = Content("")
    for word, tickets, tone in (
        (lang("Called"), called, "bold $terracotta"),
        (lang("Waiting"), waiting, "bold"),
    ):
        left = cells - line.cell_length - cell_len(word) - len(APART)
        if tickets and (shown := _as_many(tickets, left)):
            apart = APART if line else ""
            line = Content.assemble(line, apart, (f"{word}  ", "$quiet"), (shown, tone))
    return line


def _in(snapshot: Snapshot, status: Status) -> Iterable[CheckIn]:
    return (check_in for check_in in snapshot.open if check_in.status is status)


def _as_many(tickets: list[str], cells: int) -> str:
    """As many tickets as fit, then how many more there are."""
    for count in range(len(tickets), 0, -1):
        more = f"  +{len(tickets) - count}" if count < len(tickets) else ""
        line = "  ".join(tickets[:count]) + more
        if cell_len(line) <= cells:
            return line
    return ""
