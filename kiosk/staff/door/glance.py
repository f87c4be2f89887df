"""What a locked screen still shows of the queue: alerts, counts and tickets, never a name."""

from collections.abc import Iterable
from typing import cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from db import CheckIn, Status
from kiosk.languages.room_names import room_mark
from kiosk.staff.desk.above import counts_line
from kiosk.staff.desk.alert_area import AlertArea
from kiosk.staff.seen.alerts import Bell, alerts
from kiosk.staff.seen.rows import View, counts
from kiosk.staff.seen.snapshot import Snapshot
from kiosk.staff.snapshots import Snapshots
from kiosk.widgets.host import Kiosk

ALERTS = 2
"""Lines of alerts beside up to eight names to sign in with."""
APART = "    "
PADDING = 6
"""Cells left free beside a line at 80 columns, twice as many on a tall terminal."""


class Glance(Vertical):
    """Two lines about the queue beneath the alerts; empty until the queue was read.

    It follows the queue without unsealing a name, and rings where somebody is needed.
    """

    def __init__(self, bell: Bell) -> None:
        super().__init__(id="glance")
        self._bell = bell
        self._snapshots = Snapshots(self, names=False)
        self._snapshot: Snapshot | None = None

    def compose(self) -> ComposeResult:
        """Alerts, counts, tickets."""
        yield AlertArea(ALERTS)
        yield Static(id="counts", markup=False)
        yield Static(id="tickets", markup=False)

    def on_mount(self) -> None:
        """Begin to follow."""
        self.follow()

    def follow(self) -> None:
        """Follow the queue from now on."""
        self._snapshots.follow()

    def rest(self) -> None:
        """Follow it no more: somebody is signed in."""
        self._snapshots.forget()
        self._snapshot = None

    @on(Snapshots.Read)
    def _read(self, event: Snapshots.Read) -> None:
        """Something changed."""
        self._snapshot = event.snapshot
        self._bell.ring(alerts(event.snapshot), self.app.bell)
        self.show()

    def show(self) -> None:
        """Show the queue as it is at this moment, once it was read."""
        if self._snapshot is None:
            return
        snapshot, view = self._snapshot, View.at(cast(Kiosk, self.app))
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
