"""The smallest Textual app with a table: what the staff's queue is measured against.

python benchmarks/trivial_table.py ROWS
"""

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class TrivialTable(App[None]):
    """Textual's own table with as many rows and columns as the queue."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns("", "No.", "Name", "For", "Appt", "Wait", "Status", "Flags")
        for nth in range(1, int(sys.argv[1]) + 1):
            table.add_row("", f"A{nth:03d}", f"Guest {nth}", "Cupping", "", "5", "waiting", "new")


if __name__ == "__main__":
    TrivialTable().run()
