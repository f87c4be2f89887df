"""Step 1, safety: whether somebody needs help now. In two languages."""

from textual.app import ComposeResult
from textual.containers import Grid, Vertical

from kiosk.languages.language import Language
from kiosk.lobby.checkin.view import Go, Outcome, StepView, Urgent
from kiosk.widgets.press import Tile
from kiosk.widgets.words import Words


class SafetyView(StepView):
    """Asks whether any of four emergencies is happening now; a bare Enter does nothing."""

    GRAVE = True

    def compose(self) -> ComposeResult:
        """The question in both languages side by side, then two equal answers."""
        with Grid(id="safety", classes="alone" if len(self.kiosk.pair) == 1 else ""):
            for lang in self.kiosk.pair:
                with Vertical():
                    yield Words(
                        lang("Is any of this happening NOW, to you or the person with you?"),
                        classes="question",
                    )
                    for nth, sign in enumerate(self._signs(lang)):
                        yield Words(sign, classes=f"sign {'odd' * (nth % 2)}")
        with Grid(classes="choices two"):
            yield self._answer("1", "none", [lang("None of these") for lang in self.kiosk.pair])
            yield self._answer("2", "yes", [lang("Yes, or not sure") for lang in self.kiosk.pair])

    def _answer(self, key: str, name: str, words: list[str]) -> Tile:
        return Tile(words[0], *words[1:], key=key, id=name)

    def _signs(self, _: Language) -> list[str]:
        return [
            _("Chest pain or pressure, trouble breathing"),
            _("Face drooping, sudden weakness on one side, unclear speech"),
            _("Sudden very bad headache, fainting, seizure"),
            _("Heavy bleeding, swelling lips or throat"),
        ]

    def chosen(self, name: str) -> Outcome:
        """Yes makes a ticket at once; "none" is never stored, it is only the way on."""
        return Urgent() if name == "yes" else Go(self.draft)
