"""PreviewApp: the reader over one text, which is read again whenever content/ changes."""

import asyncio
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen

from db.watch import changes
from kiosk.app.app import KioskApp
from kiosk.content.clinic import Clinic
from kiosk.content.texts import LEFT_OUT, stamp
from kiosk.lobby.reading.reader import ReaderScreen
from kiosk.lobby.screen import LobbyScreen
from kiosk.preview.text import KINDS, Preview, TextFile, read
from kiosk.settings import Mode, Settings
from kiosk.widgets.words import Words

MOST_PROBLEMS = 5
"""How many are told at a time: mending one often mends the next."""


class BrokenScreen(LobbyScreen[None]):
    """What is wrong with a text that cannot be shown."""

    NEXT = False
    IDLE = 0

    def __init__(self, name: str = "", problems: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._text_file = name
        self._problems = problems

    def heading(self) -> str:
        """The file."""
        return self._text_file

    def compose_body(self) -> ComposeResult:
        """Sentences, one beneath the other."""
        with Vertical(classes="message"):
            if self._problems:
                yield Words(self._("This text cannot be shown yet."), classes="question")
            for problem in self._problems[:MOST_PROBLEMS]:
                yield Words(problem, classes="fact")
            if self._problems:
                hint = self._("It is read again when you save it. Esc ends the preview.")
                yield Words(hint, classes="hint")


class PreviewApp(KioskApp):
    """One text in the real reader; Esc and Ctrl+Q end it, because it is nobody's kiosk."""

    MODES: ClassVar = {Mode.lobby: BrokenScreen, "between": Screen}
    BINDINGS = [Binding("escape,ctrl+q", "leave", priority=True, show=False)]

    def __init__(self, settings: Settings, clinic: Clinic, file: TextFile) -> None:
        super().__init__(settings, clinic)
        self._text_file = file
        self.shown: Preview | None = None
        """The text as it was last read."""

    async def on_mount(self) -> None:
        """Follow the folder, besides what every kiosk does when it starts."""
        self.follow_text()

    @work(group="preview")
    async def follow_text(self) -> None:
        """Read the text now, and whenever a file of content/ has been saved."""
        folder = self._text_file.folder
        places = (folder, *(folder / kind for kind in KINDS))
        async for _ in changes(places, lambda: stamp(folder)):
            preview = await asyncio.to_thread(read, self._text_file, self.now().date())
            # In the app's own queue, where a screen may be put up.
            self.call_later(self._show, preview)

    async def _show(self, preview: Preview) -> None:
        self.shown = preview
        if preview.clinic:
            self.publish(preview.clinic)
        top = self.screen
        if preview.text and isinstance(top, ReaderScreen):
            await top.reload(preview.text)
        else:
            self._put_up(preview)

    def _put_up(self, preview: Preview) -> None:
        """Show a screen in place of whatever there is; going back from it ends the preview."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        screen = ReaderScreen(preview.text) if preview.text else self._broken(preview)
        self.push_screen(screen, lambda _: self.action_leave())

    def _broken(self, preview: Preview) -> BrokenScreen:
        told = (f"{p.where}: {p.message}".removeprefix(": ") for p in preview.problems)
        return BrokenScreen(
            self._text_file.name, tuple(text.replace(LEFT_OUT, "") for text in told)
        )

    def follow_content(self) -> None:
        """Nothing: the folder is followed already."""

    async def renew(self, mode: Mode) -> None:
        """Start over: the text from its beginning."""
        if self.shown:
            self._put_up(self.shown)

    def action_leave(self) -> None:
        """End the preview."""
        self.exit(0)
