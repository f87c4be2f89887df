"""A window that shows one QR code with the real widget, and says in a file how it is drawn.

    python benchmarks/qr_window.py SETTING LINK FILE

SETTING is what the setting `qr` may say. FILE is written once the code is painted: "half" or
"full", or "text" where it has no room.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from textual.app import App, ComposeResult

sys.path.insert(0, str(Path(__file__).parents[1]))

from kiosk.qr import half_blocks
from kiosk.settings import Settings
from kiosk.styles.themes import THEMES
from kiosk.widgets.qr_code import QrCode


class Window(App[None]):
    """The code in the middle of the paper."""

    CSS = "Screen { background: $paper; color: $ink; align: center middle; }"

    def __init__(self, setting: str, link: str, report: Path) -> None:
        super().__init__()
        self.settings = Settings(qr=setting)
        self.link = link
        self.report = report
        self.register_theme(THEMES[0])
        self.theme = THEMES[0].name

    def compose(self) -> ComposeResult:
        """Only the code."""
        yield QrCode(self.link)

    def on_ready(self) -> None:
        """Say what was painted, when it is."""
        self.call_after_refresh(self._report)

    def _report(self) -> None:
        half = half_blocks(self.settings.qr, os.environ)
        fits = self.query_one(QrCode).fit(self.size)
        self.report.write_text("text" if fits is None else "half" if half else "full", "utf-8")


if __name__ == "__main__":
    Window(sys.argv[1], sys.argv[2], Path(sys.argv[3])).run()
