"""All languages of the clinic, each by its own name."""

from textual.app import ComposeResult
from textual.containers import Grid

from kiosk.input.guard import Meaning
from kiosk.lobby.screen import LobbyScreen
from kiosk.widgets.press import Tile

ROOMY = 8
"""The most languages whose tiles have four rows each at 80 x 24."""


class LanguagesScreen(LobbyScreen[None]):
    """Choose one; what was typed on the screen beneath is kept."""

    NEXT = False

    def heading(self) -> str:
        """What this is, in the two languages most people read."""
        return "  ".join(lang("Languages") for lang in self.kiosk.pair)

    def step(self) -> str:
        """How to choose."""
        return "  ".join(lang("Press a number or touch") for lang in self.kiosk.pair)

    def compose_body(self) -> ComposeResult:
        """A tile for each; the first nine have a digit."""
        many = len(self.kiosk.languages) > ROOMY
        with Grid(classes=f"choices two low{' many' * many}", id="languages"):
            for nth, lang in enumerate(self.kiosk.languages, start=1):
                main = "main" if lang.tag == self._.tag else ""
                key = str(nth) if nth < 10 else ""
                yield Tile(lang.own_name, key=key, id=f"lang-{lang.tag}", classes=main)

    def language_button(self) -> ComposeResult:
        """None: it would lead here."""
        yield from ()

    def choice_means(self, name: str) -> Meaning:
        """A language."""
        return Meaning.ANSWERS

    async def next_language(self) -> None:
        """Here every language has a key of its own."""

    async def chosen(self, name: str) -> None:
        """Go on in this language where one was."""
        self.kiosk.choose_language(name.removeprefix("lang-"))
        self.dismiss()
