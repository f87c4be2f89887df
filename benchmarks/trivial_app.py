"""The smallest Textual app that answers a key: what the kiosk is measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class TrivialApp(App[None]):
    """One line of text that changes with every key."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("trivial 0")

    def on_mount(self) -> None:
        """No key has come yet."""
        self.keys = 0

    def on_key(self) -> None:
        """Count, and show it."""
        self.keys += 1
        self.query_one(Static).update(f"trivial {self.keys}")


if __name__ == "__main__":
    TrivialApp().run()
