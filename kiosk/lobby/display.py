"""How the kiosk looks to one person: light, dark, high contrast, and larger or usual size."""

from textual.app import ComposeResult
from textual.containers import Grid

from kiosk.input.guard import Meaning
from kiosk.languages.language import mark
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.press import Tile

COLOURS = {"light": mark("Light"), "dark": mark("Dark"), "contrast": mark("High contrast")}
"""What each theme is called."""


class DisplayScreen(LobbyScreen[None]):
    """Four choices that take effect at once; Enter goes back to where one was."""

    IDLE = 2.0

    def heading(self) -> str:
        """What this is."""
        return self._("Display")

    def step(self) -> str:
        """Nobody needs to set it back."""
        return self._("For you only, not for the next person")

    def next_label(self) -> str:
        """Back to where one was."""
        return self._("Done")

    def compose_body(self) -> ComposeResult:
        """The colours, then the size."""
        with Grid(classes="choices two looks"):
            for key, theme in enumerate(COLOURS, start=1):
                yield Tile(*self._said(theme), key=str(key), id=f"theme-{theme}")
            yield Tile(*self._size_said(), key="4", id="size")

    def _said(self, theme: str) -> list[str]:
        name, now = self._(COLOURS[theme]), self.kiosk.theme == theme
        return [f"✓ {name}" if now else name]

    def _size_said(self) -> list[str]:
        if self.kiosk.larger:
            return [self._("Usual size"), self._("More on each screen")]
        return [self._("Larger"), self._("Fewer and bigger things on each screen")]

    def choice_means(self, name: str) -> Meaning:
        """Each takes effect at once, to be looked at."""
        return Meaning.CHANGES

    async def chosen(self, name: str) -> None:
        """Take another look, and stay to see it."""
        if name == "size":
            self.kiosk.larger = not self.kiosk.larger
            await self.take_size()
        else:
            self.kiosk.theme = name.removeprefix("theme-")
            for theme in COLOURS:
                self.query_one(f"#theme-{theme}", Tile).relabel(*self._said(theme))

    async def next(self) -> None:
        """Back to where one was."""
        self.dismiss()

    async def look(self) -> None:
        """It is up already."""
